// What people write who want to give a model orders, by what it asks for, in folded letters (folded.ts) and seven languages.

export interface Phrase {
  why: string;
  pattern: RegExp;
}

/** What may stand between two words: a line's end with its quote marks, punctuation, not another sentence. */
const gap = String.raw`[^\p{L}\p{N}.!?]{1,8}`;
/** Up to so many words in between. */
const words = (most: number): string => String.raw`(?:[\p{L}\p{N}]{1,24}${gap}){0,${most}}`;
/** Chinese has no blanks, so its characters end a word of another script. */
const start = String.raw`(?<!(?!\p{Script=Han})[\p{L}\p{N}_])`;
const end = String.raw`(?!(?!\p{Script=Han})[\p{L}\p{N}_])`;

/** A blank stands for a gap, `~3` for up to three words. Folding takes the breve of `й` for an accent. */
function phrase(why: string, ...alternatives: readonly string[]): Phrase {
  const sources = alternatives.map((alternative) =>
    alternative
      .replace(/( ?)~(\d) /g, (_, blank, most) => `${blank ? gap : ''}${words(Number(most))}`)
      .replaceAll(' ', gap)
      .replaceAll('й', 'и'),
  );
  return { why, pattern: new RegExp(`${start}(?:${sources.join('|')})${end}`, 'gu') };
}

/** For writing without blanks. */
const unspaced = (why: string, ...alternatives: readonly string[]): Phrase => ({
  why,
  pattern: new RegExp(alternatives.join('|'), 'gu'),
});

const earlier = '(?:previous|prior|preceding|earlier|above|foregoing|original|initial|system|safety|developer)';
const orders =
  '(?:instructions?|prompts?|directives?|orders|guidelines|rules|constraints|context|programming|training)';
const model =
  '(?:ai|llm|language model|chatbot|copilot|chatgpt|gpt|gemini|claude|(?:ai|coding|code|automated) (?:agent|assistant|reviewer|model|bot))';
const secret = '(?:secrets?|tokens?|credentials?|api keys?|private keys?|passwords?|environment variables?|env vars?)';
const listener = '(?:user|users|human|humans|maintainers?|reviewers?|developers?|operator|owner|anyone|anybody|people)';

const ignoring = 'asks to ignore instructions';
const role = 'gives a model another role';
const silence = 'asks to keep something from people';
const prompt = 'asks for the system prompt';
const approval = 'asks for approval';
const command = 'asks to run something';
const exfiltration = 'asks to give secrets away';
const address = 'speaks to a model';

