import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { defaultPolicy, modes, Policy, stricterMode } from '../../src/config/policy.ts';
import { problemLine } from '../../src/config/policy-problems.ts';
import { readPolicy } from '../../src/config/read-policy.ts';
import { givenPolicy } from './policies.ts';

const told = (text: string): string[] => readPolicy(text).problems.map(problemLine);

describe('readPolicy', () => {
  it('gives every key a default', () => {
    expect(readPolicy('')).toEqual({ policy: defaultPolicy, given: {}, problems: [] });
    expect(readPolicy('# nothing\n').problems).toEqual([]);
    expect(defaultPolicy).toMatchObject({ mode: 'propose', attempts: 3, limits: { files: 5, 'source-lines': 120 } });
    expect(defaultPolicy['auto-merge']).toEqual({
      ...{ kinds: ['code'], paths: [], 'max-risk': 'low' },
      ...{ 'min-confidence': 0.9, method: 'squash' },
    });
  });

  it('takes what is set and keeps the rest', () => {
    const { policy } = readPolicy('mode: diagnose\nlimits:\n  files: 2\nbranches: [release]\n');
    expect(policy).toMatchObject({
      mode: 'diagnose',
      limits: { files: 2, 'source-lines': 120 },
      branches: ['release'],
    });
  });

  it('takes a byte order mark, anchors, and keys in quotes', () => {
    const { policy, problems } = readPolicy('\uFEFF"mode": off\nallow: &a [x]\nforbid: *a\n');
    expect(problems).toEqual([]);
    expect(policy).toMatchObject({ mode: 'off', allow: ['x'], forbid: ['x'] });
  });
});

describe('a mistake', () => {
  it.each([
    [
      'a word that is not known',
      '# ours\n\nmode: shadwo\n',
      'line 3: mode: "shadwo" is not one of off, shadow, diagnose, propose, auto-merge. Did you mean shadow?',
    ],
    ['a key that is not known', 'atempts: 2\n', 'line 1: atempts: is no key of the policy. Did you mean attempts?'],
    [
      'a key that belongs into a map',
      'mode: off\nfiles: 2\n',
      'line 2: files: is no key of the policy. Did you mean limits.files?',
    ],
    [
      'a key of a map',
      'limits:\n  fils: 2\n',
      'line 2: limits.fils: is no key of the policy. Did you mean limits.files?',
    ],
    [
      'a key of a small map that is like none',
      'budget:\n  euro: 2\n',
      'line 2: budget.euro: is no key of the policy. Known here: incident-usd, day-usd.',
    ],
    ['a number out of range', 'attempts: 50\n', 'line 1: attempts: has to be a whole number, 1 to 5, not 50.'],
    [
      'a fix of high risk that nobody would look at',
      'auto-merge:\n  max-risk: high\n',
      'line 2: auto-merge.max-risk: "high" is not one of low, medium.',
    ],
    ['half a number', 'attempts: 1.5\n', 'line 1: attempts: has to be a whole number, 1 to 5, not 1.5.'],
    ['no number', 'min-confidence: .nan\n', 'line 1: min-confidence: has to be a number, 0 to 1, not "NaN".'],
    [
      'a text for a map',
      'limits: many\n',
      'line 1: limits: has to be keys with values, as limits: { files: … }, not "many".',
    ],
    ['a text for a list', 'branches: main\n', 'line 1: branches: has to be a list of at most 200, not "main".'],
    ['another thing in a list', 'forbid:\n  - a\n  - 7\n', 'line 3: forbid: has to be a text, not 7.'],
    ['an empty glob', "forbid: ['']\n", 'line 1: forbid: "" is empty.'],
    [
      'a key without a value',
      'attempts:\n',
      'line 1: attempts: has no value; it has to be a whole number, 1 to 5. Leave the key out for the default.',
    ],
    ['a word for yes or no', 'redact-emails: yes\n', 'line 1: redact-emails: has to be true or false, not "yes".'],
    ['a key twice', 'mode: off\nmode: propose\n', 'line 2: mode: stands here a second time'],
    ['a list', '- propose\n', 'line 1: the file is a list; it has to be keys with values, as mode: propose'],
    ['a text', 'propose\n', 'line 1: the file is a single value; it has to be keys with values, as mode: propose'],
    [
      'a tab',
      'limits:\n\tfiles: 2\n',
      'line 2: the file is not valid YAML: is indented with a tab; YAML takes spaces only',
    ],
    [
      'two documents',
      'mode: off\n---\nmode: off\n',
      'line 2: the file is not valid YAML: a second document begins here; a policy is one, without --- lines in it',
    ],
    [
      'a tag',
      'mode: !secret off\n',
      'line 1: the file is not valid YAML: has a tag (!…), which a policy has no use for',
    ],
    ['an alias to nothing', 'mode: *a\n', 'line 1: mode: has an alias (*…) to nothing that stands before it'],
    ['an open bracket', 'mode: [propose\n', /^line 2: the file is not valid YAML: /],
    ['a key that is a list', '? [a]\n: 1\n', 'line 1: the file has a key that is no plain word'],
    ['an organisation to extend', '_extends: x\n', 'line 1: _extends: is no key of the policy.'],
    ['a name of JavaScript', '__proto__: { mode: off }\n', 'line 1: __proto__: is no key of the policy.'],
  ])('like %s is told with its place', (_, text, says) => {
    const [first] = told(text);
    expect(first).toEqual(typeof says === 'string' ? says : expect.stringMatching(says));
    expect(readPolicy(text).policy.mode).toMatch(/^(off|diagnose)$/);
  });

  it('has a column, and the values that are possible', () => {
    expect(readPolicy('limits: { hunks: 0 }\nrelease: nevr\n').problems).toEqual([
      { line: 1, column: 18, key: 'limits.hunks', message: expect.any(String) },
      {
        ...{ line: 2, column: 10, key: 'release', message: expect.stringContaining('Did you mean never?') },
        allowed: ['automatic', 'on-approval', 'never'],
      },
    ]);
  });

  it('does not hide the others, and does not fill a page', () => {
    expect(told('mode: x\nattempts: 9\nfoo: 1\n').map((line) => line.split(':')[1])).toEqual([
      ' mode',
      ' attempts',
      ' foo',
    ]);
    expect(told(Array.from({ length: 300 }, (_, i) => `k${i}: 1\n`).join(''))).toHaveLength(20);
    expect(told(`mode: ${'long '.repeat(5_000)}`)[0]?.length).toBeLessThan(300);
  });

  it('leaves what is right in force, explaining at most', () => {
    expect(readPolicy('mode: off\nforbid: [a]\natempts: 2\n')).toMatchObject({
      policy: { mode: 'off', forbid: ['a'] },
      given: { mode: 'off', forbid: ['a'] },
    });
    expect(readPolicy('mode: auto-merge\natempts: 2\n').policy.mode).toBe('diagnose');
  });
});

