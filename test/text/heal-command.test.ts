import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { healCommand } from '../../src/text/heal-command.ts';

describe('a command', () => {
  it.each(['/heal release', '/Heal\tRELEASE', '\n\n  /heal release  \r\nplease'])('%j', (comment) => {
    expect(healCommand(comment)).toEqual({ name: 'release' });
  });

  it.each([
    ['/heal dry-run', undefined],
    ['/heal dry-run 123', '123'],
    [
      '/HEAL Dry-Run https://github.com/Acme/Shop/actions/runs/7\nplease',
      'https://github.com/Acme/Shop/actions/runs/7',
    ],
  ])('may name what it is about: %j', (comment, argument) => {
    expect(healCommand(comment)).toEqual(argument === undefined ? { name: 'dry-run' } : { name: 'dry-run', argument });
  });

  it.each([
    '/heal dry-run 1 2',
    '/heal constructor',
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
