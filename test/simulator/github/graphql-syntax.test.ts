import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { GraphqlSyntaxError, parseOperation } from '../../../simulator/github/graphql-syntax.ts';

describe('parseOperation', () => {
  it('reads aliases, arguments, variables and fragments', () => {
    const {
      fields: [field],
    } = parseOperation(
      'query Q($n: String! = "x", $l: [Int!]) { r: repository(name: $n, first: 3, ok: true, list: ["a", $n]) { ... on Repo { id } } # end\n}',
    );
    expect(field).toMatchObject({
      alias: 'r',
      name: 'repository',
      args: {
        name: { kind: 'variable', name: 'n' },
        first: { kind: 'literal', value: 3 },
        ok: { kind: 'literal', value: true },
        list: {
          kind: 'list',
          items: [
            { kind: 'literal', value: 'a' },
            { kind: 'variable', name: 'n' },
          ],
        },
      },
      fields: [{ onType: 'Repo', fields: [{ name: 'id' }] }],
    });
  });

  it('reads mutations and their input objects', () => {
    const input = { id: { kind: 'variable', name: 'id' }, more: { kind: 'object', fields: {} } };
    expect(parseOperation('mutation($id: ID!) { mark(input: {id: $id, more: {}}) { ok } }')).toMatchObject({
      kind: 'mutation',
      fields: [{ name: 'mark', args: { input: { kind: 'object', fields: input } }, fields: [{ name: 'ok' }] }],
    });
  });

  it.each([
    ['{ a(', { line: 1, column: 5 }],
    ['{\n  a(x: }', { line: 2, column: 8 }],
    ['{ a ~ }', { line: 1, column: 5 }],
    ['{ }', { line: 1, column: 1 }],
    ['', { line: 1, column: 1 }],
    ['{ a } b', { line: 1, column: 7 }],
    ['subscription { a }', { line: 1, column: 1 }],
    ['mutation { a(input: {b}) }', { line: 1, column: 23 }],
  ])('says where %j is wrong', (query, location) => {
    expect(() => parseOperation(query)).toThrow(GraphqlSyntaxError);
    try {
      parseOperation(query);
    } catch (error) {
      expect(error).toMatchObject({ location });
    }
  });

  it('gives every string back as it was written', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const {
          fields: [field],
        } = parseOperation(`{ a(x: ${JSON.stringify(text)}) }`);
        expect(field?.args.x).toEqual({ kind: 'literal', value: text });
      }),
    );
  });

  it('ends for any text, with fields or a syntax error', () => {
    const token = fc.constantFrom(
      '{',
      '}',
      '(',
      ')',
      ':',
      '$',
      '"',
      'a',
      '...',
      'on',
      '[',
      ']',
      '!',
      '1',
      ' ',
      '\n',
      'query',
      'mutation',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(token).map((tokens) => tokens.join('')),
        ),
        (text) => {
          try {
            expect(Array.isArray(parseOperation(text).fields)).toBe(true);
          } catch (error) {
            expect(error).toBeInstanceOf(GraphqlSyntaxError);
          }
        },
      ),
    );
  });
});
