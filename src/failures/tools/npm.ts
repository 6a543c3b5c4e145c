// The `npm error` lines with which npm ends → one failure, typed by npm's code; a script that failed has said more above.
import type { Failure } from '../../incident/failure.ts';
import { type FailureParser, failure } from '../failure-parser.ts';
import type { LogLine } from '../job-log.ts';
import { node } from './node.ts';
import { printedPlace } from './printed-place.ts';

const tool = 'npm';
const prefix = /^npm (?:ERR!|error)(?: |$)/;
const longestBlock = 200;
/** npm was run again, and went through. */
const succeeded = /^(?:added|removed|changed|audited) \d{1,7} packages?\b|^up to date\b/;
const ofScript =
  /^(?:Lifecycle script|Test failed\.|Failed at the |code ELIFECYCLE$|This is probably not a problem with npm)/;

export const npm: FailureParser = {
  tool,
  kind: 'build',
  signs: ['npm error ', 'npm ERR! ', 'npm \x1b[31merror', '\x1b[31mERR!', '\x1b[40mERR!'],
  find(lines) {
    const lastSuccess = lines.findLastIndex(({ text }) => succeeded.test(text));
    const found: Failure[] = [];
    for (let position = 0; position < lines.length; position += 1) {
      const block = blockAt(lines, position);
      if (block.length === 0) continue;
      position += block.length - 1;
      if (position > lastSuccess) found.push(...endOf(block));
    }
    return found;
  },
};

function blockAt(lines: readonly LogLine[], position: number): LogLine[] {
  const block: LogLine[] = [];
  for (const line of lines.slice(position, position + longestBlock)) {
    if (!prefix.test(line.text)) break;
    block.push(line);
  }
  return block;
}

function endOf(block: readonly LogLine[]): Failure[] {
  const lines = block.map((line) => ({ ...line, text: line.text.replace(prefix, '').trimEnd() }));
  if (lines.some(({ text }) => ofScript.test(text))) return [];
  const type = lines.map(({ text }) => /^code (\w{1,100})$/.exec(text)?.[1]).find((code) => code !== undefined);
  return type !== undefined && /^\d+$/.test(type) ? installScript(lines) : lastWords(lines, type);
}

const facts = /^(?:code|syscall|errno|path|dest|address|port|type|cwd|file|hostname) |^\{$|^\}$/;
const label =
  /^(?:E[A-Z]{3,30}|\d{3}|JSON\.parse|[a-z]{4,20})(?: |$)(?=\s?(?:$|[A-Z"'`]|unable|request|no |getaddrinfo))/;
/** From here on npm advises. */
const advice =
  /^(?:Clean install a project|Usage:|A complete log|For a full report|aliases:|Run "npm help|To see a list of|If you are behind a proxy|Fix the upstream|This is a problem related to network|This is related to npm not|In most cases you or|Note that you can also|Did you mean|Failed to parse JSON data)/;

function lastWords(lines: readonly LogLine[], type: string | undefined): Failure[] {
  const said: string[] = [];
  let last = 0;
  for (const [position, { text }] of lines.entries()) {
    const told = text.replace(label, '').trimStart();
    if (advice.test(told) || advice.test(text) || /^\s*at \S/.test(text)) break;
    if (text !== '') last = position;
    if (text === '' || !facts.test(text)) if (!said.includes(told) || told === '') said.push(told);
  }
  const message = said
    .join('\n')
    .replace(/\n{2,}/g, '\n')
    .trim();
  if (message === '' && type === undefined) return [];
  const file = lines
    .map(({ text }) => /^(?:path|file) (\S.{0,1000}\.json)$/.exec(text)?.[1])
    .find((path) => path !== undefined);
  return [
    failure(
      { tool, ...(type ? { type } : {}), message: message || (type ?? ''), ...printedPlace(file) },
      lines.slice(0, last + 1),
    ),
  ];
}

/** A dependency's script printed into npm's lines: its own error where it is one of node's, else what it said. */
function installScript(lines: readonly LogLine[]): Failure[] {
  const command = lines.findIndex(({ text }) => text.startsWith('command '));
  const end = lines.findIndex(({ text }) => text.startsWith('A complete log of this run'));
  const ran = lines.findLastIndex(({ text }) => text.startsWith('command '));
  const output = lines.slice(ran + 1, end < 0 ? lines.length : end);
  if (command < 0 || output.every(({ text }) => text === '')) return [];
  const shown = lines.slice(0, ran + 1 + output.length);
  const [thrown] = node.find(output);
  if (thrown) return [{ ...failure({ ...thrown, tool }, shown) }];
  const gyp = output
    .map(({ text }) => /^gyp ERR! stack (?:Error: )?(?!\s*at )(.+)/.exec(text)?.[1])
    .find((text) => text !== undefined);
  const where = lines.map(({ text }) => /^path (\S.{0,1000})$/.exec(text)?.[1]).find((path) => path !== undefined);
  const head = `${lines[ran]?.text ?? ''}${where ? ` (in ${where})` : ''}`;
  return [
    failure({ tool, message: [...(gyp ? [gyp] : []), head, ...output.map(({ text }) => text)].join('\n') }, shown),
  ];
}
