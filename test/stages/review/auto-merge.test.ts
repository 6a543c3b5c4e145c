import { describe, expect, it } from '@jest/globals';
import { defaultPolicy } from '../../../src/config/policy.ts';
import type { CaseFile, PatchedFile, Taint } from '../../../src/incident/case-file.ts';
import type { ProposalOutcome } from '../../../src/ports/auto-merge.ts';
import {
  type AutoMergePolicy,
  heldBefore,
  mayAutoMerge,
  type Opened,
  share,
} from '../../../src/stages/review/auto-merge.ts';
import {
  attempt,
  diagnosis,
  evidence,
  incident,
  issueTrigger,
  openReview,
  patchedFile,
  provenValidation,
} from '../../incident/sample.ts';
import { now } from '../desk.ts';

const dayMs = 24 * 3_600_000;
const past = (changes: Partial<ProposalOutcome> = {}): ProposalOutcome => ({
  ...{ outcome: 'held', confidence: 0.9, kind: 'code', autoMerged: false, closedAt: new Date(now.getTime() - dayMs) },
  ...changes,
});
const enough = Array.from({ length: heldBefore }, () => past());
const policy: AutoMergePolicy = { ...defaultPolicy['auto-merge'], paths: ['pricing/**'] };
const test: PatchedFile = { ...patchedFile, path: 'tests/test_calc.py', before: null, isTest: true };
const read: Taint = { source: 'job log', of: 'test', bytes: 10, redactions: 0, suspicious: [], went: ['diagnose'] };

const against = (
  papers: Partial<CaseFile> = {},
  given: { opened?: Partial<Opened>; policy?: Partial<AutoMergePolicy>; history?: ProposalOutcome[] } = {},
) =>
  mayAutoMerge(
    incident(
      { step: 'open' },
      {
        ...{ evidence, diagnosis, validation: provenValidation, taint: [read] },
        ...{ patch: { attempts: [{ ...attempt, files: [patchedFile, test] }] } },
        ...papers,
      },
    ),
    { draft: false, held: [], ...given.opened },
    { ...policy, ...given.policy },
    given.history ?? enough,
    now,
  ).against;
const attemptWith = (changes: object) => ({
  patch: { attempts: [{ ...attempt, files: [patchedFile, test], ...changes }] },
});
const only = (said: string) => [expect.stringContaining(said)];

describe('a proven fix may be merged without a person', () => {
  it('where it is of the kind, the risk, the paths and the confidence that the policy names', () => {
    expect(against()).toEqual([]);
  });

  it('with its tests anywhere, old and new', () => {
    const grown = { ...test, path: 'spec/old_spec.rb', before: 'it' };
    expect(against(attemptWith({ files: [patchedFile, test, grown] }))).toEqual([]);
  });
});

describe('a fix is left to people', () => {
  it.each<[string, Parameters<typeof against>, string]>([
    [
      'where it is only partly proven',
      [{ validation: { ...provenValidation, verdict: 'partly-proven' } }],
      'not fully proven',
    ],
    ['where another attempt was proven', [{ validation: { ...provenValidation, attempt: 2 } }], 'not fully proven'],
    [
      'where the proof ran without a sandbox',
      [{ validation: { ...provenValidation, engine: 'none' } }],
      'not run in a sandbox',
    ],
    ['as a draft', [{}, { opened: { draft: true } }], 'a draft'],
    [
      'in quarantine, or let out of it',
      [{}, { opened: { held: ['The policy says release: never.'] } }],
      'release: never',
    ],
    ['where people had their say', [{ review: openReview }], 'reviewed an earlier attempt'],
    [
      'where it changes an old test',
      [attemptWith({ changedTests: ['tests/test_calc.py'] })],
      'tests that were there before',
    ],
    [
      'where what was read gives orders',
      [{ taint: [{ ...read, suspicious: ['asks to ignore'], went: [] }] }],
      'read like orders',
    ],
    ['where nobody knows what was read', [{ taint: undefined }], 'not known what was read'],
    ['of another kind', [{ diagnosis: { ...diagnosis, kind: 'test' } }], 'of kind test; the policy names code'],
    ['of more risk', [{ diagnosis: { ...diagnosis, risk: 'medium' } }], 'risk is medium, above max-risk: low'],
    [
      'of high risk, whatever the policy says',
      [{ diagnosis: { ...diagnosis, risk: 'high' } }, { policy: { 'max-risk': 'medium' } }],
      'risk is high',
    ],
    ['in a path that is not named', [{}, { policy: { paths: ['docs/**'] } }], 'does not name `pricing/calc.py`'],
    ['where no path is named', [{}, { policy: { paths: [] } }], 'names no paths'],
    ['where it is nothing but tests', [attemptWith({ files: [test] })], 'nothing but tests'],
    [
      'before enough fixes held',
      [{}, { history: enough.slice(1), policy: { 'min-confidence': 0.5 } }],
      `it takes ${heldBefore}`,
    ],
    [
      'for a month after one of them did not hold',
      [
        {},
        {
          history: [
            ...enough,
            past({ autoMerged: true, outcome: 'reverted', closedAt: new Date(now.getTime() - 29 * dayMs) }),
          ],
          policy: { 'min-confidence': 0.5 },
        },
      ],
      'did not hold in the last 30 days',
    ],
    [
      'where history does not bear its confidence out',
      [{}, { history: [...enough, past({ outcome: 'rejected' })] }],
      'confidence is 82 % by what became of earlier fixes (90 % stated; 5 of 6 like it held)',
    ],
  ])('%s', (_, given, said) => {
    const { kind } = diagnosis;
    const ofOtherKind = (given[0]?.diagnosis?.kind ?? kind) !== kind;
    const all = against(...given);
    expect(ofOtherKind ? all.slice(0, 1) : all).toEqual(only(said));
  });

  it('with every reason told', () => {
    expect(
      against(
        { diagnosis: { ...diagnosis, risk: 'high', kind: 'dependency' } },
        { history: [], opened: { draft: true } },
      ),
    ).toHaveLength(5);
  });
});

it('a merge by people that did not hold, or an old one, stops nothing by itself', () => {
  const long = Array.from({ length: 40 }, () => past());
  const old = past({ autoMerged: true, outcome: 'reverted', closedAt: new Date(now.getTime() - 31 * dayMs) });
  expect(against({}, { history: [...long, past({ outcome: 'reverted' }), old] })).toEqual([]);
});

it('an issue whose words read like orders says so of the issue', () => {
  const taint = [{ ...read, source: 'issue' as const, of: '#4', suspicious: ['asks to ignore'] }];
  expect(against({ trigger: issueTrigger, taint })).toEqual(only('Passages of the issue'));
});

it('is refused without a proof to look at', () => {
  expect(() => against({ diagnosis: undefined })).toThrow('without a proof');
});

it.each([
  [0.8999, '89 %'],
  [0.9, '90 %'],
  [0.29, '29 %'],
  [1, '100 %'],
])('%d is shown as %s, never as more than it is', (part, shown) => expect(share(part)).toBe(shown));
