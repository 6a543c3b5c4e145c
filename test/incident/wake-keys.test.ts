import { expect, it } from '@jest/globals';
import { wakeKey, wakeKeys } from '../../src/incident/wake-keys.ts';
import { incident, issueTrigger, openReview, provenValidation } from './sample.ts';

it('an incident listens to its own run at any step', () => {
  expect(wakeKeys(incident())).toEqual(['run:acme/pricing:71']);
});

it('an incident listens to its issue, its sandbox run and its pull request as soon as it has them', () => {
  const papers = { trigger: issueTrigger, validation: provenValidation, review: openReview };
  expect(wakeKeys(incident({}, papers))).toEqual([
    'issue:acme/pricing:4',
    'run:acme/pricing:72',
    'pull:acme/pricing:8',
  ]);
});

it('the keys of a webhook and of an incident are the same, whatever capitals GitHub uses', () => {
  const told = { owner: 'Acme', name: 'Pricing' };
  expect(wakeKeys(incident())).toContain(wakeKey.run(told, 71));
  expect(wakeKeys(incident({}, { review: openReview }))).toContain(wakeKey.pull(told, 8));
});

it('a run, a pull request and an issue of one number are three things', () => {
  const at = { owner: 'acme', name: 'pricing' };
  expect(new Set([wakeKey.run(at, 1), wakeKey.pull(at, 1), wakeKey.issue(at, 1)]).size).toBe(3);
});
