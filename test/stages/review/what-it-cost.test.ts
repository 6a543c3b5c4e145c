import { describe, expect, it } from '@jest/globals';
import type { ModelCall } from '../../../src/incident/case-file.ts';
import { explanation } from '../../../src/stages/review/explanation.ts';
import { incidentReport } from '../../../src/stages/review/incident-report.ts';
import { incident } from '../../incident/sample.ts';

const call = (changes: Partial<ModelCall> = {}): ModelCall => ({
  step: 'diagnose',
  model: 'gemini-flash-latest',
  promptVersion: 'diagnose-1',
  inputTokens: 21_000,
  outputTokens: 400,
  thinkingTokens: 1_600,
  cachedTokens: 0,
  latencyMs: 900,
  costUsd: 0.0495,
  ...changes,
});

describe.each([
  ['the pull request', incidentReport],
  ['the explanation', explanation],
])('%s', (_, page) => {
  const pageOf = (modelCalls: ModelCall[]) => page(incident({ stopReason: 'budget-spent' }, { modelCalls })).text;

  it('says what the model was asked and what that cost', () => {
    const calls = [call(), call({ model: 'gemini-pro-latest', cachedTokens: 12_000 })];
    expect(pageOf(calls)).toContain(
      '`gemini-flash-latest`, `gemini-pro-latest`: 2 calls, 42,000 tokens in (12,000 of them cached), 4,000 out, 0.10 $.',
    );
  });

  it('says less than a cent as that, and nothing of what nobody priced', () => {
    expect(pageOf([call({ costUsd: 0.0004 })])).toContain('1 call, 21,000 tokens in, 2,000 out, < 0.01 $.');
    const { costUsd: _, ...unpriced } = call();
    expect(pageOf([unpriced])).toContain('2,000 out.');
    expect(pageOf([])).toContain('No model was asked.');
  });
});
