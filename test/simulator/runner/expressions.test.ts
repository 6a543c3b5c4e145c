import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type ExpressionScope, evaluateCondition, interpolate } from '../../../simulator/runner/expressions.ts';

const scope: ExpressionScope = {
  contexts: { github: { ref_name: 'main', event: { n: 3, list: [{ a: 1 }, { a: 2 }] } }, env: { EMPTY: '', X: 'x' } },
};
const failed: ExpressionScope = { ...scope, status: { success: false, failure: true, cancelled: false } };
const wrap = (expression: string): string => `\${{ ${expression} }}`;

describe('interpolate', () => {
  it.each([
    [wrap('github.ref_name'), 'main'],
    [`a ${wrap('github.event.n')} b ${wrap("'}}'")}`, 'a 3 b }}'],
    [wrap('github.nothing.at.all'), ''],
    [wrap("join(github.event.list.*.a, '-')"), '1-2'],
    [wrap("format('{0} {{1}}', env.X)"), 'x {1}'],
    [wrap('fromJSON(\'{"a":[1,2]}\').a[1]'), '2'],
    [wrap("contains('Hello', 'hell') && startsWith('abc', 'AB')"), 'true'],
    [wrap('1 == 1.0'), 'true'],
    [wrap('null'), ''],
  ])('%s', (template, expected) => {
    expect(interpolate(template, scope)).toBe(expected);
  });

  it('leaves text without expressions as it is', () => {
    fc.assert(
      fc.property(
        fc.string().filter((text) => !text.includes('${{')),
        (text) => {
          expect(interpolate(text, scope)).toBe(text);
        },
      ),
    );
  });

  it('gives back any text that a context holds, whatever it looks like', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(interpolate(`<${wrap('env.T')}>`, { contexts: { env: { T: text } } })).toBe(`<${text}>`);
      }),
    );
  });
});

describe('evaluateCondition', () => {
  it.each([
    [undefined, true, false],
    ["github.ref_name == 'main'", true, false],
    [wrap("github.ref_name == 'dev'"), false, false],
    ['always()', true, true],
    ['failure()', false, true],
    ["!cancelled() && env.X == 'x'", true, true],
    [wrap('success() || failure()'), true, true],
    ['false', false, false],
    // Text around an expression makes it a text, and no text but the empty one is false.
    [`${wrap('false')} && false`, true, false],
    ["'failure()' == env.X || true", true, false],
  ])('%s', (condition, whenGood, whenFailed) => {
    expect(evaluateCondition(condition, scope)).toBe(whenGood);
    expect(evaluateCondition(condition, failed)).toBe(whenFailed);
  });
});
