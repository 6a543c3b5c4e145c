// Playwright's numbered failures → those that count, by what the end of the report says.
import { describe, expect, it } from '@jest/globals';
import { playwright } from '../../../src/failures/tools/playwright.ts';

const read = (text: string) =>
  playwright.find(text.split('\n').map((line, index) => ({ number: index + 1, text: line, kind: 'output' })));

const report = `  1) tests/a.spec.ts:7:3 › price › adds ─────────

    Error: locator.click: Test timeout of 1000ms exceeded.
    Call log:
      - waiting for locator('#pay')

  2) tests/a.spec.ts:9:3 › price › multiplies ─────────

    Error: no`;

describe('playwright', () => {
  it('reads a report without an end, and tests without a project', () => {
    expect(read(report)).toMatchObject([
      { test: 'tests/a.spec.ts › price › adds', file: 'tests/a.spec.ts', line: 7, column: 3, at: { from: 1, to: 5 } },
      { test: 'tests/a.spec.ts › price › multiplies', message: 'no' },
    ]);
    expect(read(report)[0]?.message).toContain("waiting for locator('#pay')");
  });

  it('leaves out what passed in the end', () => {
    const end = `
  1 failed
    tests/a.spec.ts:9:3 › price › multiplies ─────────
  1 flaky
    tests/a.spec.ts:7:3 › price › adds ─────────
  3 passed (2.0s)`;
    expect(read(report + end).map((one) => one.test)).toEqual(['tests/a.spec.ts › price › multiplies']);
  });
});
