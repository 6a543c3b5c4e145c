import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { PatchedFile } from '../../../src/incident/case-file.ts';
import { type Later, rebased } from '../../../src/stages/evidence/rebased.ts';

const file = (before: string | null, after: string, path = 'src/price.js'): PatchedFile => ({
  ...{ path, before, after, mode: '100644', isTest: false },
});
const at = (text: string, mode: Later['mode'] = '100644') => ({ text, mode });
const onTop = (one: PatchedFile, later: Later | undefined) => rebased([one], () => later);
const lines = (...all: string[]) => all.map((line) => `${line}\n`).join('');

describe('a patch laid on top of what a branch has become', () => {
  const before = lines('a', 'b', 'c', 'd', 'e');
  const after = lines('a', 'B', 'c', 'd', 'e');

  it('is the same where the file is', () => {
    expect(onTop(file(before, after), at(before))).toEqual({ files: [file(before, after)] });
  });

  it('keeps what others changed elsewhere in the file, and its mode', () => {
    const later = lines('new', 'a', 'b', 'c', 'd', 'E');
    expect(onTop(file(before, after), at(later, '100755'))).toEqual({
      files: [{ ...file(later, lines('new', 'a', 'B', 'c', 'd', 'E')), mode: '100755' }],
    });
  });

  it.each([
    ['changed in the same place', file(before, after), at(lines('a', 'x', 'c', 'd', 'e')), 'same place'],
    ['deleted', file(before, after), undefined, 'no longer there'],
    ['added there, too', file(null, after), at(after), 'was added there'],
    ['mended by somebody else in the same way', file(before, after), at(after), 'has the change already'],
    ['mended, and changed elsewhere', file(before, after), at(lines('a', 'B', 'c', 'd', 'e', 'f')), 'already'],
  ])('does not fit where the file was %s', (_, patch, later, why) => {
    expect(onTop(patch, later)).toEqual({ conflict: expect.stringMatching(`^src/price.js .*${why}`) });
  });

  it('adds a file that is still not there', () => {
    expect(onTop(file(null, after), undefined)).toEqual({ files: [file(null, after)] });
  });

  it('names the file that does not fit, and gives none then', () => {
    const files = [file(before, after), file(before, after, 'src/tax.js')];
    const outcome = rebased(files, (path) => (path === 'src/tax.js' ? undefined : at(before)));
    expect(outcome).toEqual({ conflict: expect.stringMatching(/^src\/tax\.js /) });
  });

  it('keeps endings of lines as they are', () => {
    const [crlf, mended] = ['a\r\nb\r\nc\r\nd', 'A\r\nb\r\nc\r\nd'];
    expect(onTop(file(crlf, mended), at('a\r\nb\r\nc\r\nD'))).toMatchObject({ files: [{ after: 'A\r\nb\r\nc\r\nD' }] });
  });

  it('does what both did, whatever was put before and behind', () => {
    const some = fc.array(fc.constantFrom('x', 'y', 'z', ''), { maxLength: 8 });
    fc.assert(
      fc.property(some, some, (above, below) => {
        const later = lines(...above) + before + lines(...below);
        const outcome = onTop(file(before, after), at(later));
        expect(outcome).toEqual({ files: [file(later, lines(...above) + after + lines(...below))] });
      }),
    );
  });
});
