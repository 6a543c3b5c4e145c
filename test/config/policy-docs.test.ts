import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { parse } from 'yaml';
import { Policy } from '../../src/config/policy.ts';
import { keyNamed, keysIn, policyJsonSchema, policyKeys } from '../../src/config/policy-keys.ts';
import { patchedKinds } from '../../src/config/policy-maps.ts';
import { readPolicy } from '../../src/config/read-policy.ts';
import { causeKinds } from '../../src/incident/case-file.ts';
import { givenPolicy } from './policies.ts';
import { policyTable } from './policy-table.ts';

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const mend = 'npm run policy-schema writes it anew';

describe('every key', () => {
  it.each(policyKeys.map((key) => [key.name, key] as const))(
    '%s has a meaning and an example that is valid',
    (name, key) => {
      expect(key.meaning).toMatch(/^.{10,}\.$/);
      const value = JSON.stringify(key.example);
      const [map, inner] = name.split('.');
      const { problems } = readPolicy(inner ? `${map}:\n  ${inner}: ${value}` : `${map}: ${value}`);
      expect([value, problems]).toEqual([expect.any(String), []]);
    },
  );

  it('is found by its name', () => {
    expect(keyNamed('limits.files')?.values).toBe('a whole number, 1 to 50');
    expect(keysIn('budget')).toEqual(['incident-usd', 'day-usd']);
    expect(keysIn('')).toContain('auto-merge');
    expect(policyKeys.map(({ name }) => name)).not.toContain('limits');
  });

  it('about causes names those that a patch is built on', () => {
    expect(causeKinds).toEqual(expect.arrayContaining([...patchedKinds]));
    expect(causeKinds.filter((kind) => !['environment', 'flaky', 'outside', 'unknown'].includes(kind))).toEqual(
      patchedKinds,
    );
  });
});

describe('docs/self-heal.schema.json', () => {
  it(`is the schema that the App reads by; else ${mend}`, () => {
    expect(JSON.parse(read('docs/self-heal.schema.json'))).toEqual(policyJsonSchema());
  });

  it('takes what the App takes, and refuses what it refuses', () => {
    const valid = new Ajv({ strict: false }).compile(policyJsonSchema());
    const changed = fc.tuple(
      givenPolicy,
      fc.constantFrom(...policyKeys.map(({ name }) => name), 'x', 'limits.x'),
      fc.jsonValue(),
    );
    const withKey = changed.map(([given, name, value]) => {
      const [key = '', inner] = name.split('.');
      const before = Object.entries(given).find(([other]) => other === key)?.[1];
      return { ...given, [key]: inner ? { ...Object(before), [inner]: value } : value };
    });
    fc.assert(fc.property(fc.oneof(givenPolicy, withKey), (given) => valid(given) === Policy.safeParse(given).success));
  });
});

describe('docs/configuration.md', () => {
  const document = read('docs/configuration.md');

  it(`has the table of all keys; else ${mend}`, () => {
    expect(document).toContain(`\n${policyTable()}\n`);
  });

  it('shows policies without mistakes', () => {
    const blocks = [...document.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text = '']) => text);
    expect(blocks.length).toBeGreaterThan(1);
    for (const text of blocks) expect([parse(text), readPolicy(text).problems]).toEqual([expect.anything(), []]);
  });
});
