import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { readCases } from '../../eval/case.ts';
import { evaluated } from '../../eval/evaluation.ts';
import type { CaseResult } from '../../eval/result.ts';

const sample = fileURLToPath(new URL('../../eval/cases/py-off-by-one', import.meta.url));
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'eval-run-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const copied = async (name: string, file: string, change: (text: string) => string): Promise<void> => {
  await cp(sample, path.join(folder, name), { recursive: true });
  const target = path.join(folder, name, file);
  await writeFile(target, change(await readFile(target, 'utf8')));
};

const leftBehind = async (): Promise<string[]> =>
  (await readdir(tmpdir())).filter((name) => name.startsWith('self-heal-eval-'));

it('a patch that satisfies only the tests that are seen is called wrong, after the whole way', async () => {
  // Right for the lists of the tests that are seen, and for no others.
  await copied('hollow', 'replies/2-patch.md', (text) =>
    text.replace('(total + size - 1) // size', 'total // size + (total % size == 1)'),
  );
  await copied('skipped', 'case.yml', (text) => text.replace('[python3]', '[no-such-program]'));
  const told: CaseResult[] = [];
  const before = await leftBehind();
  const results = await evaluated(await readCases(folder), {
    ...{ model: { kind: 'recorded' }, jobs: 2, withinMs: 150_000, keep: false, signal: new AbortController().signal },
    onOpen: () => undefined,
    onResult: (result) => told.push(result),
  });
  expect(results.map(({ name, verdict, ended }) => ({ name, verdict, ended }))).toEqual([
    { name: 'hollow', verdict: 'wrong', ended: 'healed' },
    { name: 'skipped', verdict: 'skipped', ended: '' },
  ]);
  expect(results[0]).toMatchObject({
    attempts: 1,
    calls: 3,
    reason: expect.stringContaining('test_counts_around_a_full_page'),
  });
  expect(results[0]?.inputTokens).toBeGreaterThan(1_000);
  expect(results[1]?.reason).toBe('not installed here: no-such-program');
  expect(told).toHaveLength(2);
  expect(await leftBehind()).toEqual(before);
}, 180_000);
