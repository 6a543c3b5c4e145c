// The last words of bash, sh, PowerShell and cmd, and of the small commands in their scripts → one failure.
import type { Failure } from '../../incident/failure.ts';
import { blockFrom, type FailureParser, failure } from '../failure-parser.ts';
import type { LogLine } from '../job-log.ts';
import { type Death, deathsIn } from './deaths-in.ts';

/** What may still be printed after it: traps, task runners that repeat the exit code. */
const reach = 15;
/** The code says that a command was not found or not executable: then it may stand further up. */
const certainReach = 200;

const script = /^(?:\S{1,100}: )?((?:[A-Za-z]:)?[^\s:][^:]{0,500}): (?:line )?(\d{1,9}): (.{1,4000})$/;
const bare = /^(?:\/\S{0,60}\/)?(?:bash|sh|dash|zsh|env): (.{1,4000})$/;
const command =
  /^(?:\/\S{0,60}\/)?(?:cat|cd|chmod|chown|cp|diff|du|find|grep|head|install|ln|ls|mkdir|mv|rm|rmdir|sed|sort|tail|tar|tee|touch|unzip|wc|xargs|zip): \S/;
const refusal =
  /: (?:No such file or directory|Permission denied|Not a directory|Is a directory|File exists|Read-only file system)$/;
const cmd =
  /^'[^']{1,300}' is not recognized as an internal or external command,$|^The system cannot find the (?:path|file) specified\.$/;
const oldPowerShell = /^(\S[^:]{0,300}) : (\S.{0,2000})$/;

