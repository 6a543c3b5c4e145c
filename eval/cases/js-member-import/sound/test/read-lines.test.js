import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readLines } from '../src/read-lines.js';

async function linesOf(chunks) {
  const lines = [];
  for await (const line of readLines(chunks)) lines.push(line);
  return lines;
}

test('a line may go over several chunks', async () => {
  const chunks = ['one\ntw', 'o\r\nth', 'ree'].map((text) => Buffer.from(text));
  assert.deepEqual(await linesOf(chunks), ['one', 'two', 'three']);
});

test('a file that ends with a line end has no empty last line', async () => {
  assert.deepEqual(await linesOf([Buffer.from('one\n')]), ['one']);
});
