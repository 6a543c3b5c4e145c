import { describe, expect, it } from '@jest/globals';
import { fileLines, shownLines } from '../../src/text/shown-lines.ts';

const lines = fileLines('one\r\ntwo\n\u200bthree\nfour\nfi\rve\n');

describe('shown lines', () => {
  it('have numbers to be talked about', () => {
    expect(shownLines(lines, [{ from: 2, to: 3 }], 'numbered')).toBe('[…]\n2 | two\n3 | three\n[…]');
  });

  it('have none to be quoted, and say what must not be', () => {
    expect(
      shownLines(
        lines,
        [
          { from: 1, to: 1 },
          { from: 5, to: 5 },
        ],
        'plain',
      ),
    ).toBe('one\n[lines 2 to 4 are not shown: do not quote them]\nfi ve');
  });

  it('count as git does', () => {
    expect(fileLines('a\n\n')).toEqual(['a', '']);
    expect(fileLines('')).toEqual(['']);
  });
});
