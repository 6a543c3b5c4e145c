// The tables of inputs in the documents: what `node scripts/action-inputs.ts` makes of action.yml.
import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { actionTables, documents, withTables } from '../../scripts/action-inputs.ts';

it.each(documents)('%s has the inputs and outputs of action.yml; else run scripts/action-inputs.ts', (path) => {
  const document = readFileSync(path, 'utf8');
  expect(withTables(document, actionTables(readFileSync('action/action.yml', 'utf8')))).toBe(document);
});

it('a table has every input with its default, and no cell that ends it early', () => {
  const input = { plain: "{ description: 'One | two.' }", other: "{ description: Three., default: '' }" };
  const lines = Object.entries(input).map(([name, text]) => `  ${name}: ${text}`);
  const tables = actionTables(`inputs:\n${lines.join('\n')}\noutputs:\n  out: { description: Four. }\n`);
  expect(tables.split('\n')).toEqual([
    '| input | default | |',
    '| --- | --- | --- |',
    '| `plain` | required | One \\| two. |',
    '| `other` | none | Three. |',
    '',
    '| output | |',
    '| --- | --- |',
    '| `out` | Four. |',
  ]);
  expect(() => withTables('# A document without a place\n', tables)).toThrow(/no place for the tables/);
});
