// The fixtures of all tools → the table in docs/tools.md, written anew.
import { readFileSync, writeFileSync } from 'node:fs';
import { toolsTable } from '../test/failures/tools-table.ts';

const file = new URL('../docs/tools.md', import.meta.url);
const text = readFileSync(file, 'utf8');
const start = text.indexOf('| tool |');
if (start < 0) throw new Error('docs/tools.md has no table that begins with "| tool |"');
const end = text.indexOf('\n\n', start);
writeFileSync(file, `${text.slice(0, start)}${toolsTable()}${end < 0 ? '\n' : text.slice(end)}`);
