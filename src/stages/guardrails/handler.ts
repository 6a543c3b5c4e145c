// The code of an error's handler → what it catches, and what becomes of the error.
import type { CodeView, Handler } from './code-view.ts';

export interface Handling {
  /** Empty where everything is caught. */
  types: string[];
  /** `lost`: nothing is done. `constant`: a fixed value stands in. `replaced`: something else is done. `told`: it reaches the caller or the answer. */
  error: 'lost' | 'constant' | 'replaced' | 'told';
}

const logging =
  /(?:\bconsole|\blog(?:ger|ging)?|\b\w*[lL]og(?:ger)?|\bLog|\bSystem\.(?:out|err)|\bConsole|\bfmt|\bRails\.logger|\be(?:rr|x)?|\bexc?|\berror|\btraceback|\bwarnings)\.(?:log|debug|info|warn\w*|error|trace|print\w*|Print\w*|Write\w*|exception|critical|fatal|Debug|Info|Warn\w*|Error|Log\w*|format_exc)\(|\b(?:print(?:ln|f)?!?|puts|warn|p|pp|error_log|var_dump|eprintln!|void)(?:\(| )/g;
const passesOn =
  /\b(?:throw|raise|rethrow|reject|panic|retry|fail|die)\b|\b(?:next|done|cb|callback|onError|reject)\(\w/;
const constant =
  /^(?:return|pass|continue|break|nil|null|none|undefined|void|true|false|default|self|this|\d|["'`]\u00b6?["'`]|[[\](){};,:.\s=>-]|new|array|list|dict|map|set|string|empty|collections|optional)*$/i;
const nothing = /^(?:pass|continue|break|\.\.\.|return|nil|null|undefined|void 0|[;{}\s])*$/i;

const longestHeader = 300;

export function handling(code: string): Handling {
  const { header: whole, body } = parts(code);
  const header = whole.slice(0, longestHeader);
  const variable = /(?:\bas |=>|\$)(\w+)\W*$|[(:\w&*>.] ?(\w+)(?::\w+)?\)(?:when\(.*)?$/.exec(header.trim());
  // `catch (FormatException)` names a type and no variable.
  const isTypeOnly = /^catch\([A-Z][\w.]*\)$/.test(header.trim());
  const name = isTypeOnly ? undefined : (variable?.[1] ?? variable?.[2] ?? /^catch\((\w+)/.exec(header)?.[1]);
  const rest = withoutIdleUse(withoutLogging(body), name);
  const isUsed = name !== undefined && name !== '_' && new RegExp(`(?<![\\w$])${name}(?![\\w$])`).test(rest);
  const error =
    passesOn.test(rest) || (isUsed && !isTextOf(name, rest) && !nothing.test(rest.replaceAll(name, '')))
      ? 'told'
      : nothing.test(rest)
        ? 'lost'
        : constant.test(rest)
          ? 'constant'
          : 'replaced';
  const types = [...header.matchAll(/[\p{L}_][\w.\\:]*/gu)]
    .map(([type]) => type.split(/[.\\:]+/).at(-1) ?? '')
    .filter((type) => !/^(?:catch|except|rescue|as|const|final|when|let|var|if|_|)$/.test(type) && type !== name);
  return { types, error };
}

/** Its message as the result: to the caller that is a value like any other. */
function isTextOf(name: string, body: string): boolean {
  const [result = '', ...more] = body.split(/[;\n]/).filter((statement) => statement.trim() !== '');
  const value = /^\s*(?:return\b)?\s*(.*)$/.exec(result)?.[1] ?? '';
  const text = `(?:(?:str|repr|String)\\(\\$?${name}\\)|\\$?${name}(?:\\.|->)(?:message|Message|getMessage\\(\\)|toString\\(\\)|ToString\\(\\)|to_s|stack))`;
  const inText = new RegExp(`^[rf]?(["'\`]).*\\{\\$?${name}(?:\\.\\w+)?\\}.*\\1$`);
  return more.length === 0 && (new RegExp(`^${text}$`).test(value) || inText.test(value));
}

function parts(code: string): { header: string; body: string } {
  const brace = code.indexOf('{');
  if (/^catch\b/.test(code) && brace !== -1)
    return { header: code.slice(0, brace), body: code.slice(brace + 1).replace(/\}$/, '') };
  const python = /^except\b\*?([^:\n]*):\n?/.exec(code);
  if (python) return { header: `except ${python[1] ?? ''}`, body: code.slice(python[0].length) };
  const ruby = /^rescue\b([^\n]*?)(?:\n|\bthen\b|$)/.exec(code);
  if (ruby) return { header: `rescue ${ruby[1] ?? ''}`, body: code.slice(ruby[0].length) };
  const modifier = code.lastIndexOf('rescue');
  return { header: 'rescue', body: modifier === -1 ? code : code.slice(modifier + 'rescue'.length) };
}

/** `_ = error` and `String(error);` look like a use and are none. */
function withoutIdleUse(body: string, name: string | undefined): string {
  if (name === undefined) return body;
  const idle = new RegExp(
    `^(?:(?:const|let|var|final|auto|[A-Z]\\w*) )?(?:\\$?(\\w+)=)?(?:(?:String|str|repr)\\(\\$?${name}\\)|\\$?${name}(?:\\.\\w+(?:\\(\\))?)?)$`,
  );
  return body
    .split(/([;\n])/)
    .filter((statement) => {
      const match = idle.exec(statement.trim());
      return !match || (match[1] !== undefined && match[1] !== '_' && body.split(match[1]).length > 2);
    })
    .join('');
}

/** A line in a log is read by nobody who could act on it. */
function withoutLogging(body: string): string {
  const kept: string[] = [];
  let from = 0;
  for (const { index, 0: call } of body.matchAll(logging)) {
    if (index < from) continue;
    kept.push(body.slice(from, index));
    from = call.endsWith('(') ? closed(body, index + call.length) : lineEnd(body, index);
  }
  return kept.join('') + body.slice(from);
}

/** Behind the bracket that closes what was opened before `from`. */
export function closed(text: string, from: number): number {
  let depth = 1;
  let at = from;
  for (; at < text.length && depth > 0; at++) {
    const sign = text.charAt(at);
    if ('([{'.includes(sign)) depth += 1;
    else if (')]}'.includes(sign)) depth -= 1;
  }
  return at;
}

const lineEnd = (text: string, from: number): number => {
  const end = text.indexOf('\n', from);
  return end === -1 ? text.length : end;
};

const longestHandler = 2_000;

/** Where there is no tree, by the words that all languages share. */
export function handlersOf({ grammar, code, handlers, lineAt }: CodeView): Handler[] {
  if (grammar) return handlers;
  return [...code.matchAll(/\bcatch\b[^{}\n]{0,200}\{|\b(?:except|rescue)\b[^\n]{0,200}(?:\n[^\n]{0,200})?/g)].map(
    ({ index, 0: found }) => {
      const end = found.endsWith('{')
        ? closed(code.slice(0, index + longestHandler), index + found.length)
        : index + found.length;
      return { line: lineAt(index), within: '', code: code.slice(index, end) };
    },
  );
}
