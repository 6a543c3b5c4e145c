import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judge } from '../src/offer.js';

test('an offer is judged by the prices seen before', () => {
  assert.equal(judge(22, [20, 30, 40]), 'good');
  assert.equal(judge(35, [20, 30, 40]), 'usual');
  assert.equal(judge(20, []), 'unknown');
});
