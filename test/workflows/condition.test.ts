// biome-ignore-all lint/suspicious/noTemplateCurlyInString: expressions of GitHub's, not of ours.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Facts, isCertainlyFalse } from '../../src/workflows/condition.ts';

const facts: Facts = new Map([
  ['github.event_name', { is: 'pull_request' }],
  ['github.ref', { begins: 'refs/heads/self-heal/' }],
  ['github.head_ref', { is: '' }],
  ['github.event.pull_request.merged', { is: false }],
]);

describe('a condition', () => {
  it.each([
    "github.event_name == 'push'",
    "${{ github.event_name == 'push' }}",
    "github.ref == 'refs/heads/main'",
    "'refs/heads/main' == GITHUB.REF && success()",
    "startsWith(github.ref, 'refs/tags/')",
    "always() && (github.event_name == 'push' || github.event_name == 'schedule')",
    "github.event_name != 'Pull_Request'",
    '!github.event_name',
    'github.head_ref',
    'github.event.pull_request.merged == true',
    'false',
    "contains(github.event_name, 'push')",
    "endsWith(github.event_name, 'target') && secrets.X != ''",
  ])('%s is certainly false', (text) => {
    expect(isCertainlyFalse(text, facts)).toBe(true);
  });

  it.each<unknown>([
    "github.event_name == 'pull_request'",
    "github.ref == 'refs/heads/self-heal/x'",
    "startsWith(github.ref, 'refs/heads/')",
    "startsWith(github.ref, 'refs/heads/self-heal/0')",
    "endsWith(github.ref, '-deploy')",
    "github.event_name == 'push' || github.actor == 'x'",
    "${{ github.event_name == 'push' }} && true",
    "a ${{ github.event_name == 'push' }}",
    "github.event_name == 'push' )",
    'github.event_name == ',
    "github['event_name'] == 'push'",
    "github.event_name < 'push'",
    "fromJSON('false')",
    'github.event.pull_request.merged == 0',
    '0',
    '',
    undefined,
    true,
    `${'('.repeat(500)}false${')'.repeat(500)}`,
    `'${'a'.repeat(3_000)}' == ''`,
  ])('%s may be true', (text) => {
    expect(isCertainlyFalse(text, facts)).toBe(false);
  });

  it('of anybody’s making throws nothing', () => {
    const token = fc.constantFrom(
      "'a'",
      "''",
      '(',
      ')',
      '==',
      '!=',
      '!',
      '&&',
      '||',
      'github.ref',
      'true',
      '[',
      ']',
      ',',
      '1',
      'f',
      '<',
      '${{',
      "'",
    );
    fc.assert(
      fc.property(fc.array(token, { maxLength: 40 }), (tokens) => {
        expect(typeof isCertainlyFalse(tokens.join(' '), facts)).toBe('boolean');
      }),
    );
  });
});
