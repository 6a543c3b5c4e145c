import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { inheritedPolicy } from '../../src/config/inherited-policy.ts';
import { Policy, stricterMode } from '../../src/config/policy.ts';
import { givenPolicy } from './policies.ts';

describe('a policy that is inherited', () => {
  it('holds where the repository says nothing, key by key in maps, too', () => {
    const { given, overruled } = inheritedPolicy(
      { mode: 'shadow', limits: { files: 2, hunks: 4 }, branches: ['release'] },
      { mode: 'propose', limits: { files: 9 }, attempts: 1 },
    );
    expect(given).toEqual({
      ...{ mode: 'propose', limits: { files: 9, hunks: 4 }, branches: ['release'], attempts: 1 },
    });
    expect(overruled).toEqual([]);
  });

  it('gives way list by list, but for what is forbidden', () => {
    const { given } = inheritedPolicy(
      { allow: ['a'], forbid: ['b', 'c'], generated: ['d'] },
      { allow: ['e'], forbid: ['c', 'f'], generated: [] },
    );
    expect(given).toEqual({ allow: ['e'], forbid: ['b', 'c', 'f'], generated: ['d'] });
  });

  it('is off for all where it is off', () => {
    const { given, overruled } = inheritedPolicy({ mode: 'off' }, { mode: 'auto-merge' });
    expect(given).toEqual({ mode: 'off' });
    expect(overruled).toEqual(['mode is final in the organisation’s policy']);
  });

  it('is final where it says so, its defaults too', () => {
    const { given, overruled } = inheritedPolicy(
      { final: ['limits.files', 'budget', 'release'], limits: { files: 2 } },
      { limits: { files: 9, hunks: 3 }, budget: { 'day-usd': 5 }, release: 'automatic', final: ['mode'] },
    );
    expect(Policy.parse(given)).toEqual(Policy.parse({ limits: { files: 2, hunks: 3 } }));
    expect(overruled.map((line) => line.split(' ')[0])).toEqual(['limits.files', 'budget', 'release']);
  });

  it('lets a repository do less, whatever is final', () => {
    const { given, overruled } = inheritedPolicy({ final: ['mode'] }, { mode: 'shadow' });
    expect([given.mode, overruled]).toEqual(['shadow', []]);
    expect(inheritedPolicy({ final: ['mode'] }, { mode: 'auto-merge' }).given.mode).toBeUndefined();
  });

  it('forbids for good, whatever the two say', () => {
    fc.assert(
      fc.property(givenPolicy, givenPolicy, (organisation, repository) => {
        const policy = Policy.parse(inheritedPolicy(organisation, repository).given);
        const [above, own] = [Policy.parse(organisation), Policy.parse(repository)];
        expect(policy.forbid).toEqual(expect.arrayContaining([...above.forbid, ...own.forbid]));
        expect(policy.final).toEqual([]);
        if (organisation.mode === 'off') expect(policy.mode).toBe('off');
        for (const key of organisation.final ?? [])
          if (key !== 'mode') expect(at(policy, key)).toEqual(at(above, key));
          else expect(policy.mode).toBe(stricterMode(repository.mode ?? above.mode, above.mode));
        expect(inheritedPolicy({}, { ...repository, final: [] }).given).toEqual(
          inheritedPolicy({ ...repository, final: [] }, {}).given,
        );
      }),
    );
  });
});

const at = (policy: Policy, key: string): unknown =>
  key.split('.').reduce<unknown>((all, part) => Object(all)[part], policy);
