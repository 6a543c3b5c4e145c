// pytest's sections FAILURES and ERRORS, and its short summary → one failure a failed test.
import type { Failure, StackFrame } from '../../incident/failure.ts';
import { blockFrom, type FailureParser, failure, looksLikeError, typed } from '../failure-parser.ts';
import type { LogLine } from '../job-log.ts';
import { place, pythonFrame } from '../stack-trace.ts';
import { python } from './python.ts';

const tool = 'pytest';
const sectionLine = /^=+ (FAILURES|ERRORS) =+$/;
/** Not the rows of `_ _ _` between the frames of one failure. */
const blockLine = /^_+ (?!_)(\S.*?) _+$/;
const endLine = /^(?:={3,} .* ={3,}|!{3,} .* !{3,})$/;
const summaryLine = /^(FAILED|ERROR) (\S+?\.py(?:::.*?)?)(?: - (.*))?$/;
const locationLine = /^(\S[^:]*(?::\\[^:]*)?):(\d{1,9}): ?(?:in (.+)|([\w.]+))?$/;
const capturedLine = /^-+ (?:Captured|generated|coverage).* -+$/;

interface Entry {
  id: string;
  message: string;
  line: LogLine;
}

/** The summary's entries that no section has shown yet, by kind and heading. */
type Entries = Map<string, Entry[]>;

export const pytest: FailureParser = {
  tool,
  kind: 'test',
  signs: [],
  find(lines) {
    const entries = summary(lines);
    const found: Failure[] = [];
    let section = '';
    for (const [position, { text }] of lines.entries()) {
      section = sectionLine.exec(text)?.[1] ?? (endLine.test(text) ? '' : section);
      const title = section === '' ? undefined : blockLine.exec(text)?.[1];
      if (!title) continue;
      const block = blockFrom(lines, position, (line) => endLine.test(line.text) || blockLine.test(line.text));
      const heading = title.replace(/^ERROR (?:collecting|at setup of|at teardown of) /, '');
      const entry = entries.get(`${section === 'FAILURES' ? 'FAILED' : 'ERROR'} ${heading}`)?.shift();
      found.push(blockFailure(heading, entry, block));
    }
    return [...found, ...[...entries.values()].flat().map(summarised)];
  },
};

function summary(lines: readonly LogLine[]): Entries {
  const seen = new Set<string>();
  const entries: Entries = new Map();
  for (const line of lines) {
    if (!line.text.startsWith('FAILED ') && !line.text.startsWith('ERROR ')) continue;
    const [, status, id, message = ''] = summaryLine.exec(line.text) ?? [];
    if (!id || seen.has(`${status} ${id}`)) continue;
    seen.add(`${status} ${id}`);
    const key = `${status} ${heading(id)}`;
    const same = entries.get(key) ?? [];
    same.push({ id, message, line });
    entries.set(key, same);
  }
  return entries;
}

/** `tests/x.py::TestLoad::test_chain` is headed `TestLoad.test_chain`; a file that cannot be collected, by its path. */
function heading(id: string): string {
  const [file = id, ...rest] = id.split('::');
  return rest.length === 0 ? file : rest.join('.');
}

const fileOf = (id: string): string => id.split('::')[0] ?? id;

const summarised = ({ id, message, line }: Entry): Failure =>
  failure({ tool, test: id, ...typed(message || 'failed'), file: fileOf(id) }, [line]);

function blockFailure(name: string, entry: Entry | undefined, block: LogLine[]): Failure {
  const ends = block.findIndex((line) => capturedLine.test(line.text));
  const shown = ends < 0 ? block : block.slice(0, ends);
  const { frames, ...what } = shown.some((line) => line.text.startsWith('E ')) ? readBlock(shown) : readNative(shown);
  const test = entry?.id ?? idFrom(name, frames);
  const where = place(frames) ?? { file: fileOf(test) };
  return failure({ tool, test, ...what, ...where, frames }, shown);
}

function idFrom(name: string, frames: readonly StackFrame[]): string {
  const file = frames.at(-1)?.file;
  const bracket = name.indexOf('[');
  const [path, parameters] = bracket < 0 ? [name, ''] : [name.slice(0, bracket), name.slice(bracket)];
  return !file || name.endsWith('.py') ? name : `${file}::${path.replaceAll('.', '::')}${parameters}`;
}

type What = Pick<Failure, 'type' | 'message' | 'expected' | 'actual' | 'frames'>;

/** The first exception of a chain is the root; the frames of the later ones follow its own. */
function readBlock(block: readonly LogLine[]): What {
  const chain = block.findIndex((line) =>
    /^(?:During handling of|The above exception was the direct cause)/.test(line.text),
  );
  const root = chain < 0 ? block : block.slice(0, chain);
  const said = root
    .filter((line) => /^E(?: |$)/.test(line.text))
    .map((line) => line.text.slice(1).replace(/^ {3}/, ''));
  const base = Math.min(...said.filter((text) => text.trim() !== '').map((text) => text.search(/\S/)));
  const texts = said.map((text) => text.slice(base));
  const at = texts.findIndex((text) => looksLikeError(/^[\w.]+/.exec(text.trim())?.[0] ?? ''));
  const location = root.map((line) => locationLine.exec(line.text)?.[4]).findLast((name) => name !== undefined);
  const frames = [...framesOf(root), ...(chain < 0 ? [] : framesOf(block.slice(chain)))];
  const isAssert = texts.some((text) => text.startsWith('assert '));
  const { type = location ?? (isAssert ? 'AssertionError' : undefined), message } = typed(
    texts.slice(Math.max(0, at)).join('\n').trim(),
  );
  return { ...(type ? { type } : {}), message, ...compared(texts), frames };
}

function framesOf(lines: readonly LogLine[]): StackFrame[] {
  const frames: StackFrame[] = [];
  for (const { text } of lines) {
    const own = /^E\s/.test(text) ? pythonFrame(text.slice(1)) : undefined;
    const [, file, line, fn] = locationLine.exec(text) ?? [];
    if (own) frames.unshift(own);
    else if (file && Number(line) > 0) frames.unshift({ file, line: Number(line), ...(fn ? { function: fn } : {}) });
  }
  return frames;
}

/** `assert 5.0 == 6`: what was computed stands left, by convention. */
function compared(texts: readonly string[]): { expected?: string; actual?: string } {
  const text = texts.find((one) => /^(?:AssertionError: )?assert .* == /.test(one));
  const sides = text?.replace(/^(?:AssertionError: )?assert /, '').split(' == ');
  if (!sides?.[0] || !sides[1] || sides.length > 2) return {};
  return { actual: sides[0], expected: sides[1] };
}

/** `--tb=native` prints plain tracebacks. */
function readNative(block: readonly LogLine[]): What {
  const [first] = python.find(block.slice(1));
  if (first) return { ...(first.type ? { type: first.type } : {}), message: first.message, frames: first.frames };
  return {
    message: block
      .slice(1)
      .map((line) => line.text)
      .join('\n'),
    frames: [],
  };
}
