// The policy's schema → docs/self-heal.schema.json and the table in docs/configuration.md, written anew.
import { readFileSync, writeFileSync } from 'node:fs';
import { policyJsonSchema } from '../src/config/policy-keys.ts';
import { policyTable } from '../test/config/policy-table.ts';

const docs = new URL('../docs/', import.meta.url);
writeFileSync(new URL('self-heal.schema.json', docs), `${JSON.stringify(policyJsonSchema(), null, 2)}\n`);

const file = new URL('configuration.md', docs);
const text = readFileSync(file, 'utf8');
const start = text.search(/^\| key +\|/m);
if (start < 0) throw new Error('docs/configuration.md has no table that begins with "| key |"');
const end = text.indexOf('\n\n', start);
writeFileSync(file, `${text.slice(0, start)}${policyTable()}${end < 0 ? '\n' : text.slice(end)}`);
