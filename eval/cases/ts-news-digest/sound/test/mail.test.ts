import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mail } from '../src/mail.ts';

test('a mail has three headlines a section', () => {
  const sections = [{ title: 'Town', headlines: ['a', 'b', 'c', 'd'] }];
  assert.equal(mail(sections), '# Town\n- a\n- b\n- c');
});
