import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { defaultPolicy, Policy, readPolicy } from '../../src/config/policy.ts';

describe('readPolicy', () => {
  it('gives every key a default', () => {
    expect(readPolicy('')).toEqual({ policy: defaultPolicy, problems: [] });
    expect(readPolicy('# nothing\n').problems).toEqual([]);
    expect(defaultPolicy).toMatchObject({ mode: 'propose', attempts: 3, limits: { files: 5, 'source-lines': 120 } });
  });

  it('takes what is set and keeps the rest', () => {
    const { policy } = readPolicy('mode: diagnose\nlimits:\n  files: 2\nbranches: [release]\n');
    expect(policy).toMatchObject({
      mode: 'diagnose',
      limits: { files: 2, 'source-lines': 120 },
      branches: ['release'],
    });
  });

  it.each([
    ['an unknown key', 'atempts: 2\n', /atempts/],
    ['a value out of range', 'attempts: 50\n', /attempts/],
    ['a wrong type', 'limits: many\n', /limits/],
    ['no YAML', 'mode: [propose\n', /not valid YAML \(line \d+\)/],
    ['a list', '- propose\n', /the file/],
  ])('writes nothing while there is %s, and says where', (_, text, problem) => {
    const { policy, problems } = readPolicy(text);
    expect(policy.mode).toBe('diagnose');
    expect(problems.join('\n')).toMatch(problem);
  });

  it('survives any text, and never comes out looser than it went in', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.jsonValue().map((value) => stringify(value)),
        ),
        (text) => {
          const { policy, problems } = readPolicy(text);
          expect(Policy.safeParse(policy).success).toBe(true);
          if (problems.length > 0) expect(policy.mode).toBe('diagnose');
        },
      ),
    );
  });
});
