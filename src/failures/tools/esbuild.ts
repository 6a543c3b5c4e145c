// The errors of esbuild, as it logs them or throws them → one failure an error.
import type { Failure } from '../../incident/failure.ts';
import { blockFrom, type FailureParser, failure } from '../failure-parser.ts';
import type { LogLine } from '../job-log.ts';
import { printedPlace } from './printed-place.ts';

const tool = 'esbuild';
const title = /^[✘X] \[ERROR\] (?<message>.+)$/;
const logged = /^\s{4}(?<file>\S.{0,500}):(?<line>\d{1,7}):(?<column>\d{1,7}):$/;
const thrown = /^(?<file>[^\s:](?::[\\/])?[^:]{0,500}):(?<line>\d{1,7}):(?<column>\d{1,7}): ERROR: (?<message>.+)$/;
/** Vite says the same with more around it, and is read as Vite. */
const throwing = /^(?:Uncaught )?\w*Error: (?:Build|Transform) failed with \d+ errors?:$/;

export const esbuild: FailureParser = {
  tool,
  kind: 'check',
  signs: [' [ERROR] ', '\x1b[41;97mERROR\x1b[41;31m]', ': ERROR: '],
  find(lines) {
    const found = new Map<string, Failure>();
    for (const [position, line] of lines.entries()) {
      const errors = title.test(line.text) ? [loggedError(lines, position)] : thrownErrors(lines, position);
      for (const one of errors) {
        const key = `${one.file}:${one.line}:${one.column}`;
        if (one.file === undefined || !found.has(key)) found.set(one.file ? key : `${position}`, one);
      }
    }
    return [...found.values()];
  },
};

function loggedError(lines: readonly LogLine[], position: number): Failure {
  const block = blockFrom(lines, position, ({ text, kind }) => kind !== 'output' || /^\S/.test(text), 60);
  const [head, ...rest] = block.map((line) => line.text);
  const plugin = / \[plugin ([^\]]{1,100})\]$/.exec(head ?? '')?.[1];
  const message = (title.exec(head ?? '')?.groups?.message ?? '').replace(/ \[plugin [^\]]{1,100}\]$/, '');
  // Later places are of notes: "was declared a constant here".
  const place = rest
    .slice(0, 4)
    .map((text) => logged.exec(text)?.groups)
    .find((groups) => groups !== undefined);
  const where = printedPlace(place?.file, place?.line, place?.column);
  return failure({ tool, ...(plugin ? { type: plugin } : {}), message, ...where }, block);
}

function thrownErrors(lines: readonly LogLine[], position: number): Failure[] {
  if (!throwing.test(lines[position]?.text ?? '') || lines[position - 1]?.text === 'error during build:') return [];
  const block = blockFrom(lines, position, ({ text }) => !thrown.test(text), 100);
  return block.slice(1).map((line) => {
    const { message = '', ...place } = thrown.exec(line.text)?.groups ?? {};
    return failure({ tool, message, ...printedPlace(place.file, place.line, place.column) }, [line]);
  });
}
