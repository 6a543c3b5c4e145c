import { stripVTControlCharacters } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { stepLine, summary } from '../../demo/progress.ts';

const columns = process.stdout.columns;
const onTerminalOf = (width: number): void => {
  process.stdout.columns = width;
};
beforeEach(() => onTerminalOf(80));
afterEach(() => onTerminalOf(columns));

const step = {
  ...{ time: 13_400, incident: 'a1', repository: 'acme/pricing', step: 'conclude', next: 'open' },
  ...{ state: 'working' as const, stopReason: null, tookMs: 5, tokens: 0 },
};
const lines = (text: string): string[] => stripVTControlCharacters(text).split('\n');

describe('a step', () => {
  it('is told in one line where that is enough', () => {
    const shown = lines(stepLine({ ...step, msg: 'Proven.\nMore of it.' }, 1_000));
    expect(shown).toEqual(['  12.4 s  pricing    ✔ conclude  Proven.']);
  });

  it('goes on below its own beginning, a long address from line to line', () => {
    const msg = `The sandbox runs the tests: http://localhost:4010/acme/pricing/actions/runs/${'1'.repeat(20)}`;
    expect(lines(stepLine({ ...step, msg, state: 'waiting' }, 1_000))).toEqual([
      '  12.4 s  pricing    … conclude  The sandbox runs the tests:',
      '                                 http://localhost:4010/acme/pricing/actions/runs',
      `                                 /${'1'.repeat(20)}`,
    ]);
  });

  it('fits the terminal, in three lines at most, whatever it says', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 600 }), fc.integer({ min: 60, max: 200 }), (msg, width) => {
        onTerminalOf(width);
        const shown = lines(stepLine({ ...step, msg: msg.replace(/[^ -~]/g, 'x') }, 0));
        expect(shown.length).toBeLessThanOrEqual(3);
        for (const line of shown) expect(line.length).toBeLessThanOrEqual(width);
      }),
    );
  });

  it('says that there was more', () => {
    const shown = lines(stepLine({ ...step, msg: 'word '.repeat(70) }, 0));
    expect(shown).toHaveLength(3);
    expect(shown.at(-1)).toMatch(/word…$/);
  });
});

describe('the table', () => {
  it('stays within 80 columns for the stories that the demo tells', () => {
    const stages = ['collect', 'rerun', 'diagnose', 'propose', 'critique', 'enforce', 'push', 'dispatch', 'conclude'];
    const result = {
      ...{ title: 'Connection times out once', repository: 'acme/warehouse', ended: 'pull request open' },
      ...{ asExpected: true, stages: stages.map((name) => ({ step: name, ms: 1_234 })), apiRequests: 17 },
      ...{ tokens: 12_345, elapsedMs: 45_678, link: 'http://localhost:4010/acme/warehouse/actions' },
    };
    const shown = lines(summary([result]));
    for (const line of shown) expect(line.length).toBeLessThanOrEqual(80);
    expect(shown[3]).toBe('│ Connection times out once │ pull request open │ 45.7 s │       17 │ 12,345 │');
    expect(shown.join(' ')).toContain('conclude 1.2 s');
  });
});
