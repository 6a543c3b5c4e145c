import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Evidence } from '../../../src/incident/case-file.ts';
import { backedOut } from '../../../src/stages/patch/backed-out.ts';
import { inverse } from '../../../src/stages/patch/inverse.ts';
import { diagnosis, evidence } from './sample-case.ts';

type Commit = NonNullable<Evidence['inverse']>;
const sha = 'c'.repeat(40);
const lines = (...texts: string[]): string => texts.map((text) => `${text}\n`).join('');
const parent = lines('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h');
const commit = parent.replace('c\n', 'C\n');
const file = (changes: Partial<Commit['files'][number]> = {}): Commit['files'][number] => ({
  path: 'src/price.py',
  mode: '100644',
  base: commit,
  commit,
  parent,
  ...changes,
});
const of = (...files: Commit['files']): Commit => ({ sha, subject: 'price: count differently', files });

describe('the inverse of a commit', () => {
  it('is what stood before it, where nothing came after', () => {
    expect(inverse(of(file()))).toEqual({
      ok: true,
      files: [{ path: 'src/price.py', before: commit, after: parent, mode: '100644', isTest: false }],
    });
  });

  it('keeps what later commits did elsewhere in the file', () => {
    const base = `first\n${commit}last\n`;
    expect(inverse(of(file({ base })))).toMatchObject({
      ok: true,
      files: [{ before: base, after: `first\n${parent}last\n` }],
    });
  });

  it('brings back a file that the commit deleted', () => {
    const gone = file({ base: null, commit: null });
    expect(inverse(of(gone))).toMatchObject({ ok: true, files: [{ before: null, after: parent }] });
  });

  it.each([
    ['a line that was changed again', file({ base: commit.replace('C\n', 'X\n') }), 'changed since in the same place'],
    ['a file that the commit adds', file({ parent: null }), 'deletes no file'],
    ['a file that is gone since', file({ base: null }), 'is gone since'],
    ['a deleted file that is there again', file({ commit: null, base: 'new\n' }), 'is there again'],
    ['a commit that was taken back already', file({ base: parent }), 'taken back already'],
  ])('is none for %s', (_, changed, why) => {
    expect(inverse(of(changed))).toEqual({ ok: false, why: expect.stringContaining(why) });
  });

  it('is none at all where one of several files stands against it', () => {
    expect(inverse(of(file(), file({ path: 'b.py', parent: null })))).toMatchObject({ ok: false });
  });

  it('is none where the evidence says why it cannot be', () => {
    expect(inverse({ ...of(), impossible: 'it is a merge' })).toEqual({ ok: false, why: 'it is a merge' });
  });

  it('leads back to where it started, or is refused', () => {
    const text = fc.array(fc.constantFrom('a', 'b', 'c', '', 'x'), { maxLength: 12 }).map((all) => lines(...all));
    fc.assert(
      fc.property(text, text, text, (before, after, now) => {
        const result = inverse(of(file({ parent: before, commit: after, base: now })));
        if (!result.ok) return;
        for (const { before: was, after: is } of result.files) {
          // Taking back the taking back gives the base again: nothing else was touched.
          const again = inverse(of(file({ parent: was, commit: is, base: is })));
          expect(again).toMatchObject({ ok: true, files: [{ after: now }] });
        }
      }),
      { seed: 11, numRuns: 300 },
    );
  });
});

describe('a diagnosis that wants the commit back', () => {
  const wanting = { ...diagnosis, revert: { sha, why: 'Nothing else depends on it yet.' } };
  it('gets a candidate that says which commit, and that no model wrote it', async () => {
    const candidate = await backedOut({ ...evidence, inverse: of(file()) }, wanting);
    expect(candidate).toMatchObject({
      ok: true,
      candidate: {
        model: 'inverse of a commit',
        subject: 'fix: back out ccccccc "price: count differently"',
        explanation: expect.stringContaining('Nothing else depends on it yet.'),
        diff: expect.stringContaining('-C\n+c'),
      },
    });
  });

  it('gets none for another commit than the one that was read', async () => {
    const other = { ...wanting, revert: { sha: 'd'.repeat(40), why: 'x' } };
    expect(await backedOut({ ...evidence, inverse: of(file()) }, other)).toMatchObject({ ok: false });
  });

  it('is no business of a diagnosis that wants none', async () => {
    expect(await backedOut({ ...evidence, inverse: of(file()) }, diagnosis)).toBeUndefined();
  });

  it('keeps the subject within a line, whatever the commit was called', async () => {
    const called = { ...of(file()), subject: `a\n${'very long '.repeat(30)}` };
    const candidate = await backedOut({ ...evidence, inverse: called }, wanting);
    const subject = candidate?.ok ? candidate.candidate.subject : '';
    expect(subject.length).toBeLessThanOrEqual(72);
    expect(subject).toMatch(/^fix: back out ccccccc "a very long.*…"$/);
  });
});
