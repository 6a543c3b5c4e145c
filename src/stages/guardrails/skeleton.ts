// A name → what it looks like: small Latin letters for all that look like them (the part of Unicode's confusables that names are forged with).

/** Small and capital letters of Cyrillic, Greek, Armenian, Cherokee and Latin itself, each followed by what it looks like. */
const pairs =
  'аaеeоoрpсcуyхxіiјjѕsԁdһhӏlкkмmтtвbнhԛqԝwгrпnзzьbАaВbЕeЗzІiЈjКkМmНhОoРpСcТtУyХxЅsԌgԚqԜwαaβbεeιiκkνvοoρpτtυuχxγyηnωwΑaΒbΕeΖzΗhΙiΚkΜmΝnΟoΡpΤtΥyΧxοoօoսuհhոnցgզqյjоoꓮaꓑpꓗkꓳoᎪaᎬeᏢpᎢtıiɡgℓlƖlǀlɑaʏyᴏoᴄcᴠvᴡwᴢzꜱs'.match(
    /../gu,
  ) ?? [];
const looksLike = new Map(pairs.map((pair) => [[...pair][0] ?? '', [...pair][1] ?? '']));

export const skeleton = (name: string): string =>
  [...name.normalize('NFKD').replace(/\p{M}/gu, '')]
    .map((letter) => looksLike.get(letter) ?? letter)
    .join('')
    .toLowerCase();
