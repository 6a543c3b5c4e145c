// A small Python repository with tests and the sandbox workflow, its bug, and the model's replies about it.
import { readFileSync } from 'node:fs';

const workflow = (name: string): string =>
  readFileSync(new URL(`../../demo/repositories/pricing/.github/workflows/${name}`, import.meta.url), 'utf8');

export const sound = `def calc(price, discount):
    return round(price - price * discount / 100, 2)
`;

export const broken = `def calc(price, discount):
    share = price / (100 / discount)
    return round(price - share, 2)
`;

const test = `import unittest

from calculator.calc import calc


class CalcTest(unittest.TestCase):
    def test_ten_percent(self):
        self.assertEqual(calc(80, 10), 72)

    def test_free_of_discount(self):
        self.assertEqual(calc(80, 0), 80)
`;

export const calculator: Record<string, string> = {
  'README.md': '# calculator\n',
  'calculator/__init__.py': '',
  'calculator/calc.py': sound,
  'tests/__init__.py': '',
  'tests/test_calc.py': test,
  '.github/workflows/ci.yml': workflow('ci.yml'),
  '.github/workflows/self-heal.yml': workflow('self-heal.yml'),
};

export const breakingPush = {
  branch: 'main',
  files: { 'calculator/calc.py': broken },
  message: 'calc: compute the share first',
  author: 'ada',
};

export const diagnosisReply = (changes: Record<string, unknown> = {}): string =>
  JSON.stringify({
    citations: ['ZeroDivisionError: division by zero', 'share = price / (100 / discount)'],
    mechanism: '`calc(80, 0)` divides 100 by a discount of 0.',
    suspects: [{ path: 'calculator/calc.py', line: 2, why: 'divides by the discount' }],
    rootCause: '`calc` in calculator/calc.py divides by the discount, which may be 0.',
    kind: 'code',
    files: ['calculator/calc.py'],
    change: 'Multiply instead of dividing twice.',
    leave: 'The rounding.',
    risk: 'low',
    confidence: 0.95,
    ...changes,
  });

export const accepted = JSON.stringify({ verdict: 'accept', objections: [] });

const newTest = `tests/test_calc.py
\`\`\`
<<<<<<< SEARCH
    def test_free_of_discount(self):
=======
    def test_no_discount_at_any_price(self):
        self.assertEqual(calc(12.5, 0), 12.5)

    def test_free_of_discount(self):
>>>>>>> REPLACE
\`\`\`
`;

const patch = (replacement: string, subject: string): string => `Subject: ${subject}
The share divided by the discount. It is now a product.

calculator/calc.py
\`\`\`
<<<<<<< SEARCH
    share = price / (100 / discount)
=======
    ${replacement}
>>>>>>> REPLACE
\`\`\`

${newTest}`;

export const rightPatch = patch('share = price * discount / 100', 'fix(calculator): accept a discount of zero');
export const otherWrongPatch = patch('share = price / (100 / (discount or 2))', 'fix(calculator): fall back to two');
export const thirdWrongPatch = patch('share = price / (100 / (discount + 1))', 'fix(calculator): add one');

export const asks = {
  diagnose: /What is the cause\?/,
  propose: /Write the patch/,
  critique: /Accept or object\?/,
} as const;
