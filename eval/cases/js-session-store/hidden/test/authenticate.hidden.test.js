import assert from 'node:assert/strict';
import { test } from 'node:test';
import { authenticate } from '../src/authenticate.js';
import { SessionStore } from '../src/session-store.js';

const requestWith = (id) => ({ headers: { cookie: `session=${id}` } });

test('a session that was swept away belongs to nobody', () => {
  let now = 0;
  const store = new SessionStore(() => now);
  const id = store.open('ada');
  now = 31 * 60_000;
  store.sweep();
  assert.equal(authenticate(requestWith(id), store), undefined);
  assert.equal(authenticate(requestWith(id), store), undefined, 'and it does not come back');
});

test('a session that was closed belongs to nobody', () => {
  const store = new SessionStore();
  const id = store.open('ada');
  store.close(id);
  assert.equal(authenticate(requestWith(id), store), undefined);
});

test('a made-up cookie belongs to nobody', () => {
  assert.equal(authenticate(requestWith('__proto__'), new SessionStore()), undefined);
  assert.equal(authenticate(requestWith(''), new SessionStore()), undefined);
});

test('other sessions are not touched by it', () => {
  const store = new SessionStore();
  const id = store.open('grace');
  authenticate(requestWith('gone'), store);
  assert.equal(authenticate(requestWith(id), store), 'grace');
});
