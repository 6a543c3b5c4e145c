import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SessionStore } from '../src/session-store.js';

const minute = 60_000;

test('a session that is used lives on', () => {
  let now = 0;
  const store = new SessionStore(() => now);
  const id = store.open('ada');
  now = 20 * minute;
  store.touch(id);
  now = 40 * minute;
  store.sweep();
  assert.equal(store.touch(id).user, 'ada');
});
