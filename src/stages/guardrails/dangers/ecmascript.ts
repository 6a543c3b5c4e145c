// JavaScript and TypeScript → what of them is dangerous to add.
import { code, type Danger, type DangerKind, full } from './danger.ts';

const builtin =
  'Array|Object|String|Number|Boolean|Promise|Function|Map|Set|Date|RegExp|Error|JSON|Math|Symbol|Reflect|globalThis|window|global|process|console';

/** Under their names, however they are imported. */
const modules = (kind: DangerKind, names: string): Danger =>
  full(kind, new RegExp(`(?:\\bfrom ?|\\bimport ?|\\b(?:require|import)\\()["'\`](?:node:)?(?:${names})["'\`]`, 'g'));

export const ecmascript: readonly Danger[] = [
  modules('process', 'child_process|cluster|worker_threads|execa|shelljs|cross-spawn|zx|node-pty|inspector'),
  code('process', /(?<![\w.$])(?:exec|execFile|spawn|fork)\(|\b(?:execSync|spawnSync|execFileSync)\b|\bshell:true\b/g),
  code(
    'process',
    /\bnew Worker\(|\b(?:Bun\.spawn(?:Sync)?|Bun\.\$|Deno\.(?:Command|run)|process\.(?:binding|dlopen|kill))\b/g,
  ),
  code('evaluates', /(?<![\w.$])eval(?![\w$])|(?<![\w.$])Function(?:\(|\.(?:apply|call|bind))|\bnew Function\b/g),
  code(
    'evaluates',
    /\.constructor(?!\.name\b|[!=]==?|\w)|\b(?:createRequire|WebAssembly|importScripts)\b|\bModule\._\w+/g,
  ),
  modules('evaluates', 'vm|vm2|module|isolated-vm|v8'),
  full('evaluates', /\[["'`]constructor["'`]\]/g),
  code('evaluates', /(?<![\w.$])(?:require|import)\((?!["'`]\u00b6["'`][,)])/g),
  full('evaluates', /(?<![\w.$])(?:require|import)\(["'`](?:https?|data|blob|file):|\bfrom ?["'](?:https?|data):/g),
  full('evaluates', /(?<![\w.$])set(?:Timeout|Interval)\(["'`]/g),
  modules('network', 'https?|http2|net|dgram|tls|dns|dns/promises|axios|got|superagent|undici|node-fetch|cross-fetch'),
  modules('network', 'ky|request|needle|ws|socket\\.io-client|nodemailer|ssh2'),
  code('network', /(?<![\w.$])fetch(?![\w$])|\b(?:globalThis|window|self)\.fetch\b/g),
  code('network', /\b(?:XMLHttpRequest|WebSocket|EventSource|sendBeacon|RTCPeerConnection|Deno\.connect|axios)\b/g),
  code(
    'environment',
    /\b(?:process\.env(?!\.(?:TZ|LANG|LC_\w+)\b)|Deno\.env|Bun\.env|import\.meta\.env|os\.userInfo|process\.mainModule)\b/g,
  ),
  full('environment', /\{[^{}]{0,200}\benv\b[^{}]{0,200}\}=process\b|process\[["'`]env/g),
  full('trust', /\b(?:rejectUnauthorized|strictSSL)["']?:(?:false|!1|0)\b|\bNODE_TLS_REJECT_UNAUTHORIZED\b/g),
  code('trust', /\b(?:checkServerIdentity|ignoreExpiration|insecureSkipVerify|skipAuth|disableAuth)\b/g),
  full('trust', /algorithms?["']?:\[?["']none["']/gi),
  full('origins', /Access-Control-Allow-(?:Origin|Credentials)|\borigin:(?:["']\*["']|true\b)/gi),
  code('origins', /(?<![\w.$])cors\(\)/g),
  code(
    'markup',
    /\.(?:innerHTML|outerHTML)\+?=(?!=)|\bdangerouslySetInnerHTML\b|\binsertAdjacentHTML\b|\bdocument\.write\b/g,
  ),
  modules('deserialises', 'node-serialize|funcster|cryo'),
  code(
    'permissions',
    /\bsymlink(?:Sync)?\(|\b(?:f|l)?chmod(?:Sync)?\(|\bchown(?:Sync)?\(|\bset[eu]?[ug]id\(|\bumask\(/g,
  ),
  code('deletes', /\b(?:rm|rmdir|unlink)(?:Sync)?\(|\brimraf\b|\.(?:rm|unlink|rmdir)\b(?=[;\n])/g),
  code('reflects', /(?<![\w.$])(?:globalThis|window|global|process|module|require|self|Reflect)\[/g),
  full(
    'reflects',
    /\[["'`](?:eval|exec|execSync|spawn|fetch|Function|env|exit|exitCode|kill|abort|require|binding)["'`]\]/g,
  ),
  code('reflects', /=(?:process|globalThis|require)(?![\w.$[(])|\bglobalThis[,)]/g),
  code('reflects', /\bReflect\.\w+|\bprocess\.(?:_\w+|getBuiltinModule)|\bnew Proxy\(|\bimport\.meta\.resolve\(/g),
  code('reflects', /\\u\{?[0-9a-fA-F]{2,6}\}?/g),
  code('builtins', new RegExp(`(?<![\\w.$])(?:${builtin})\\.(?!exitCode=[1-9])(?:prototype\\.)?[\\w$]+=(?![=>])`, 'g')),
  code('builtins', new RegExp(`(?<![\\w.$])(?:${builtin})(?:\\.prototype)?\\[[^\\]\\n]{1,60}\\]=(?!=)`, 'g')),
  code(
    'builtins',
    new RegExp(`\\bObject\\.(?:definePropert(?:y|ies)|assign|setPrototypeOf)\\((?:${builtin})(?:\\.prototype)?,`, 'g'),
  ),
  code('builtins', /\bprocess\.std(?:out|err)\.\w+=(?!=)/g),
  code(
    'builtins',
    /\brequire\(.\u00b6.\)(?:\.[\w$]+)+=(?![=>])|\((?:globalThis|window|global|process)\b[^()\n]{0,40}\)(?:\.[\w$]+)+=(?![=>])/g,
  ),
  code('builtins', /\.__proto__\b|\b__(?:define[GS]etter|lookup[GS]etter)__\b|\brequire\.cache\b/g),
  full('builtins', /\[["'`](?:__proto__|prototype)["'`]\]/g),
  code(
    'builtins',
    /(?<![\w.$])(?:expect|assert|test|it|describe|require)=(?![=>])|\bassert\.\w+=(?![=>])|\bexpect\.extend\(/g,
  ),
  code('ends', /\bprocess\.(?:exit\((?![1-9])|exitCode=(?![=1-9])|abort\(|reallyExit)|\bDeno\.exit\((?![1-9])/g),
  full(
    'ends',
    /\bprocess\.(?:on|once|addListener|prependListener)\(["'`](?:exit|beforeExit|uncaught\w+|unhandled\w+)/g,
  ),
  code('tells', /\bprocess\.(?:argv0?|execArgv|title)\b|\bnew Error\([^()\n]{0,40}\)\.stack\b|\bcaptureStackTrace\b/g),
  code('waits', /\bsetTimeout\(\w+,|\bAtomics\.wait\b/g),
  modules('waits', 'timers/promises'),
  code(
    'decides',
    /\|\|(?:true\b|!0\b)|&&(?:false\b|!1\b)|\bif\((?:true|false|0|1|!0|!1)(?:\)|&&|\|\|)|(?<![\w.])true\|\|/g,
  ),
  code('decodes', /\b(?:atob|unescape|fromCharCode|fromCodePoint)\b/g),
  full('decodes', /\bfrom\([^()\n]{0,80},["'`](?:base64|base64url|hex)["'`]/g),
];