export const phrases: readonly Phrase[] = [
  phrase(
    ignoring,
    `(?:ignore|disregard|forget|override|bypass|do not follow|don['’]?t follow|stop following|pay no attention to) ~4 ${earlier} ~2 ${orders}`,
    `(?:ignore|disregard|forget|override|do not follow|don['’]?t follow|stop following) ~2 (?:your|these|those|all) (?:of )?(?:(?:your|the|these) )?(?:instructions|prompts?|directives|guidelines|programming|training)`,
    '(?:ignore|disregard|forget) (?:everything|anything|all|what) ~4 (?:before|above|previously|told you|been told|were told|you know|you were given)',
    'disregard (?:all )?(?:of )?the above',
    'your (?:new|real|actual|only|true) (?:task|instructions?|role|goal|objective|job|orders?|mission) (?:is|are)',
    '(?:here are|follow|obey|these are) ~2 new (?:instructions|orders|rules)',
    'from now on you (?:are|will|must|should|shall|only|act|answer|respond)',
  ),
  phrase(
    role,
    `you are (?:now |no longer )~3 (?:ai|llm|model|assistant|agent|bot|chatbot|hacker|dan|jailbroken|unrestricted|uncensored|administrator|developer mode|root)`,
    `you are an? ~3 (?:ai|llm|language model|chatbot|ai assistant|helpful assistant|coding assistant|coding agent|ai agent)`,
    `(?:act|behave|respond|roleplay|role play) as (?:if you (?:are|were) |an? |my |the )~2 (?:ai|llm|assistant|agent|chatbot|hacker|dan|unrestricted|uncensored|administrator|developer mode|root)`,
    `pretend (?:that )?(?:you are|you['’]?re|to be) ~3 (?:ai|llm|assistant|agent|chatbot|hacker|dan|unrestricted|administrator|maintainer)`,
    '(?:enable|enter|activate|switch to) (?:dan|developer|debug|god|jailbreak|unrestricted) mode (?:and|now|immediately|then)',
    'as an? (?:ai language model|ai assistant|ai model|large language model|ai agent) you',
  ),
  phrase(
    address,
    `if you are an? ~2 ${model}`,
    `(?:attention|dear|hey|hello|hi|note to|note for|message to|message for|instructions? to|instructions? for|important for) ~2 ${model}s?`,
    `(?:ai|coding) (?:agents?|assistants?|models?|reviewers?|bots?) (?:must|should|shall|are required to|have to|need to) (?:now |also |always |first )?(?:run|execute|approve|ignore|add|include|output|print|send|follow|disregard|write|reply)`,
  ),
  phrase(
    prompt,
    `(?:reveal|print|show|repeat|output|leak|display|send|dump|expose|disclose|give|tell|recite) ~3 (?:your|the) (?:(?:full|entire|exact|hidden|secret|initial|original) )?(?:system|hidden|developer|initial|original|secret) (?:prompt|instructions|message)`,
    '(?:reveal|print|show|repeat|output|leak|display|recite) ~2 your (?:own )?(?:prompt|instructions)',
  ),
  phrase(
    silence,
    `(?:do not|don['’]?t|never|without) (?:tell|telling|inform|informing|alert|alerting|notify|notifying|warn|warning) (?:the |any |your )?${listener} (?:about|of|that) (?:this|it|these|what you)`,
    `(?:do not|don['’]?t|never|without) (?:mention|mentioning|reveal|revealing|disclose|disclosing|report|reporting) (?:this|it|these instructions|any of this) (?:to|in) ~3 (?:${listener}|report|reply|response|summary|answer|explanation|pull request|pr)`,
    `(?:do not|don['’]?t|never) let ~2 ${listener} know`,
    '(?:keep|do) (?:this|it) ~2 (?:secret|hidden|silently) (?:from|without telling) ~2 (?:user|users|humans?|maintainers?|reviewers?|anyone)',
  ),
  phrase(
    approval,
    '(?:please|must|should|now|just|simply|immediately|always|and|then|to) (?:approve|lgtm|auto-?merge) (?:this|the|my) (?:pull request|pr|patch|change|merge request|commit|diff|fix)',
    '(?:approve|accept|merge) (?:this|the|my) (?:pull request|pr|patch|change|merge request|commit|diff|fix) (?:without|immediately|automatically|unconditionally|no matter|regardless)',
    '(?:reply|respond|answer) (?:only )?with (?:the )?(?:verdict )?(?:accept|approved?|lgtm)',
  ),
  phrase(
    command,
    '(?:you|agent|assistant|model|bot|copilot|gemini|claude|chatgpt) (?:must|should|shall|need to|have to|are required to) (?:now |first |immediately )?(?:run|execute|invoke) (?:the |this |these )~2 (?:commands?|scripts?|code|shell|curl|payload)',
    '(?:base64|b64)[\\s-]?decode ~4 and (?:then )?(?:run|execute|eval|follow|obey)',
    '(?:decode|decrypt) ~4 base64 ~4 and (?:then )?(?:run|execute|eval|follow|obey)',
    String.raw`base64 (?:-d|-D|--decode)\s{0,4}\|\s{0,4}(?:ba|z|da)?sh`,
  ),
  phrase(
    exfiltration,
    `exfiltrate (?:the|all|your|any|every|its|their) ~3 (?:${secret}|data|env|environment|files?|code)`,
    `(?<!(?:failed|unable|trying|able|not|used) (?:to )?)(?:send|post|upload|email|transmit|forward|leak) (?:all |the |your |every |any )~4 ${secret} ~4 (?:to|at|via) (?:https?|this (?:url|address|server|endpoint)|me)`,
    `(?:print|echo|dump|output|include|paste|reveal|write|put|post) (?:all |the |your |every |any )~4 ${secret} ~3 (?:in|into|to) (?:your|the|this) (?:reply|response|answer|explanation|description|comment|pull request|pr|issue|patch|commit|output)`,
  ),
  phrase(
    ignoring,
    '(?:ignora|ignore|ignorar|olvida|olvide|desestima|descarta|haz caso omiso de) ~4 (?:instrucciones|indicaciones|ordenes|directrices|reglas) ~1 (?:anteriores|previas|del sistema|dadas|que)',
    '(?:ignora|ignore|olvida|olvide|desestima) (?:todas )?(?:las|tus|sus) (?:anteriores|previas) (?:instrucciones|indicaciones|ordenes|reglas)',
    '(?:ignorier|ignoriere|ignorieren sie|vergiss|vergessen sie|missachte|missachten sie) ~3 (?:vorherigen|vorigen|bisherigen|obigen|fruheren|vorangegangenen|deine|deiner|ihre|alle) ~2 (?:anweisungen|instruktionen|befehle|regeln|vorgaben|anordnungen)',
    '(?:ignore[zrs]?|oublie[zrs]?|neglige[zr]?|ne tiens pas compte|ne tenez pas compte) ~4 (?:instructions|consignes|directives|regles|ordres) ~1 (?:precedentes?|anterieures?|ci-dessus|du systeme)',
    '(?:проигнориру[ий]|игнориру[ий]|забуд[ьъ]|отбрось|не обраща[ий] внимания на)(?:те)? ~4 (?:инструкци[ийям]{1,2}|указани[ияй]|команды|правила|распоряжения|промпт)',
  ),
  phrase(
    role,
    '(?:ahora|a partir de ahora) (?:eres|actuas como|actua como) ~3 (?:ia|asistente|agente|modelo|hacker|administrador)',
    '(?:du bist|sie sind) (?:jetzt|nun|ab sofort|ab jetzt|von nun an) ~3 (?:ki|assistent|agent|modell|hacker|administrator|bot)',
    '(?:tu es|vous etes) (?:maintenant|desormais|a present) ~3 (?:ia|assistant|agent|modele|hacker|administrateur)',
    '(?:ты|вы) (?:теперь|отныне) ~3 (?:ии|ассистент|помощник|агент|модель|хакер|администратор)',
    'теперь (?:ты|вы) ~3 (?:ии|ассистент|помощник|агент|модель|хакер|администратор)',
  ),
  phrase(
    prompt,
    '(?:muestra|revela|imprime|repite|dime) ~3 (?:prompt|instrucciones|mensaje) (?:del sistema|de sistema)',
    '(?:zeige?|verrate|gib|wiederhole|nenne) ~4 (?:system-?prompts?|systemanweisung(?:en)?|systemnachricht)',
    '(?:montre|revele|affiche|repete|donne)[zr]? ~3 (?:prompt|instructions|message) (?:du|de) systeme',
    '(?:покажи|выведи|раскрой|напечатай|повтори)(?:те)? ~3 системн(?:ый|ые|ого) (?:промпт|инструкции|сообщение)',
  ),
  phrase(
    silence,
    'no (?:se )?(?:lo )?(?:digas|menciones|reveles|informes|avises|cuentes) ~3 (?:a nadie|al usuario|a los usuarios|al mantenedor|al revisor)',
    '(?:sag|sage|verrate|erzahle|melde) ~3 (?:niemandem|keinem|dem (?:benutzer|nutzer|anwender|entwickler) nichts)',
    '(?:ne|n) (?:le |en )?(?:dis|dites|parle|parlez|mentionne|mentionnez|revele|revelez|informe|informez) ~3 (?:a personne|utilisateur|le mainteneur|au mainteneur)',
    'не (?:говори|сообщай|рассказывай|упоминай|раскрывай)(?:те)? ~3 (?:никому|пользовател[юями]{1,2}|людям|разработчик[уамоv]{1,2})',
  ),
  phrase(
    approval,
    '(?:aprueba|apruebe|acepta|acepte|fusiona) (?:este|esta|el|la) (?:pull request|pr|cambio|parche|solicitud)',
    '(?:genehmige|genehmigen sie|akzeptiere|akzeptieren sie) (?:diesen|diese|dieses|den|die) (?:pull request|pr|patch|anderung|commit)',
    '(?:approuve[zr]?|accepte[zr]?|fusionne[zr]?) (?:cette|ce|la|le) (?:pull request|pr|correctif|modification|demande)',
    '(?:одобри|прими|смержи)(?:те)? (?:этот|это|эту|данный) (?:pull request|pr|пулл-?реквест|патч|изменение|запрос)',
  ),
  unspaced(
    ignoring,
    '(?:忽略|无视|無視|忽视|忽視|忘记|忘記|不要理会|不要理會|不要遵守|不要遵循)[^。\\n]{0,12}?(?:之前|以上|上面|上述|先前|前面|所有|全部|你的|系统|系統)[^。\\n]{0,8}?(?:指令|指示|提示词|提示詞|提示|命令|规则|規則|说明|說明|设定|設定)',
  ),
  unspaced(
    role,
    '(?:你现在|你現在|从现在开始你|從現在起你|从现在起你)(?:就)?是[^。\\n]{0,12}(?:助手|助理|模型|人工智能|ai|黑客|駭客|管理员|管理員|机器人|機器人)',
    '(?:请|請)?扮演[^。\\n]{0,12}(?:助手|助理|模型|人工智能|ai|黑客|駭客|管理员|管理員)',
  ),
  unspaced(
    prompt,
    '(?:输出|輸出|显示|顯示|泄露|洩露|打印|告诉我|告訴我|重复|重複)[^。\\n]{0,8}(?:系统提示|系統提示|系统指令|系統指令|初始指令|提示词|提示詞)',
  ),
  unspaced(
    silence,
    '(?:不要|别|不准|請勿|请勿)(?:告诉|告訴|通知|透露给|透露給|提醒)(?:用户|用戶|使用者|任何人|维护者|維護者|开发者|開發者|其他人)',
  ),
  unspaced(
    approval,
    '(?:批准|通过|合并|合併|同意)(?:这个|這個|此|该|該)(?:拉取请求|拉取請求|合并请求|合併請求|补丁|補丁|pr|更改)',
  ),
];

