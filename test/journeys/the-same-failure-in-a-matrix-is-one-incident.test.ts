import { afterEach, expect, it } from '@jest/globals';
import { z } from 'zod';
import { asks, calculator, diagnosisReply } from './calculator.ts';
import { type Stage, stage } from './stage.ts';

const repository = 'acme/matrix';
const code = calculator['calculator/calc.py'] ?? '';
const files = {
  'calculator/__init__.py': '',
  'calculator/calc.py': code,
  'tests/__init__.py': '',
  'tests/test_calc.py': calculator['tests/test_calc.py'] ?? '',
  '.github/workflows/ci.yml': `name: CI
on: push
jobs:
  test:
    runs-on: ubuntu-latest
    strategy:
      fail-fast: false
      matrix:
        rounding: [none, cents, euros]
    steps:
      - uses: actions/checkout@v4
      - run: python3 -m unittest -v
        env:
          ROUNDING: \${{ matrix.rounding }}
`,
};
const broken = code.replace(
  'def calc(price, discount):\n',
  'import os\n\n\ndef calc(price, discount):\n    if os.environ.get("ROUNDING") != "none":\n        price = price / (100 / discount)\n',
);

let world: Stage;
afterEach(() => world.close());

it('the same failure in a matrix is one incident, which says where it fails and where not', async () => {
  world = await stage({ [repository]: files });
  await world.startApp();
  const { gemini, github } = world.simulator;
  const unsure = { citations: ['ZeroDivisionError: division by zero'], confidence: 0.2 };
  gemini.reply(diagnosisReply(unsure), asks.diagnose);
  const message = 'calc: round as asked';
  const sha = await github.push(repository, { branch: 'main', files: { 'calculator/calc.py': broken }, message });

  const incident = await world.until(repository, (one) => one.state === 'closed');
  await github.idle();
  expect(await world.app().store.incidents({ limit: 10 })).toHaveLength(1);
  expect(incident.stopReason).toBe('low-confidence');
  const { evidence } = incident.caseFile;
  expect(evidence?.jobs).toEqual(['test: 2 of 3 failed (failed: test (cents), test (euros); passed: test (none))']);
  expect(evidence?.failures.map(({ test }) => test)).toContain('tests.test_calc.CalcTest.test_free_of_discount');
  expect(evidence?.suspects[0]?.path).toBe('calculator/calc.py');
  const logs = github.requests().filter(({ as, path }) => as === 'installation' && path.endsWith('/logs'));
  expect(logs).toHaveLength(1);
  const told = await world.person().get(`/repos/${repository}/commits/${sha}/comments`);
  expect(z.array(z.unknown()).parse(told)).toHaveLength(1);
}, 60_000);
