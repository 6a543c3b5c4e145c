import { describe, expect, it } from '@jest/globals';
import type { CaseFile } from '../../../src/incident/case-file.ts';
import { dryRunMarker } from '../../../src/incident/dry-run.ts';
import type { Incident } from '../../../src/incident/incident.ts';
import { dryRunAnswer } from '../../../src/stages/review/dry-run-answer.ts';
import { attempt, diagnosis, evidence, incident, provenValidation, runTrigger } from '../../incident/sample.ts';

const dryRun = { askedBy: 'ada', issueNumber: 3, commentId: 9, commentUrl: 'https://github.com/x#issuecomment-1' };
const trigger = { ...runTrigger, dryRun };
const ended = (changes: Partial<Incident>, papers: Partial<CaseFile> = {}): string =>
  dryRunAnswer(incident({ step: 'explain', ...changes }, { trigger, evidence, diagnosis, ...papers })).text;

describe('the answer to a dry run', () => {
  it('has the diagnosis, what would have been done, the proof, the diff and the cost', () => {
    const text = ended(
      { stopReason: 'shadowed', stopDetail: 'It would have opened a draft pull request: “fix(pricing): x”.' },
      { patch: { attempts: [attempt] }, validation: provenValidation },
    );
    const parts = [
      `**Dry run of [${runTrigger.workflowName}](${runTrigger.url}).**`,
      '### What Self-Heal would have done\n\nIt would have opened a draft pull request',
      '### What it found',
      '### Proof\n\n| Tree |',
      '<summary>The diff</summary>',
      'No model was asked.',
    ];
    expect(parts.filter((part) => !text.includes(part))).toEqual([]);
  });

  it('says that without the workflow it is the diagnosis only', () => {
    const text = ended({ stopReason: 'no-workflow', stopDetail: null });
    expect(text).toContain('without `.github/workflows/self-heal.yml` nothing can be proven');
    expect(text).toContain('### What it found');
  });

  it('says why no pull request would have been opened, with the attempts that did not hold', () => {
    const text = ended(
      { stopReason: 'no-patch', stopDetail: '3 attempts did not hold.' },
      { patch: { attempts: [{ ...attempt, feedback: 'It is still red.' }] } },
    );
    expect(text).toContain('Opened no pull request');
    expect(text).toContain('It is still red.');
    expect(text).toContain('The last diff');
  });

  it('pings nobody and closes nothing, whoever wrote the reason', () => {
    const text = ended({ stopReason: 'defect', stopDetail: 'thanks @ada, fixes #4 </details>' });
    expect(text).not.toMatch(/@ada|#4|[^\n]<\/details>/);
  });

  it('is found again by the comment that asked', () => expect(dryRunMarker(dryRun)).toBe('dry-run-9'));
});
