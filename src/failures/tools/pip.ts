// What pip could not find, resolve, verify or build → one failure each, with the package's own error where one is shown.
import type { Failure } from '../../incident/failure.ts';
import { blockFrom, type FailureParser, failure } from '../failure-parser.ts';
import type { LogLine } from '../job-log.ts';
import { place } from '../stack-trace.ts';
import { type Box, pipBoxes } from './pip-box.ts';
import { pythonTraces } from './python-trace.ts';

const tool = 'pip';
/** pip goes on after a box; these say that it gave up. */
const gaveUp =
  /^(?:error: (?:metadata-generation-failed|legacy-install-failure|subprocess-exited-with-error|failed-wheel-build-for-install)$|ERROR: (?:Could not build wheels for |Failed to build |Command errored out with exit status ))/;
const plainError =
  /^(?:ERROR: (?<message>(?:Could not install packages due to an|Could not open requirements file|Invalid requirement|Invalid wheel filename|Package '.{1,200}' requires a different Python|Cannot uninstall|Cannot unpack file|HTTP error \d|Double requirement given|Directory '.{1,400}' is not installable|\S+ does not appear to be a Python project|\S+ is not a valid editable requirement|\S+ is not a supported wheel on this platform|Hashes are required in --require-hashes mode|In --require-hashes mode|Can't verify hashes|Could not find an activated virtualenv|File "setup\.py" or "setup\.cfg" not found)\b.*)|(?<type>error: (?:externally-managed-environment|invalid-installed-package|uninstall-no-record-file|uninstall-distutils-installed-package)))$/;
const innerError = /^(?:\S+:\d+:(?:\d+:)? (?:fatal )?error: |(?:fatal )?error: |\S*(?:Error|Exception): |ERROR: )/;
const longestBlock = 40;
const retryReach = 60;

export const pip: FailureParser = {
  tool,
  kind: 'build',
  signs: [
    'ERROR: No matching distribution',
    'ERROR: ResolutionImpossible',
    'DO NOT MATCH THE HASHES',
    'metadata-generation-failed',
    'legacy-install-failure',
    'subprocess-exited-with-error',
    'failed-wheel-build-for-install',
    'ERROR: Could not ',
    'ERROR: Failed to build ',
    'ERROR: Command errored out',
    'ERROR: Invalid requirement',
    'ERROR: Package ',
    'ERROR: Cannot un',
    'ERROR: HTTP error ',
    'ERROR: Double requirement',
    'is not installable',
    'does not appear to be a Python project',
    'is not a valid editable requirement',
    'is not a supported wheel',
    '-require-hashes mode',
    'verify hashes',
    'externally-managed-environment',
    'invalid-installed-package',
    'uninstall-no-record-file',
    'uninstall-distutils-installed-package',
    'ERROR: File "setup.py"',
  ],
  find(lines) {
    const boxes = pipBoxes(lines);
    let last = -1;
    return lines.flatMap((line, position) => {
      if (!/^(?:ERROR|error): /.test(line.text) || succeedsAfter(lines, position)) return [];
      const plain = [
        ...notFound(lines, position),
        ...conflict(lines, position),
        ...hashes(lines, position),
        ...said(lines, position),
      ];
      if (plain.length > 0 || !gaveUp.test(line.text)) return plain;
      const own = boxes.filter(({ to }) => to > last && to < position);
      const built =
        own.length > 0 ? notBuilt(lines, own) : last < 0 ? [failure({ tool, message: line.text }, [line])] : [];
      last = position;
      return built;
    });
  },
};

/** Tried again, in another way or from another index. */
const succeedsAfter = (lines: readonly LogLine[], position: number): boolean =>
  lines.slice(position, position + retryReach).some(({ text }) => text.startsWith('Successfully installed '));

/** `-r requirements.txt (line 1)` */
function required(text: string): Pick<Failure, 'file' | 'line'> {
  const match = /-r (\S{1,300}) \(line (\d{1,9})\)/.exec(text) ?? undefined;
  const [file, line] = match?.slice(1) ?? /\(from line (\d{1,9}) of (\S{1,300})\)/.exec(text)?.slice(1).reverse() ?? [];
  return file && Number(line) > 0 ? { file, line: Number(line) } : {};
}

const messageOf = (block: readonly LogLine[]): string =>
  block.map(({ text }) => text.replace(/^ERROR: /, '')).join('\n');

function notFound(lines: readonly LogLine[], position: number): Failure[] {
  const [above, line] = [lines[position - 1], lines[position]];
  if (!line?.text.startsWith('ERROR: No matching distribution found for ')) return [];
  const block = above?.text.startsWith('ERROR: Could not find a version') ? [above, line] : [line];
  return [failure({ tool, message: messageOf(block), ...required(line.text) }, block)];
}

function conflict(lines: readonly LogLine[], position: number): Failure[] {
  const line = lines[position];
  if (!line?.text.startsWith('ERROR: ResolutionImpossible')) return [];
  const start = Math.max(0, position - longestBlock);
  const opened = lines.slice(start, position).findLastIndex(({ text }) => text.startsWith('ERROR: Cannot install '));
  if (opened < 0) return [failure({ tool, type: 'ResolutionImpossible', message: messageOf([line]) }, [line])];
  const block = blockFrom(lines, start + opened, ({ text }) => /^To fix this|^ERROR: /.test(text), longestBlock);
  const message = messageOf(block);
  return [failure({ tool, type: 'ResolutionImpossible', message, ...required(message) }, block)];
}

function hashes(lines: readonly LogLine[], position: number): Failure[] {
  if (!lines[position]?.text.startsWith('ERROR: THESE PACKAGES DO NOT MATCH THE HASHES')) return [];
  const block = blockFrom(lines, position, ({ text, kind }) => kind === 'error' || !/^\s{4}/.test(text), longestBlock);
  const value = (name: RegExp) => block.map(({ text }) => name.exec(text)?.[1]).find(Boolean);
  const [expected, actual] = [value(/^\s+Expected (?:sha\d+ )?(\S+)$/), value(/^\s+Got\s+(\S+)$/)];
  const message = messageOf(block);
  return [
    failure(
      { tool, message, ...(expected ? { expected } : {}), ...(actual ? { actual } : {}), ...required(message) },
      block,
    ),
  ];
}

function said(lines: readonly LogLine[], position: number): Failure[] {
  const groups = plainError.exec(lines[position]?.text ?? '')?.groups;
  if (!groups) return [];
  const isOver = ({ text, kind }: LogLine) => kind === 'error' || !/^(?:\s{2}|[×│╰])/.test(text);
  const block = groups.type ? lines.slice(position, position + 3) : blockFrom(lines, position, isOver, longestBlock);
  const message = groups.type ? messageOf(block.slice(2)).replace(/^× /, '') : messageOf(block);
  const type = groups.type?.replace('error: ', '');
  return [failure({ tool, ...(type ? { type } : {}), message: message || (type ?? ''), ...required(message) }, block)];
}

/** One for each that says something else: pip tries a package's build in two ways. */
function notBuilt(lines: readonly LogLine[], boxes: readonly Box[]): Failure[] {
  const found = new Map<string, Failure>();
  for (const one of boxes.map((box) => boxFailure(lines, box))) {
    const [inner = ''] = one.message.split('\n');
    if (!found.has(inner)) found.set(inner, one);
  }
  return [...found.values()];
}

function boxFailure(lines: readonly LogLine[], { from, to }: Box): Failure {
  const body = lines.slice(from + 1, to).map((line) => ({ ...line, text: line.text.replace(/^ {6}/, '') }));
  const start = lines
    .slice(Math.max(0, from - 8), from)
    .findLastIndex(({ text }) => /subprocess-exited-with-error|errored out/.test(text));
  const opened = start < 0 ? from : Math.max(0, from - 8) + start;
  const did = lines
    .slice(opened, from)
    .map(({ text }) => /^\s*× (.+)$/.exec(text)?.[1])
    .find(Boolean);
  const block = lines.slice(opened, to);
  const [trace] = pythonTraces(body).slice(-1);
  const inner = body.find(({ text }) => innerError.test(text)) ?? body.findLast(({ text }) => text.trim() !== '');
  const message = [trace?.message ?? inner?.text.trim(), did].filter(Boolean).join('\n');
  if (!trace) return failure({ tool, message, ...compiled(inner?.text ?? '') }, block);
  const { type, frames } = trace;
  return failure({ tool, ...(type ? { type } : {}), message, ...place(frames), frames }, block);
}

/** `native.c:1:10: fatal error: …` */
function compiled(text: string): Pick<Failure, 'file' | 'line' | 'column'> {
  const [, file, line, column] = /^([^\s:]{1,300}):(\d{1,9}):(?:(\d{1,9}):)? /.exec(text) ?? [];
  if (!file || !(Number(line) > 0)) return {};
  return { file, line: Number(line), ...(column ? { column: Number(column) } : {}) };
}
