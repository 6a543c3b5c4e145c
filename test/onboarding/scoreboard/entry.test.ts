import { describe, expect, it } from '@jest/globals';
import type { CaseFile, PatchedFile } from '../../../src/incident/case-file.ts';
import type { Incident } from '../../../src/incident/incident.ts';
import { ScoreboardEntry } from '../../../src/incident/scoreboard.ts';
import { scoreboardEntry } from '../../../src/onboarding/scoreboard/entry.ts';
import { attempt, evidence, incident, issueTrigger, provenValidation, runTrigger } from '../../incident/sample.ts';

const before = 'def calc(price, discount):\n    return price\n\n\ndef tax(price):\n    return 1\n';
const source: PatchedFile = {
  ...{ path: 'shop/calc.py', before, after: before.replace('return price', 'return price - discount') },
  ...{ mode: '100644', isTest: false },
};
const test: PatchedFile = { ...source, path: 'tests/test_calc.py', isTest: true };
const papers: Partial<CaseFile> = {
  evidence,
  shadow: true,
  patch: { attempts: [{ ...attempt, files: [source, test] }] },
  validation: provenValidation,
};
const closed = (changes: Partial<Incident> = {}, more: Partial<CaseFile> = {}) =>
  incident(
    {
      ...{ state: 'closed', stopReason: 'shadowed', stopDetail: 'It would have opened it.' },
      openedAt: '2026-03-02T09:00:00.000Z',
      timeline: [{ at: '2026-03-02T09:06:10.000Z', step: 'conclude', kind: 'did', text: 'Proven.' }],
      ...changes,
    },
    { ...papers, ...more },
  );

describe('a line of the scoreboard', () => {
  it('has what would have been opened: its sources, its functions, its proof', async () => {
    const entry = await scoreboardEntry(closed(), '2026-03-09');
    expect(ScoreboardEntry.parse(entry)).toMatchObject({
      ...{ would: 'open', files: ['shop/calc.py'], functions: ['shop/calc.py#calc'], toldOn: '2026-03-09' },
      run: { id: runTrigger.runId, branch: 'main' },
      proof: { verdict: 'proven', runUrl: provenValidation.runUrl, minutes: 6 },
    });
  });

  it('has no files where it would only have explained', async () => {
    const entry = await scoreboardEntry(closed({ stopReason: 'no-patch' }), '2026-03-09');
    expect(entry).toMatchObject({ would: 'explain', files: [], functions: [] });
    expect(entry.proof).toBeUndefined();
  });

  it('says that it would have run it again', async () => {
    const { validation: _, ...unproven } = papers;
    const entry = await scoreboardEntry(
      incident({ state: 'closed', stopReason: 'shadowed', stopDetail: 'It would have run it again.' }, unproven),
      '2026-03-09',
    );
    expect(entry.would).toBe('rerun');
  });

  it('of an issue has no run to compare with', async () => {
    const entry = await scoreboardEntry(closed({}, { trigger: issueTrigger }), '2026-03-09');
    expect(ScoreboardEntry.parse(entry).run).toBeUndefined();
  });
});
