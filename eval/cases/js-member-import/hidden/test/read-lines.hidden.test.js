import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readLines } from '../src/read-lines.js';

const byteByByte = (text) => [...Buffer.from(text)].map((byte) => Buffer.from([byte]));

test('letters of two, three and four bytes survive any chunk', async () => {
  const text = 'ä\n日本語\n😀 ok';
  const lines = [];
  for await (const line of readLines(byteByByte(text))) lines.push(line);
  assert.deepEqual(lines, text.split('\n'));
});

test('a line is there before the next chunk is asked for', async () => {
  const asked = [];
  async function* source() {
    for (const text of ['erste Zeile: Grüße\n', 'zweite\n', 'dritte\n']) {
      asked.push(text);
      yield Buffer.from(text);
    }
  }
  const lines = readLines(source());
  assert.equal((await lines.next()).value, 'erste Zeile: Grüße');
  assert.equal(asked.length, 1);
  await lines.return();
});