const kinds: readonly (readonly [string, RegExp])[] = [
  [
    'CommandNotFound',
    /(?:^|: )(?:command )?not found$|is not recognized as (?:a name of|the name of|an internal)|cannot execute: required file not found$|bad interpreter: No such file/,
  ],
  ['PermissionDenied', /Permission denied$|cannot execute(?: binary file)?\b/],
  ['UnboundVariable', /unbound variable$|parameter not set(?: or null)?$/],
  [
    'SyntaxError',
    /^syntax error|^Syntax error: |unexpected (?:EOF|end of file)|unexpected token|conditional binary operator expected|unexpected argument|Missing (?:closing|argument)/,
  ],
  ['FileNotFound', /No such file or directory$|can't cd to |^cannot open |: No such file$|system cannot find the/],
  [
    '',
    /bad substitution$|readonly variable$|division by 0|Is a directory$|Not a directory$|ambiguous redirect$|bad array subscript$|Argument list too long$|integer expression expected$|too many arguments$|operator expected$/,
  ],
];

export const shell: FailureParser = {
  tool: 'shell',
  kind: 'build',
  signs: [
    ...[
      'not found',
      'unbound variable',
      'parameter not set',
      'yntax error',
      'unexpected EOF',
      'unexpected end of file',
      'unexpected argument',
    ],
    ...[
      'No such file',
      'ermission denied',
      'cannot execute',
      "can't cd to",
      'is not recognized',
      'ParserError: ',
      'system cannot find the',
    ],
    ...[
      'bad substitution',
      'readonly variable',
      'division by 0',
      'Is a directory',
      'ot a directory',
      'ambiguous redirect',
      'list too long',
    ],
    ...[
      'operator expected',
      'too many arguments',
      'Line |',
      'FullyQualifiedErrorId',
      'File exists',
      'Read-only file system',
    ],
  ],
  find: (lines) =>
    deathsIn(lines)
      .slice(0, 20)
      .flatMap((death) => lastWords(lines, death))
      .slice(0, 3),
};

function lastWords(lines: readonly LogLine[], { at, exitCode }: Death): Failure[] {
  const isCertain = exitCode === 127 || exitCode === 126;
  for (let position = at - 1; position >= Math.max(0, at - (isCertain ? certainReach : reach)); position -= 1) {
    const line = lines[position];
    // An earlier death has its own last words.
    if (!line || line.kind === 'error') break;
    const one = powerShell(lines, position) ?? posix(line, isCertain && at - position > reach);
    if (one) return [one];
  }
  return [];
}

function posix(line: LogLine, onlyNotRun: boolean): Failure | undefined {
  const { text } = line;
  const [, file = '', number, scripted] = script.exec(text) ?? [];
  const said =
    scripted ??
    bare.exec(text)?.[1] ??
    ((command.test(text) && refusal.test(text)) || cmd.test(text) ? text : undefined);
  if (said === undefined) return undefined;
  const type = kinds.find(([, pattern]) => pattern.test(said))?.[0];
  const isMust = type === undefined && scripted !== undefined && /^[A-Za-z_]\w{0,80}: \S/.test(said) && isScript(file);
  if ((type === undefined && !isMust) || (scripted !== undefined && !isScript(file))) return undefined;
  if (onlyNotRun && type !== 'CommandNotFound' && type !== 'PermissionDenied') return undefined;
  const where = isOwn(file) && Number(number) > 0 ? { file, line: Number(number) } : {};
  return failure({ tool: 'shell', ...(type ? { type } : {}), message: said, ...where }, [line]);
}

/** A file of the shell's: other tools too print `path: line: message`. */
const isScript = (file: string): boolean =>
  /\.(?:sh|bash|zsh|ksh)$|^(?:\S{0,80}\/)?(?:bash|sh|dash|zsh|environment)$|^[\w./~-]{1,300}$/.test(file) &&
  !/\.(?!sh$|bash$|zsh$|ksh$)\w{1,5}$/.test(file);

/** The runner writes a step's script to a file of its own, which is nowhere in the repository. */
const isOwn = (file: string): boolean => /[./]/.test(file) && !/[\\/]_temp[\\/]|^\/(?:usr\/)?bin\//.test(file);

const viewHead = /^([A-Za-z][\w.-]{0,100}): (\S.{0,500}\.ps[md]?1):(\d{1,9})$/;

/** `Get-X: C:\a\b.ps1:3`, `Line |`, the code, the message behind bars; before PowerShell 7 `Get-X : …`, `At C:\a\b.ps1:3 char:1`. */
function powerShell(lines: readonly LogLine[], position: number): Failure | undefined {
  const text = lines[position]?.text ?? '';
  const [, name, file = '', number] = viewHead.exec(text) ?? [];
  if (name && lines[position + 1]?.text.trim() === 'Line |') {
    const block = blockFrom(
      lines,
      position,
      (line, at) => at > position + 1 && !/^\s*\d{0,9} \| ?/.test(line.text),
      40,
    );
    const said = block
      .slice(2)
      .map((line) => /^\s+\| +(\S.*)$/.exec(line.text)?.[1])
      .filter((one) => one !== undefined && !/^~+$/.test(one));
    return windows(name, said.join('\n'), { file, line: Number(number) }, block);
  }
  if (!text.startsWith('At ')) return undefined;
  const [, old, at] = /^At (\S.{0,500}\.ps[md]?1):(\d{1,9}) char:\d{1,9}$/.exec(text) ?? [];
  const head = lines.slice(Math.max(0, position - 6), position).findLastIndex((line) => oldPowerShell.test(line.text));
  if (!old || head < 0) return undefined;
  const start = Math.max(0, position - 6) + head;
  const block = blockFrom(lines, start, (line, where) => where > position && !/^(?:\+ | {4}\+ )/.test(line.text), 20);
  const joined = lines
    .slice(start, position)
    .map((line) => line.text)
    .join(' ');
  const [, from = '', said = ''] = oldPowerShell.exec(joined) ?? [];
  return windows(from, said, { file: old, line: Number(at) }, block);
}

function windows(
  name: string,
  message: string,
  place: { file: string; line: number },
  block: readonly LogLine[],
): Failure {
  const kind =
    name === 'ParserError'
      ? 'SyntaxError'
      : kinds.find(([, pattern]) => pattern.test(message.replace(/\.\n[\s\S]*$/, '')))?.[0];
  const type = kind || (/(?:Error|Exception)$/.test(name) ? name : '');
  return failure(
    { tool: 'shell', ...(type ? { type } : {}), message: message || name, ...(isOwn(place.file) ? place : {}) },
    block,
  );
}