describe('a hostile file', () => {
  const forty = (alias: string) => `[${`${alias},`.repeat(40)}]`;
  const bomb = [`forbid: &a ${forty('x')}`, `allow: &b ${forty('*a')}`, `models: ${forty('*b')}`];

  it.each([
    ['more than 64 kB', `# ${'x'.repeat(70_000)}`, /has 70002 bytes, 64000 are the limit/],
    ['brackets', '['.repeat(60_000), /nested too deeply/],
    ['braces', '{'.repeat(60_000), /nested too deeply/],
    ['questions', '? '.repeat(30_000), /nested too deeply/],
    ['braces that close', `mode: ${'{'.repeat(300)}${'}'.repeat(300)}`, /nested too deeply/],
    ['mappings for keys', `mode: ${'{'.repeat(30)}${'}'.repeat(30)}`, /no plain word/],
    ['aliases to nothing', '- *a\n'.repeat(12_000), /an alias \(\*…\) to nothing/],
    ['aliases one by one', `- &a x\n${'- *a\n'.repeat(12_000)}`, /is a list/],
    ['lists in lists', `mode: ${'['.repeat(300)}${']'.repeat(300)}`, /nested too deeply/],
    ['aliases of aliases', bomb.join('\n'), /too large by its aliases/],
    ['an alias of itself', 'branches: &a [*a]', /nested too deeply/],
  ])('of %s is refused', (_, text, says) => {
    const { policy, problems } = readPolicy(text);
    expect(problems[0]?.message).toMatch(says);
    expect(policy.mode).toBe('diagnose');
  });
});

describe('any text', () => {
  const pieces = fc.constantFrom(
    'mode: ',
    'off',
    'limits:\n',
    '  files: ',
    '- ',
    '[',
    ']',
    '{',
    '}',
    '&a ',
    '*a',
    '? ',
    '|',
    '\t',
    '\n',
    '__proto__',
    '<<: ',
    '"',
    '!',
    '---\n',
    '%',
    '\uFEFF',
    '\0',
  );
  const anyText = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(pieces, { maxLength: 40 }).map((parts) => parts.join('')),
    fc.jsonValue().map((value) => stringify(value)),
  );

  it('is read without a throw to a policy; with a problem it writes nothing', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { policy, problems, given } = readPolicy(text);
        expect(Policy.parse(policy)).toEqual(policy);
        expect(Policy.safeParse(given).success).toBe(true);
        const lines = text.split(/\r\n?|\n/).length;
        for (const { line, column } of problems) {
          expect(line).toBeGreaterThanOrEqual(1);
          expect(line).toBeLessThanOrEqual(lines);
          expect(column).toBeGreaterThanOrEqual(1);
        }
        if (problems.length > 0) expect(modes.indexOf(policy.mode)).toBeLessThanOrEqual(modes.indexOf('diagnose'));
      }),
    );
  });

  it('never loosens a valid policy by a mistake added to it', () => {
    const mistake = fc.constantFrom('atempts: 2\n', 'review-days: many\n', 'candidates:\n', 'watch-minutes: 0\n');
    fc.assert(
      fc.property(givenPolicy, mistake, (given, added) => {
        const valid = Policy.parse(given);
        const text = Object.keys(given).length === 0 ? '' : stringify(given);
        expect(readPolicy(text)).toEqual({ policy: valid, given, problems: [] });
        const { policy, problems } = readPolicy(text + added);
        expect(problems).toHaveLength(1);
        expect(policy).toEqual({ ...valid, mode: stricterMode(valid.mode, 'diagnose') });
      }),
    );
  });
});
