// Logs of real tools, made by the scripts beside them → exactly the failures that the tool printed, with file and line.
import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { findFailures } from '../../src/failures/find-failures.ts';
import { readJobLog } from '../../src/failures/job-log.ts';

/** `CASE.json`. `made: written` where the tool cannot be had: the log follows its published output. */
const Expected = z.strictObject({
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

const folder = new URL('../fixtures/logs/', import.meta.url).pathname;
const names = globSync('*/*.json', { cwd: folder })
  .map((path) => path.replace(/\.json$/, ''))
  .sort();

describe('the failures of', () => {
  it.each(names)('%s', (name) => {
    const { failures, made } = Expected.parse(JSON.parse(readFileSync(`${folder}${name}.json`, 'utf8')));
    const text = readFileSync(`${folder}${name}.log`, 'utf8');
    const found = findFailures(readJobLog(text));
    const shown = found.map((one, index) => {
      const { frames: wanted, ...fields } = failures[index] ?? { message: '', tool: '' };
      const same = Object.keys(fields).map((key) => [key, one[key as keyof typeof one]]);
      const message = one.message.includes(fields.message) ? fields.message : one.message;
      const frames = wanted
        ? { frames: one.frames.slice(0, wanted.length).map((frame) => `${frame.file}:${frame.line}`) }
        : {};
      return { ...Object.fromEntries(same), message, ...frames };
    });
    expect(shown).toEqual(failures);
    if (made === 'run') expect(globSync(`${name}.sh`, { cwd: folder })).toHaveLength(1);
  });
});
