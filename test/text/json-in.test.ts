import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { jsonIn } from '../../src/text/json-in.ts';

describe('the object in a reply', () => {
  it.each([
    ['bare', '{"a":1}'],
    ['in a fence', '```json\n{"a":1}\n```'],
    ['among words', 'Here it is: {"a":1} Done.'],
  ])('is found %s', (_, text) => {
    expect(jsonIn(text)).toEqual({ a: 1 });
  });

  it.each(['', 'no object', '}{', '{"a":1', '{"a":1} and {"b":2}', '[1]', '{a: 1}'])('is none in %j', (text) => {
    expect(jsonIn(text)).toBeUndefined();
  });

  it('has no null in it: what is null was left out, also inside', () => {
    const found = jsonIn('{"a":null,"b":{"c":null,"d":1}}');
    expect(found).toEqual({ b: { d: 1 } });
    expect(JSON.stringify(found)).toBe('{"b":{"d":1}}');
  });

  it('is looked for in any text without an error', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void jsonIn(text)));
  });
});
