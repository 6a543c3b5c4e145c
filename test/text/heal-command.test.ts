import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { healCommand } from '../../src/text/heal-command.ts';

describe('a command', () => {
  it.each(['/heal release', '/Heal\tRELEASE', '\n\n  /heal release  \r\nplease'])('%j', (comment) => {
    expect(healCommand(comment)).toBe('release');
  });

  it.each([
    '',
    '/heal',
    '/heal release it',
    '/heal releases',
    'Say /heal release',
    '> /heal release',
    '`/heal release`',
  ])('is none: %j', (comment) => expect(healCommand(comment)).toBeUndefined());

  it('stands in the first line alone, whatever people write', () => {
    const line = fc.string({ unit: 'binary', maxLength: 40 }).map((text) => `x${text}`);
    fc.assert(fc.property(line, (first) => expect(healCommand(`${first}\n/heal release`)).toBeUndefined()));
  });
});
