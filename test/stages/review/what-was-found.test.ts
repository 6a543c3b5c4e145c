// What a person is told of a diagnosis that no patch was built on.
import { describe, expect, it } from '@jest/globals';
import { explanation } from '../../../src/stages/review/explanation.ts';
import { diagnosis, evidence, incident, sha } from '../../incident/sample.ts';

const told = {
  ...diagnosis,
  suspects: [
    { path: 'pricing/calc.py', line: 8, why: '`share` divides | by the discount' },
    { path: 'pricing/rates.py', why: 'ping @acme' },
  ],
  leave: 'The rounding.',
  revert: { sha: sha('c'), why: 'all of it is wrong' },
  risk: 'high' as const,
};

describe('the explanation of a diagnosis', () => {
  it('has everything that was found', () => {
    const { text } = explanation(incident({ stopReason: 'too-risky' }, { evidence, diagnosis: told }));
    for (const words of [
      '**What to change:** Multiply instead.',
      '**What to leave as it is:** The rounding.',
      '**Or take back** `ccccccc`: all of it is wrong',
      'It rests on these lines:\n\n```text\nZeroDivisionError: float division by zero\n```',
      '| `pricing/calc.py:8` | `share` divides &#124; by the discount |',
      '| `pricing/rates.py` | ping ',
    ])
      expect(text).toContain(words);
    expect(text).not.toContain('@acme');
    expect(text).not.toContain('| `pricing/calc.py` |');
  });

  it('names the suspects of the evidence where no model was asked', () => {
    const { text } = explanation(incident({ stopReason: 'no-workflow' }, { evidence }));
    expect(text).toContain('| `pricing/calc.py` | in the stack trace at line 8 |');
    expect(text).not.toContain('What it found');
  });

  it('of a run that recovered names nobody', () => {
    expect(explanation(incident({ stopReason: 'recovered' }, { evidence })).text).not.toContain('Where to look');
  });
});
