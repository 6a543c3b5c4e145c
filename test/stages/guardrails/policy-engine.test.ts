// The operator's policy engine: asked last, with the whole patch, and nothing is pushed without its leave.
import { describe, expect, it } from '@jest/globals';
import { defaultPolicy } from '../../../src/config/policy.ts';
import type { PatchedFile } from '../../../src/incident/case-file.ts';
import type { PolicyQuestion } from '../../../src/ports.ts';
import { enforce } from '../../../src/stages/guardrails/enforce.ts';
import {
  attempt,
  deskWith,
  diagnosis,
  evidence,
  incidentAt,
  patched,
  priceSource,
  priceTest,
} from '../patch/sample-case.ts';

const fix = patched('price.py', priceSource, priceSource.replace('rate = 1 / discount', 'rate = 1'));
const newTest = patched('tests/test_zero.py', null, `${priceTest}\n`, true);

async function judged(files: PatchedFile[], denials: () => Promise<string[]>) {
  const asked: PolicyQuestion[] = [];
  const policyEngine = {
    denials: (question: PolicyQuestion) => {
      asked.push(question);
      return denials();
    },
  };
  const incident = incidentAt('enforce', { evidence, diagnosis, patch: { attempts: [attempt(files)] } });
  const outcome = await enforce(incident, { ...deskWith([], defaultPolicy).desk, policyEngine });
  return { asked, outcome };
}

describe('the operator’s policy engine', () => {
  it('is shown the incident, the diagnosis and what becomes of every file', async () => {
    const { asked, outcome } = await judged([fix, newTest], async () => []);
    expect(outcome).toMatchObject({ kind: 'done', said: expect.stringContaining('operator’s policy allows it') });
    const { risk, confidence, files } = diagnosis;
    expect(asked).toMatchObject([
      {
        incident: { repository: 'octo/shop', branch: 'main', sha: evidence.baseSha, attempt: 1 },
        diagnosis: { risk, confidence, files },
        files: [
          { path: 'price.py', status: 'modified', isTest: false, mode: '100644' },
          { path: 'tests/test_zero.py', status: 'added', isTest: true },
        ],
      },
    ]);
    const [source, test] = asked[0]?.files ?? [];
    expect(source?.diff).toContain('-    rate = 1 / discount\n+    rate = 1\n');
    expect(test?.diff).toMatch(/--- \/dev\/null.*\n\+\+\+ b\/tests\/test_zero\.py/);
  });

  it('denies with reasons that the next attempt reads', async () => {
    const { outcome } = await judged([fix], async () => ['Prices are for people to change.']);
    expect(outcome).toMatchObject({ kind: 'again' });
    expect(outcome.kind === 'again' && outcome.feedback).toBe(
      'The patch breaks rules:\n- price.py [policy-engine] Prices are for people to change. ' +
        'Acceptable: a patch that the operator’s policy does not deny.',
    );
  });

  it('is not asked about what our own rules refuse', async () => {
    const { asked, outcome } = await judged([fix, patched('.gitattributes', null, '* x\n')], async () => []);
    expect(outcome.kind).not.toBe('done');
    expect(asked).toEqual([]);
  });

  it('lets nothing pass when it does not answer', async () => {
    await expect(judged([fix], () => Promise.reject(new Error('down')))).rejects.toThrow('down');
  });
});
