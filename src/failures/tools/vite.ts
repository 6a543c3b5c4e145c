// The error with which Vite, or Rolldown alone, ends a build → a failure; Rolldown may report several.
import type { Failure } from '../../incident/failure.ts';
import { blockFrom, type FailureParser, failure } from '../failure-parser.ts';
import type { LogLine } from '../job-log.ts';
import { isForeign, place, v8Frames } from '../stack-trace.ts';
import { printedPlace } from './printed-place.ts';
import { rollupMessage } from './rollup.ts';

const opening = 'error during build:';
const several = /^(?:\w*Error: )?Build failed with \d{1,6} errors?:$/;
const configuration = /^failed to load config from (?<file>\S.{0,500})$/;
/** `[MISSING_EXPORT] Error: "prise" is not exported`, and below it `╭─[ src/main.js:1:10 ]`. */
const diagnostic = /^\[(?<code>[\w:@/.-]{1,100})\] (?<error>(?:\w{0,60}Error: )?.+)$/;
const box = /^\s*[╭,]─*-*\[ (?<file>.{1,500}):(?<line>\d{1,7}):(?<column>\d{1,7}) \]$/;
const frame = /^\s{2,}at /;

export const vite: FailureParser = {
  tool: 'vite',
  kind: 'check',
  signs: [opening, 'Build failed with '],
  find: (lines) =>
    lines.flatMap(({ text }, position) => {
      if (text === opening) return buildError(lines, position);
      return several.test(text) && lines[position - 1]?.text !== opening
        ? diagnostics('rolldown', lines, position)
        : [];
    }),
};

function buildError(lines: readonly LogLine[], position: number): Failure[] {
  if (several.test(lines[position + 1]?.text ?? '')) {
    const found = diagnostics('vite', lines, position + 1);
    if (found.length > 0) return found;
  }
  const block = blockFrom(lines, position, endsReport, 100);
  const texts = block.map((line) => line.text);
  const end = texts.findIndex((text, index) => index > 0 && (frame.test(text) || text === '' || /^file: /.test(text)));
  const said = texts.slice(1, end < 0 ? texts.length : end).join('\n');
  if (said === '') return [];
  const frames = v8Frames(texts);
  const last = texts.findLastIndex(
    (text) => text.trim() !== '' && !(frame.test(text) && /node_modules|[( ]node:/.test(text)),
  );
  const config = configuration.exec(lines[position - 1]?.text ?? '')?.groups;
  const where = placeIn(texts, said) ?? (config ? printedPlace(config.file) : undefined);
  const own = frames.some((one) => !isForeign(one)) && !where?.line ? place(frames) : where;
  return [failure({ tool: 'vite', ...messageOf(said), ...own, frames }, block.slice(0, Math.max(1, last) + 1))];
}

/** `file: /shop/src/main.ts:4:54 (/shop/index.html)`, or what the message itself names. */
function placeIn(texts: readonly string[], said: string): ReturnType<typeof printedPlace> | undefined {
  const named = texts
    .find((text) => text.startsWith('file: '))
    ?.slice('file: '.length)
    .replace(/ \(.{1,500}\)$/, '');
  const [, file, line, column] = /^(.{1,500}?)(?::(\d{1,7}):(\d{1,7}))?$/.exec(named ?? '') ?? [];
  if (file) return printedPlace(file, line, column);
  const importer = /^Could not resolve "[^"]{1,500}" from "(?<file>[^"]{1,500})"/.exec(rollupMessage(said).message);
  return importer ? printedPlace(importer.groups?.file) : undefined;
}

/** `[vite:esbuild] Transform failed with 1 error:` and below it what esbuild said. */
function messageOf(said: string): { type?: string; message: string } {
  const [, plugin, rest] = /^\[([\w:@/.-]{1,100})\] ([\s\S]+)$/.exec(said) ?? [];
  const found = rollupMessage(rest ?? said);
  const inner = /^Transform failed with \d{1,6} errors?:\n\S.{0,600}?: ERROR: (.+)/.exec(found.message)?.[1];
  const type = found.type ?? plugin;
  return { ...(type ? { type } : {}), message: inner ?? found.message };
}

function diagnostics(tool: string, lines: readonly LogLine[], position: number): Failure[] {
  const block = blockFrom(lines, position, (line) => endsReport(line) || frame.test(line.text), 500);
  return block.flatMap((line, at) => {
    const said = diagnostic.exec(line.text)?.groups;
    if (!said) return [];
    const own = blockFrom(block, at, ({ text }) => diagnostic.test(text), 100);
    const boxed = own.findIndex(({ text }) => box.test(text));
    const where = box.exec(own[boxed]?.text ?? '')?.groups;
    const more = own.slice(1, boxed < 0 ? own.length : boxed).map(({ text }) => text);
    const { type, message } = rollupMessage([said.error ?? '', ...more].join('\n'));
    const named = type && type !== 'Error' ? type : said.code;
    const found = { ...(named ? { type: named } : {}), message };
    return [failure({ tool, ...found, ...printedPlace(where?.file, where?.line, where?.column) }, own)];
  });
}

const endsReport = ({ text, kind }: LogLine): boolean =>
  kind !== 'output' || text === opening || /^(?:npm (?:ERR!|error)|error Command| ELIFECYCLE)/.test(text);
