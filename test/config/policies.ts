// Any valid policy file, for properties.
import fc from 'fast-check';
import { type GivenPolicy, modes } from '../../src/config/policy.ts';
import { patchedKinds } from '../../src/config/policy-maps.ts';

const globs = fc.array(fc.constantFrom('src/**', 'a.py', 'docs/*.md', '*.lock'), { maxLength: 3 });
const risk = fc.constantFrom('low' as const, 'medium' as const, 'high' as const);

export const givenPolicy: fc.Arbitrary<GivenPolicy> = fc.record(
  {
    mode: fc.constantFrom(...modes),
    branches: globs,
    attempts: fc.integer({ min: 1, max: 5 }),
    budget: fc.record({ 'incident-usd': fc.integer({ min: 0, max: 9 }) }, { requiredKeys: [] }),
    'min-confidence': fc.constantFrom(0, 0.5, 1),
    'max-risk': risk,
    limits: fc.record(
      { files: fc.integer({ min: 1, max: 50 }), hunks: fc.integer({ min: 1, max: 200 }) },
      { requiredKeys: [] },
    ),
    allow: globs,
    forbid: globs,
    generated: globs,
    'auto-merge': fc.record({ paths: globs, kinds: fc.subarray([...patchedKinds]) }, { requiredKeys: [] }),
    release: fc.constantFrom('automatic' as const, 'on-approval' as const, 'never' as const),
    'redact-emails': fc.boolean(),
    final: fc.subarray(['mode', 'limits', 'limits.files', 'budget', 'redact-emails', 'allow']),
  },
  { requiredKeys: [] },
);
