// The inputs and outputs of action/action.yml → the tables in action/README.md and docs/self-heal-workflow.md, written anew.
import { readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { parse } from 'yaml';
import { z } from 'zod';

const ActionFile = z.object({
  inputs: z.record(z.string(), z.object({ description: z.string(), default: z.string().optional() })),
  outputs: z.record(z.string(), z.object({ description: z.string() })),
});

export const documents = ['action/README.md', 'docs/self-heal-workflow.md'];

/** What stands between the two is not written by hand. */
const [opening, closing] = ['<!-- made by scripts/action-inputs.ts -->\n', '\n<!-- up to here -->'];

export function actionTables(actionFile: string): string {
  const { inputs, outputs } = ActionFile.parse(parse(actionFile));
  return [
    '| input | default | |',
    '| --- | --- | --- |',
    ...Object.entries(inputs).map(([name, input]) => row(code(name), defaultOf(input.default), input.description)),
    '',
    '| output | |',
    '| --- | --- |',
    ...Object.entries(outputs).map(([name, { description }]) => row(code(name), description)),
  ].join('\n');
}

const row = (...cells: string[]): string => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
const code = (text: string): string => `\`${text}\``;
const defaultOf = (value: string | undefined): string =>
  value === undefined ? 'required' : value === '' ? 'none' : code(value);

export function withTables(document: string, tables: string): string {
  const [start, end] = [document.indexOf(opening), document.indexOf(closing)];
  if (start < 0 || end < start)
    throw new Error(`There is no place for the tables: ${opening.trim()} … ${closing.trim()}`);
  return `${document.slice(0, start + opening.length)}\n${tables}\n${document.slice(end)}`;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const root = new URL('../', import.meta.url);
  const tables = actionTables(readFileSync(new URL('action/action.yml', root), 'utf8'));
  for (const path of documents) {
    const file = new URL(path, root);
    writeFileSync(file, withTables(readFileSync(file, 'utf8'), tables));
  }
}
