// Output behind the prefixes of task runners and containers → the failures that the tools behind them printed.
import { describe, expect, it } from '@jest/globals';
import { prefixedGroups } from '../../src/failures/line-prefixes.ts';
import { failuresIn, fixture, jobLog } from './fixture.ts';

const bare = failuresIn(fixture('pytest-long'));
const behind = (prefix: (line: number) => string): string =>
  fixture('pytest-long')
    .split('\n')
    .flatMap((text, index) => [`${prefix(index)}${text}`, `web lint: line ${index} of another task, interleaved`])
    .join('\n');

describe('findFailures', () => {
  it.each([
    ['pnpm -r', () => 'packages/shop test: '],
    ['Turborepo', () => '@acme/shop:test: '],
    ['concurrently', () => '[shop] '],
    ['docker compose', () => 'shop-1    | '],
    ['docker build', (line: number) => `#12 ${line}.042 `],
  ])('looks behind the prefix of %s', (_, prefix) => {
    const found = failuresIn(jobLog([{ command: 'run', output: behind(prefix), exitCode: 1 }]));
    expect(found.map(({ tool, test, file, line }) => [tool, test, file, line])).toEqual(
      bare.map(({ tool, test, file, line }) => [tool, test, file, line]),
    );
    expect(bare.length).toBeGreaterThan(1);
  });

  it.each([
    ['a logger’s level', (text: string) => `[ERROR] ${text}`],
    ['the number of a line of code', (_: string, line: number) => `${line} | code`],
  ])('takes %s for no task', (_, prefixed) => {
    const texts = fixture('pytest-long').split('\n').map(prefixed);
    const lines = texts.map((text, index) => ({ number: index + 1, text, kind: 'output' as const }));
    expect(prefixedGroups(lines)).toEqual([]);
  });
});
