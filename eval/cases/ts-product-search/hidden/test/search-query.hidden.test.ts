import assert from 'node:assert/strict';
import { test } from 'node:test';
import { search } from '../src/search.ts';
import { readQuery } from '../src/search-query.ts';

test('of a repeated text or limit the first counts', () => {
  assert.deepEqual(readQuery('?q=lamp&q=desk&limit=1&limit=3'), { text: 'lamp', tags: [], limit: 1 });
});

test('one tag is a list of one', () => {
  assert.deepEqual(readQuery('?tag=oak'), { text: '', tags: ['oak'], limit: 20 });
});

test('a text that is empty or blank finds everything', () => {
  assert.equal(search(readQuery('?q=')).length, 4);
  assert.equal(search(readQuery('?q=%20%20')).length, 4);
});

test('text, tags and limit go together', () => {
  assert.deepEqual(
    search(readQuery('?q=lamp&tag=led&limit=1')).map(({ name }) => name),
    ['Desk lamp'],
  );
});
