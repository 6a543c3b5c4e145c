// Text → the same in small plain letters, as a reader would take it, with the place of every character in the original.

export interface Folded {
  text: string;
  /** Where each UTF-16 unit of `text` stands in the original; one more for the end. */
  at: Uint32Array;
}

/** Letters of other alphabets and the Latin ones they look like, in pairs; for words that mix them, not for Russian or Greek. */
const pairs = 'аaеeоoрpсcуyхxіiјjѕsԁdһhӏlкkмmтtвbнnԛqԝwαaβbεeιiκkνvοoρpτtυuχxγyηnıiɡgℓl'.match(/../gu) ?? [];
const looksLike = new Map(pairs.map((pair) => [pair.charAt(0), pair.charAt(1)]));
const leet = new Map(Object.entries({ 0: 'o', 1: 'i', 3: 'e', 4: 'a', 5: 's', 7: 't', '@': 'a', $: 's' }));
const leetWord = /^[A-Za-z013457][A-Za-z013457@$]{2,22}[A-Za-z013457]$/;

const foldedWords = /[\p{L}\p{M}\p{N}](?:[\p{L}\p{M}\p{N}]|[@$](?=[\p{L}\p{N}]))*/gu;

/** Width, accents, capitals, look-alikes and digits for letters are taken away; all else stays as it is. */
export function folded(text: string): Folded {
  const parts: string[] = [];
  const at: number[] = [];
  let last = 0;
  for (const match of text.matchAll(foldedWords)) {
    add(text.slice(last, match.index), last);
    const word = match[0];
    const isMixed = /[A-Za-z]/.test(word) && /[\u0370-\u052f\u0131\u0261\u2113]/.test(word);
    const isLeet = leetWord.test(word) && /[A-Za-z]/.test(word) && /[0-9@$]/.test(word);
    let offset = match.index;
    for (const character of word) {
      add(letter(character, isMixed, isLeet), offset, character.length);
      offset += character.length;
    }
    last = match.index + word.length;
  }
  add(text.slice(last), last);
  at.push(text.length);
  return { text: parts.join(''), at: Uint32Array.from(at) };

  /** Units that stand for one character of the original all point at it. */
  function add(part: string, from: number, one?: number): void {
    parts.push(part);
    for (let unit = 0; unit < part.length; unit++) at.push(one === undefined ? from + unit : from);
  }
}

function letter(character: string, isMixed: boolean, isLeet: boolean): string {
  const small = plain(character);
  const latin = isMixed ? (looksLike.get(small) ?? small) : small;
  return isLeet ? (leet.get(latin) ?? latin) : latin;
}

const plain = (character: string): string =>
  /^[a-z]$/.test(character) ? character : character.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

const spelled = /(?<![\p{L}\p{N}])\p{L}(?:[ ._*-]{1,2}\p{L}){5,200}(?![\p{L}\p{N}])/gu;

/** Letters that stand one by one, joined: `i g n o r e`. Their words cannot be told apart any more. */
export function spelledOut({ text, at }: Folded): Folded[] {
  return [...text.matchAll(spelled)].map((match) => {
    const letters = [...match[0]].map((unit, index) => ({ unit, index: match.index + index }));
    const kept = letters.filter(({ unit }) => /\p{L}/u.test(unit));
    const end = match.index + match[0].length;
    return {
      text: kept.map(({ unit }) => unit).join(''),
      at: Uint32Array.from([...kept.map(({ index }) => at[index] ?? 0), at[end] ?? 0]),
    };
  });
}