/** Found in letters that were spelled out one by one. */
export const spelledPhrases: readonly Phrase[] = [
  unspaced(
    ignoring,
    '(?:ignore|disregard|forget|override)(?:all|any|every)?(?:of)?(?:the|your|these|my)?(?:previous|prior|above|earlier|preceding|system)?(?:instructions?|prompts?|directives|guidelines|rules)',
  ),
  unspaced(prompt, '(?:reveal|print|show|repeat|output|leak)(?:me)?(?:the|your)?systemprompt'),
  unspaced(approval, 'approvethis(?:pullrequest|pr|patch|change)'),
  unspaced(role, 'youarenow(?:an?|the)?(?:ai|assistant|agent|hacker|dan)'),
];

/** Signs by which models' own formats tell whose turn it is; looked for in the text as it is. */
export const formats: readonly Phrase[] = [
  {
    why: "imitates a model's own format",
    pattern:
      /<\|(?:im_start|im_end|im_sep|system|user|assistant|endoftext|endofprompt|begin_of_text|end_of_text|start_header_id|end_header_id|eot_id|eom_id|python_tag)\|>/gi,
  },
  {
    why: "imitates a model's own format",
    pattern:
      /\[\/?INST\]|<<\/?SYS>>|<\/?(?:start|end)_of_turn>|<\/?(?:function_calls|tool_calls?|tool_response|antml:invoke)>|<invoke name=/g,
  },
  {
    why: "imitates a model's own format",
    pattern: /<\/?(?:system|assistant|developer)[_-](?:prompt|message|instructions?|reminder)>/gi,
  },
  {
    why: "imitates a model's own format",
    pattern:
      /^[ \t>]{0,8}#{1,4} ?(?:system|assistant|developer)(?: (?:prompt|message|instructions?))? ?:|^[ \t>]{0,8}#{1,4} ?(?:new instructions?|instruction|response) ?:/gim,
  },
  {
    why: 'imitates our delimiter',
    pattern:
      /<<<[0-9a-f]{8,64}\b|\b[0-9a-f]{8,64}>>>|<{3,5}[ \t]{0,3}(?:end|begin|stop)(?: of)?[ \t_-]{1,3}(?:data|evidence|log|issue|input|untrusted)|-{3,10} ?(?:end|begin|start) of (?:untrusted |user )?(?:data|input|evidence|prompt|instructions) ?-{3,10}/gi,
  },
];
