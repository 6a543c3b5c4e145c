// The errors that webpack lists at the end of a build, and a configuration it refuses → one failure an error.
import type { Failure } from '../../incident/failure.ts';
import { blockFrom, type FailureParser, failure, typed } from '../failure-parser.ts';
import type { LogLine } from '../job-log.ts';
import { isForeign, place, v8Frames } from '../stack-trace.ts';
import { printedPlace } from './printed-place.ts';

const tool = 'webpack';
const title = /^ERROR in (?<where>\S.*)$/;
const compiled = /^(?:[\w.@/-]{1,100} \()?webpack \d[\w.-]{0,30}\)? compiled (?:with (?<errors>\d{1,6}) errors?)?/;
const refused = /^\[webpack-cli\] (?<message>(?:Invalid |Failed |Unable |Unknown |\w{0,60}Error\b).*)$/;

export const webpack: FailureParser = {
  tool,
  kind: 'check',
  signs: ['ERROR in ', 'ERROR\x1b[39m\x1b[22m in ', '[webpack-cli] '],
  find(lines) {
    const verdicts = lines.flatMap(({ text }, at) => {
      const found = text.includes('webpack') ? compiled.exec(text) : null;
      return found ? [{ at, failed: found.groups?.errors !== undefined }] : [];
    });
    let next = 0;
    return lines.flatMap(({ text }, at) => {
      while ((verdicts[next]?.at ?? at + 1) <= at) next += 1;
      if (text.startsWith('[webpack-cli] ')) return configurationError(lines, at);
      // Version 4 ends without a verdict; where there are some, errors stand above one that says so.
      const counts = verdicts.length === 0 || verdicts[next]?.failed;
      return counts && title.test(text) ? moduleError(lines, at) : [];
    });
  },
};

function moduleError(lines: readonly LogLine[], at: number): Failure[] {
  const where = title.exec(lines[at]?.text ?? '')?.groups?.where ?? '';
  // The plugin prints ESLint's own report, which is read as such.
  if (where.startsWith('[eslint]')) return [];
  const block = blockFrom(lines, at, endsError, 120);
  const texts = block.map((line) => line.text).filter((text) => !/^ @ /.test(text));
  const typescript = texts.findIndex((text) => /^\[tsl\] ERROR in /.test(text));
  if (typescript > 0) return [typescriptError(texts.slice(typescript), block)];
  const { file, line, column } = placeIn(where);
  const told = rootOf(texts.slice(1));
  const frames = v8Frames(texts);
  const trace = frames.every(isForeign) ? block.findIndex(({ text }) => /^\s+at .+[:)]/.test(text)) : -1;
  const named = inMessage.exec(texts.slice(1).join('\n'))?.groups;
  const printed = printedPlace(file, line ?? named?.line ?? named?.atLine, column ?? named?.column ?? named?.atColumn);
  return [failure({ tool, ...told, ...printed, frames }, trace < 0 ? block : block.slice(0, trace))];
}

/** `./src/cart.js 2:0-39`, `./src/a.ts:6:7`, `/shop/src/a.ts(6,7)`, or a module's name alone. */
function placeIn(where: string): { file?: string; line?: string; column?: string } {
  const match =
    /^(?<file>[^\s(]{1,1000}?)(?:(?: |:)(?<line>\d{1,7}):(?<column>\d{1,7})(?:-[\d:]{1,16})?|\((?<atLine>\d{1,7}),(?<atColumn>\d{1,7})\):?)?(?:\s.*)?$/.exec(
      where,
    );
  const { file, line, column, atLine, atColumn } = match?.groups ?? {};
  if (!file || !/[./\\]/.test(file)) return {};
  const [foundLine, foundColumn] = [line ?? atLine, column ?? atColumn];
  const path = file.replace(/^.*!/, '').replace(/^\.\//, '');
  return { file: path, ...(foundLine ? { line: foundLine } : {}), ...(foundColumn ? { column: foundColumn } : {}) };
}

/** Babel and webpack: `Unexpected token (2:0)`; Sass: `  src/shop.scss 2:10  root stylesheet`. */
const inMessage =
  /^.{0,1000}\((?<line>\d{1,7}):(?<column>\d{1,7})\)$|^\s{2}\S{1,500} (?<atLine>\d{1,7}):(?<atColumn>\d{1,7}) {2}root stylesheet/m;
const codeFrame = /^\s*(?:> ?)?\d{1,7} \|/;

/** `Module build failed (from a loader):` wraps what the loader said. */
function rootOf(texts: readonly string[]): { type?: string; message: string } {
  const wrapped = /^Module (?:build failed|Error|Warning) \(from .{1,500}\):$/.test(texts[0] ?? '');
  const trace = texts.findIndex((text) => /^\s+at .+[:)]/.test(text) || codeFrame.test(text));
  const said = texts.slice(wrapped ? 1 : 0, trace < 0 ? texts.length : trace).join('\n');
  const [, code, message] = /^(TS\d{1,6}): ([\s\S]+)$/.exec(said) ?? [];
  if (code && message) return { type: code, message };
  if (!wrapped) return { message: said };
  const { type, message: told } = typed(said);
  return { ...(type ? { type } : {}), message: told.replace(/^(?:\/|[A-Za-z]:\\)[^:\n]{1,1000}: /, '') };
}

/** ts-loader: `[tsl] ERROR in /shop/src/index.ts(6,7)`, then `TS2322: Type …`. */
function typescriptError([head = '', ...rest]: readonly string[], block: readonly LogLine[]): Failure {
  const where = placeIn(head.replace('[tsl] ERROR in ', ''));
  const [, type, said] = /^\s*(TS\d{1,6}): (.+)$/.exec(rest[0] ?? '') ?? [];
  const message = [said ?? rest[0] ?? '', ...rest.slice(1).map((text) => text.replace(/^\s{6}/, ''))].join('\n');
  return failure(
    { tool, ...(type ? { type } : {}), message, ...printedPlace(where.file, where.line, where.column) },
    block,
  );
}

function configurationError(lines: readonly LogLine[], at: number): Failure[] {
  const text = lines[at]?.text ?? '';
  if (!refused.test(text) || text.includes('Error: [eslint]')) return [];
  const block = blockFrom(
    lines,
    at,
    ({ text, kind }) => kind !== 'output' || /^(?:npm |error Command|\[webpack-cli\])/.test(text),
    60,
  );
  const texts = block.map(({ text }) => text.replace(/^\[webpack-cli\] /, ''));
  const trace = texts.findIndex((text) => /^\s+at /.test(text));
  const frames = v8Frames(texts);
  const own = frames.some((frame) => !isForeign(frame)) ? place(frames) : {};
  return [
    failure({ tool, ...typed(texts.slice(0, trace < 0 ? texts.length : trace).join('\n')), ...own, frames }, block),
  ];
}

const endsError = ({ text, kind }: LogLine): boolean =>
  kind !== 'output' ||
  /^(?:(?:ERROR|WARNING) in |\d+ errors? ha(?:s|ve) detailed|\d+ warnings? ha(?:s|ve) detailed|npm (?:ERR!|error)|error Command)/.test(
    text,
  ) ||
  (text.includes('webpack') && compiled.test(text));
