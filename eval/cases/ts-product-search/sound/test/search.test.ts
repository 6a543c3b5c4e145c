import assert from 'node:assert/strict';
import { test } from 'node:test';
import { search } from '../src/search.ts';
import { readQuery } from '../src/search-query.ts';

const names = (query: string): string[] => search(readQuery(query)).map(({ name }) => name);

test('finds by a part of the name', () => {
  assert.deepEqual(names('?q=Lamp'), ['Desk lamp', 'Floor lamp']);
});

test('finds by tags, all of which have to fit', () => {
  assert.deepEqual(names('?tag=desk&tag=led'), ['Desk lamp']);
});

test('finds everything when nothing is asked for', () => {
  assert.equal(names('').length, 4);
  assert.equal(names('?limit=2').length, 2);
});
