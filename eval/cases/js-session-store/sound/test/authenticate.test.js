import assert from 'node:assert/strict';
import { test } from 'node:test';
import { authenticate } from '../src/authenticate.js';
import { SessionStore } from '../src/session-store.js';

test('a request with a session comes from its user', () => {
  const store = new SessionStore();
  const request = { headers: { cookie: `theme=dark; session=${store.open('ada')}` } };
  assert.equal(authenticate(request, store), 'ada');
});

test('a request without cookies comes from a visitor', () => {
  assert.equal(authenticate({ headers: {} }, new SessionStore()), undefined);
});
