// The Test Anything Protocol, with YAML details as node:test prints them → one failure a `not ok`.
import { parse } from 'yaml';
import { z } from 'zod';
import type { Failure } from '../../incident/failure.ts';
import { type FailureParser, failure, typed } from '../failure-parser.ts';
import type { LogLine } from '../job-log.ts';
import { place, tidied, v8Frame } from '../stack-trace.ts';

const notOk = /^(\s*)not ok \d+(?: -)? ?(.*?)(?:\s+# (TODO|SKIP).*)?$/i;

const text = z.union([z.string(), z.number(), z.boolean(), z.null()]).transform(String);
const value = z.unknown().transform((given) => (typeof given === 'string' ? given : JSON.stringify(given)));
const Details = z.object({
  error: text.optional(),
  message: text.optional(),
  name: text.optional(),
  location: text.optional(),
  at: text.optional(),
  stack: text.optional(),
  expected: value.optional(),
  actual: value.optional(),
});

export const tap: FailureParser = {
  tool: 'tap',
  kind: 'test',
  signs: [],
  find: (lines) => (isNodeTest(lines) ? [] : failuresIn('tap', lines)),
};

/** Of node:test's TAP only; other producers' is left to `tap`. */
export const tapFailures = (tool: string, lines: readonly LogLine[]): Failure[] =>
  isNodeTest(lines) ? failuresIn(tool, lines) : [];

const isNodeTest = (lines: readonly LogLine[]): boolean => lines.some((line) => /^\s+failureType: '/.test(line.text));

function failuresIn(tool: string, lines: readonly LogLine[]): Failure[] {
  const found: Failure[] = [];
  for (const [position, line] of lines.entries()) {
    if (!line.text.includes('not ok')) continue;
    const [, indent = '', title = '', directive] = notOk.exec(line.text) ?? [];
    if (title === '' || directive) continue;
    const yaml = yamlBelow(lines, position, indent.length);
    const details = detailsOf(yaml);
    found.push(one(tool, title, details, [line, ...yaml]));
  }
  return found;
}

function yamlBelow(lines: readonly LogLine[], position: number, indent: number): LogLine[] {
  if (lines[position + 1]?.text !== `${' '.repeat(indent + 2)}---`) return [];
  const ahead = lines.slice(position + 1, position + 500);
  const end = ahead.findIndex((line) => line.text === `${' '.repeat(indent + 2)}...`);
  return ahead.slice(0, Math.max(0, end));
}

function detailsOf(yaml: readonly LogLine[]): z.infer<typeof Details> {
  const indent = yaml[0]?.text.search(/\S/) ?? 0;
  const source = yaml
    .slice(1)
    .map((line) => line.text.slice(indent))
    .join('\n');
  let parsed: unknown;
  try {
    parsed = parse(source, { maxAliasCount: 0 });
  } catch {
    parsed = {}; // Details that are no YAML: the title is still a failure.
  }
  const result = Details.safeParse(parsed ?? {});
  return result.success ? result.data : {};
}

function one(tool: string, title: string, details: z.infer<typeof Details>, block: readonly LogLine[]): Failure {
  const printed = (details.stack ?? '')
    .split('\n')
    .map(v8Frame)
    .filter((frame) => frame !== undefined);
  const frames = tidied(printed);
  const message = details.error ?? details.message ?? title;
  const where = place(frames) ?? v8Frame(details.location ?? details.at ?? '');
  const name = details.name ? { type: details.name, message } : typed(message);
  const { expected, actual } = details;
  return failure(
    {
      tool,
      test: unescaped(title),
      ...name,
      ...(expected === undefined ? {} : { expected }),
      ...(actual === undefined ? {} : { actual }),
      ...where,
      frames,
    },
    block,
  );
}

/** node:test escapes what TAP would misread, and line ends. */
const unescaped = (title: string): string =>
  title.replace(
    /\\{1,2}([nrt#\\])/g,
    (_, character: string) => ({ n: '\n', r: '\r', t: '\t' })[character] ?? character,
  );
