// The jobs of a run → which failed, which passed, and what sets them apart.
import { describe, expect, it } from '@jest/globals';
import { jobGroups, jobsWorthReading, matrixInWords } from '../../src/failures/matrix.ts';

const jobs = (conclusion: string, ...names: string[]) => names.map((name) => ({ name, conclusion }));

describe('jobGroups', () => {
  it('names what all failed jobs of a matrix have and no passed one', () => {
    const run = [
      ...jobs('failure', 'test (windows-latest, 20)', 'test (windows-latest, 22)'),
      ...jobs('success', 'test (ubuntu-latest, 20)', 'test (ubuntu-latest, 22)', 'lint'),
    ];
    expect(jobGroups(run)[0]).toMatchObject({ name: 'test', onlyWith: ['windows-latest'] });
    expect(matrixInWords(run)).toEqual([
      'test: 2 of 4 failed (failed: test (windows-latest, 20), test (windows-latest, 22); passed: test (ubuntu-latest, 20), test (ubuntu-latest, 22); only those with windows-latest fail)',
    ]);
  });

  it.each([
    ['a job of its own', jobs('failure', 'build'), ['build: failed']],
    ['every shard', jobs('failure', 't (1, 2)', 't (2, 2)'), ['t: 2 of 2 failed (all of them)']],
    [
      'nothing in common',
      [...jobs('failure', 't (a, 1)', 't (b, 2)'), ...jobs('success', 't (a, 2)')],
      ['t: 2 of 3 failed (failed: t (a, 1), t (b, 2); passed: t (a, 2))'],
    ],
    ['cancelled ones aside', [...jobs('failure', 't (1)'), ...jobs('cancelled', 't (2)')], ['t: failed']],
    ['no failure at all', jobs('success', 't (1)'), []],
  ])('tells of %s', (_, run, words) => {
    expect(matrixInWords(run)).toEqual(words);
  });

  it('reads unlike jobs before the second of a matrix', () => {
    const run = [
      ...jobs('failure', 'test (1)', 'test (2)', 'lint'),
      ...jobs('success', 'docs'),
      ...jobs('timed_out', 'e2e'),
    ];
    expect(jobsWorthReading(run, 3).map(({ name }) => name)).toEqual(['test (1)', 'lint', 'e2e']);
  });
});
