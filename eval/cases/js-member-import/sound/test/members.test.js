import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readMembers } from '../src/members.js';

const file = Buffer.from('number;name;town\n1;Jürgen Groß;Köln\n2;Ana Peña;A Coruña\n');

test('a member is read whole, wherever the chunks of the file end', async () => {
  for (const size of [7, 16, 64]) {
    const chunks = [];
    for (let at = 0; at < file.length; at += size) chunks.push(file.subarray(at, at + size));
    const members = [];
    for await (const member of readMembers(chunks)) members.push(member);
    assert.deepEqual(members, [
      { number: 1, name: 'Jürgen Groß', town: 'Köln' },
      { number: 2, name: 'Ana Peña', town: 'A Coruña' },
    ]);
  }
});
