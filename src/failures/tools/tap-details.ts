// What stands below a `not ok`: YAML, or comments → the error, its values and its place, in the words of its producer.
import { z } from 'zod';
import type { Failure } from '../../incident/failure.ts';
import { readYaml } from '../../text/read-yaml.ts';
import { looksLikeError, typed } from '../failure-parser.ts';
import type { LogLine } from '../job-log.ts';
import { ownPlace, v8Frame } from '../stack-trace.ts';
import { chained } from '../thrown-error.ts';
import { diffValues } from './expect-values.ts';

type TapDetails = Pick<Failure, 'message' | 'frames'> & Partial<Failure>;

const text = z.union([z.string(), z.number(), z.boolean(), z.null()]).transform(String);
const value = z.unknown().transform((given) => (typeof given === 'string' ? given : JSON.stringify(given)));
const position = z
  .object({ fileName: z.string(), lineNumber: z.number(), columnNumber: z.number() })
  .transform((at) => `${at.fileName}:${at.lineNumber}:${at.columnNumber}`);
const fields = {
  error: text.optional().catch(undefined),
  message: text.optional().catch(undefined),
  name: text.optional().catch(undefined),
  /** node-tap names the error's class, node:test what kind of test it was. */
  type: text.optional().catch(undefined),
  location: text.optional().catch(undefined),
  at: z.union([text, position]).optional().catch(undefined),
  stack: text.optional().catch(undefined),
  expected: value.optional(),
  actual: value.optional(),
  diff: text.optional().catch(undefined),
  /** AVA: a sentence, and what it is about. */
  details: z.record(z.string(), text).optional().catch(undefined),
};
const Cause = z.object(fields);
const Details = z.object({ ...fields, cause: Cause.optional().catch(undefined) });

/** Comments may stand between a result and its YAML: what the test logged. */
export function yamlBelow(lines: readonly LogLine[], start: number, indent: number): LogLine[] {
  const margin = ' '.repeat(indent + 2);
  const ahead = lines.slice(start + 1, start + 500);
  const opening = ahead.findIndex((line) => !/^\s*#/.test(line.text));
  if (ahead[opening]?.text !== `${margin}---`) return [];
  const end = ahead.findIndex((line, index) => index > opening && line.text === `${margin}...`);
  return end < 0 ? [] : ahead.slice(opening, end);
}

export function yamlDetails(title: string, yaml: readonly LogLine[]): TapDetails {
  const indent = yaml[0]?.text.search(/\S/) ?? 0;
  const source = yaml.slice(1).map((line) => line.text.slice(indent));
  // Details that cannot be read: the title is still a failure.
  const { data: details = {} } = Details.safeParse(readYaml(source.join('\n')).data ?? {});
  const { cause, expected, actual } = details;
  const frames = chained(framesOf(cause?.stack), framesOf(details.stack));
  const said = v8Frame(details.location ?? details.at?.replace(/\s+/g, ' ') ?? '');
  const error = errorOf(title, details);
  const root = cause ? errorOf(title, cause) : error;
  const again = cause ? `\nraised again as ${error.type ? `${error.type}: ` : ''}${error.message.split('\n')[0]}` : '';
  const values = { ...(expected === undefined ? {} : { expected }), ...(actual === undefined ? {} : { actual }) };
  const diff =
    details.diff ??
    Object.entries(details.details ?? {})
      .flat()
      .join('\n');
  return {
    ...root,
    message: `${root.message}${again}`,
    ...(Object.keys(values).length > 0 ? values : diffValues(diff.split('\n'))),
    ...(ownPlace(frames) ?? ownPlace(said ? [said] : [])),
    frames,
  };
}

const framesOf = (stack = '') =>
  stack
    .split('\n')
    .map((line) => v8Frame(line))
    .filter((frame) => frame !== undefined);

function errorOf(title: string, details: z.infer<typeof Cause>): { type?: string; message: string } {
  const [sentence, about] = Object.entries(details.details ?? {})[0] ?? [];
  const [, thrown, message] = /^(\w{1,100}) \{\n\s*message: '((?:[^'\\]|\\.){0,1900})',\n/.exec(about ?? '') ?? [];
  if (thrown && message !== undefined) return { type: thrown, message: message.replace(/\\(.)/g, '$1') };
  if (sentence && !details.message) return { message: `${sentence}\n${about}` };
  const said = details.error ?? details.message ?? title;
  const type = details.name ?? (looksLikeError(details.type ?? '') ? details.type : undefined);
  return type ? { type, message: said } : typed(said);
}

const inTestFile = /^\s*# {1,3}\(?(?:in|from) .{0,300}(?:file|at) ([^\s,]{1,500}),? line (\d{1,7})\)?/;
const atLine = /^\s*# {1,3}at (\S{1,500}) line (\d{1,7})\.$/;

/** Bats and Perl's Test::More explain a result in the comments below it. */
export function commentDetails(title: string, comments: readonly LogLine[]): TapDetails {
  const texts = comments.map((line) => line.text);
  const [, file, number] = texts.map((one) => inTestFile.exec(one) ?? atLine.exec(one)).find((match) => match) ?? [];
  const named = (pattern: RegExp) => texts.map((one) => pattern.exec(one)?.[1]).find((found) => found !== undefined);
  const [expected, actual] = [named(/^\s*# {1,20}expected: '?(.*?)'?$/), named(/^\s*# {1,20}got: '?(.*?)'?$/)];
  const said = texts
    .filter(
      (one) =>
        !inTestFile.test(one) && !atLine.test(one) && !/^\s*#\s+(?:Failed test|got: |expected: |Looks like )/.test(one),
    )
    .map((one) => one.replace(/^\s*# {0,3}/, ''))
    .join('\n')
    .trim();
  return {
    message: file && said !== '' ? said : title,
    frames: [],
    ...(expected && actual ? { expected, actual } : {}),
    ...(file ? { file, line: Number(number) } : {}),
  };
}
