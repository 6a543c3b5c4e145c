import { expect, it } from '@jest/globals';
import { shownSource } from '../../../src/stages/patch/shown-source.ts';
import { diagnosis, evidence, priceSource } from './sample-case.ts';

const source = (text: string) => ({ path: 'price.py', mode: '100644' as const, text });
const filler = Array.from({ length: 3_000 }, (_, i) => `def filler_${i}(): return ${i}`);
const about = {
  evidence: { failures: [], changes: [] },
  diagnosis: { ...diagnosis, rootCause: '', mechanism: '', change: '', citations: [] },
};

it('is the file itself where it fits, with the line ends of git', () => {
  expect(shownSource(source(priceSource.replaceAll('\n', '\r\n')), about, 1_000)).toBe(priceSource.trimEnd());
});

it('is the head and what a suspect, a failure or the diagnosis points at', () => {
  const at = (line: number) => `def filler_${line - 1}(): return ${line - 1}`;
  const suspects = [
    { path: 'price.py', line: 2_000, why: 'x' },
    { path: 'other.py', line: 1_500, why: 'x' },
  ];
  const shown = shownSource(
    source(filler.join('\n')),
    { ...about, diagnosis: { ...about.diagnosis, suspects } },
    6_000,
  );
  expect(shown).toContain(at(1));
  expect(shown).toContain(at(2_000));
  expect(shown).not.toContain(at(1_500));
  expect(shown).toMatch(/^\[lines 21 to \d+ are not shown: do not quote them\]$/m);
  const named = shownSource(
    source(filler.join('\n')),
    { ...about, diagnosis: { ...about.diagnosis, rootCause: 'filler_1499 is wrong' } },
    6_000,
  );
  expect(named).toContain(at(1_500));
});

it('points at lines that exist only', () => {
  const failures = evidence.failures.map((failure) => ({ ...failure, frames: [{ file: 'price.py', line: 99_999 }] }));
  expect(shownSource(source(filler.join('\n')), { ...about, evidence: { failures, changes: [] } }, 3_000)).toContain(
    'lines 21 to 3000',
  );
});

it('is nothing where one line is longer than the room', () => {
  expect(shownSource(source('x'.repeat(10_000)), about, 1_000)).toBe('');
});
