// A small Node shop with two bugs in one commit, in files with line ends, names and modules of every kind, and the model's replies about it.

const crlf = (text: string): string => text.replaceAll('\n', '\r\n');

export const sound = {
  'package.json': '{\n  "name": "laden",\n  "type": "module",\n  "scripts": { "test": "node --test" }\n}\n',
  'src/preise.js': crlf(`import tabelle from './Größen tabelle/umrechnen.cjs';

export function brutto(netto, satz) {
  return Math.round(netto * (1 + satz) * 100) / 100;
}

export const etikett = (netto, cm) => \`\${brutto(netto, 0.19)} €, \${tabelle.inZoll(cm)} Zoll\`;
`),
  'src/Größen tabelle/umrechnen.cjs': `const cmJeZoll = 2.54;

exports.inZoll = function inZoll(cm) {
  return Math.round((cm / cmJeZoll) * 10) / 10;
};
`,
  'test/preise.test.js': `import assert from 'node:assert/strict';
import test from 'node:test';
import { brutto } from '../src/preise.js';

test('der Bruttopreis enthält die Steuer', () => {
  assert.equal(brutto(100, 0.19), 119);
});
`,
  'test/Größen tabelle/umrechnen.test.cjs': `const assert = require('node:assert/strict');
const test = require('node:test');
const { inZoll } = require('../../src/Größen tabelle/umrechnen.cjs');

test('ein Zoll sind 2,54 Zentimeter', () => {
  assert.equal(inZoll(2.54), 1);
});
`,
  '.github/workflows/prüfung.yml': `name: Prüfung
on: [push, pull_request]
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with:
          node-version: 24
      - run: npm test
`,
} as const;

export const broken = {
  'src/preise.js': sound['src/preise.js'].replace('netto * (1 + satz)', 'netto * satz'),
  'src/Größen tabelle/umrechnen.cjs': sound['src/Größen tabelle/umrechnen.cjs'].replace(
    'cm / cmJeZoll',
    'cm * cmJeZoll',
  ),
};

const reply = (match: string, text: string): string => `---\nmatch: ${JSON.stringify(match)}\n---\n${text}`;

export const diagnosis = reply(
  'What is the cause\\?',
  JSON.stringify({
    citations: [
      'ein Zoll sind 2,54 Zentimeter',
      'return Math.round(netto * satz * 100) / 100;',
      'return Math.round((cm * cmJeZoll) * 10) / 10;',
    ],
    mechanism: '`brutto(100, 0.19)` gives the tax alone, `inZoll(2.54)` multiplies instead of dividing.',
    suspects: [
      { path: 'src/preise.js', line: 4, why: 'leaves the price out' },
      { path: 'src/Größen tabelle/umrechnen.cjs', why: 'multiplies' },
    ],
    rootCause: 'One commit swapped the arithmetic in `brutto` and in `inZoll`.',
    kind: 'code',
    files: ['src/preise.js', 'src/Größen tabelle/umrechnen.cjs'],
    change: 'Add the tax to the price, and divide by the length of an inch.',
    leave: 'The rounding.',
    risk: 'low',
    confidence: 0.95,
  }),
);

export const patch = reply(
  'Write the patch',
  `Subject: fix(preise): rechnen statt vertauschen
Two formulas were swapped by one commit. Both are as they were meant.

src/preise.js
\`\`\`
<<<<<<< SEARCH
  return Math.round(netto * satz * 100) / 100;
=======
  return Math.round(netto * (1 + satz) * 100) / 100;
>>>>>>> REPLACE
\`\`\`

src/Größen tabelle/umrechnen.cjs
\`\`\`
<<<<<<< SEARCH
  return Math.round((cm * cmJeZoll) * 10) / 10;
=======
  return Math.round((cm / cmJeZoll) * 10) / 10;
>>>>>>> REPLACE
\`\`\`

test/preise.test.js
\`\`\`
<<<<<<< SEARCH
test('der Bruttopreis enthält die Steuer', () => {
=======
test('ohne Steuer ist der Bruttopreis der Nettopreis', () => {
  assert.equal(brutto(80, 0), 80);
});

test('der Bruttopreis enthält die Steuer', () => {
>>>>>>> REPLACE
\`\`\`

test/Größen tabelle/umrechnen.test.cjs
\`\`\`
<<<<<<< SEARCH
test('ein Zoll sind 2,54 Zentimeter', () => {
=======
test('ein Meter sind 39,4 Zoll', () => {
  assert.equal(inZoll(100), 39.4);
});

test('ein Zoll sind 2,54 Zentimeter', () => {
>>>>>>> REPLACE
\`\`\`
`,
);

export const secondLook = reply('Accept or object\\?', JSON.stringify({ verdict: 'accept', objections: [] }));
