// The fixtures below test/fixtures/logs → what each holds, and a table of what is found in it.
import { globSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { findFailures } from '../../src/failures/find-failures.ts';
import { readJobLog } from '../../src/failures/read-job-log.ts';
import type { Failure } from '../../src/incident/failure.ts';

/** `CASE.json`. `made: written` where the tool cannot be had: the log follows its published output. */
const Expectation = z.strictObject({
  made: z.enum(['run', 'written']),
  /** What it takes to make it again: `npm: vitest@4`, `apt: golang-go`. */
  needs: z.string(),
  /** All that the log names, in its order; none for a green log. Each field given must be equal, the message contained. */
  failures: z.array(
    z.strictObject({
      tool: z.string(),
      test: z.string().optional(),
      type: z.string().optional(),
      message: z.string(),
      expected: z.string().optional(),
      actual: z.string().optional(),
      file: z.string().optional(),
      line: z.number().optional(),
      column: z.number().optional(),
      /** The first frames, innermost first, as `file:line`. */
      frames: z.array(z.string()).optional(),
    }),
  ),
});
type Expected = z.infer<typeof Expectation>['failures'][number];

export const logFolder = new URL('../fixtures/logs/', import.meta.url).pathname;

export const logNames = (): string[] =>
  globSync('*/*.json', { cwd: logFolder })
    .map((path) => path.replace(/\.json$/, ''))
    .sort();

export const expectation = (name: string): z.infer<typeof Expectation> =>
  Expectation.parse(JSON.parse(readFileSync(`${logFolder}${name}.json`, 'utf8')));

/** The failure with just the fields that are expected of it. */
export function shownAs(one: Failure, expected: Expected | undefined): Record<string, unknown> {
  const { frames, ...fields } = expected ?? { message: '', tool: '' };
  const { message, ...same } = Object.fromEntries(
    Object.keys(fields).map((key) => [key, one[key as keyof typeof one]]),
  );
  const shown = { ...same, message: one.message.includes(fields.message) ? fields.message : message };
  if (!frames) return shown;
  return { ...shown, frames: one.frames.slice(0, frames.length).map(({ file, line }) => `${file}:${line}`) };
}

const count = (right: number, all: number): string => (all === 0 ? '–' : `${right} of ${all}`);

/** Markdown; computed, never claimed. */
export function toolsTable(): string {
  const rows = logNames().map((name) => {
    const { failures, made } = expectation(name);
    const found = findFailures(readJobLog(readFileSync(`${logFolder}${name}.log`, 'utf8')));
    const right = (same: (one: Failure, expected: Expected) => boolean, of = failures): string =>
      count(
        of.filter((expected) => found.some((one) => isSame(one, expected) && same(one, expected))).length,
        of.length,
      );
    const extra = found.filter((one) => !failures.some((expected) => isSame(one, expected))).length;
    const [tool, fixture] = name.split('/');
    const cells = [
      tool,
      fixture,
      made === 'run' ? 'running it' : 'its published output',
      failures.length === 0 ? `nothing failed: ${found.length} found` : right(() => true),
      right(
        (one, { file }) => one.file === file,
        failures.filter(({ file }) => file !== undefined),
      ),
      right(
        (one, { line }) => one.line === line,
        failures.filter(({ line }) => line !== undefined),
      ),
      String(extra),
    ];
    return `| ${cells.join(' | ')} |`;
  });
  const head = '| tool | fixture | made by | failures found | file right | line right | found too much |';
  return [head, '|---|---|---|---|---|---|---|', ...rows].join('\n');
}

const isSame = (one: Failure, { tool, test, message }: Expected): boolean =>
  one.tool === tool && (test === undefined || one.test === test) && one.message.includes(message);
