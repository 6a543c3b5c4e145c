// A zip bomb or one endless line as a job's log, a stack trace built for catastrophic backtracking: exhausting who reads it.
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { asks, breakingPush, broken, diagnosisReply } from '../calculator.ts';
import { type Stage, stage } from '../stage.ts';
import { calculatorWith, closed, expectNoCredentials, expectUntouched, said } from './world-after.ts';

const repository = 'acme/calculator';
/** One line of 24 MB, lines on which patterns would go back and forth, traces nested in traces, and a report that unpacks to 64 MB. */
const choking = `import pathlib, sys
sys.stdout.write("x" * 24_000_000 + "\\n")
for part in ["at " * 4_000, "(" * 8_000, "File \\"" * 3_000, " " * 30_000 + "!", "a@" * 9_000, "=" * 30_000, "at a.b(" * 3_000]:
    print(part)
for depth in range(3_000):
    print("Traceback (most recent call last):\\n  File \\"/x/%d.py\\", line %d, in f" % (depth, depth))
pathlib.Path("out").mkdir()
with open("out/junit.xml", "wb") as report:
    report.write(b"<testsuite>")
    report.truncate(64_000_000)
`;
const ci = `name: CI
on: push
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - run: python3 choke.py
      - uses: actions/upload-artifact@v4
        with:
          name: test-report
          path: out
      - run: python3 -m unittest
`;

let world: Stage;
beforeAll(async () => {
  const files = { 'calculator/calc.py': broken, 'choke.py': choking, '.github/workflows/ci.yml': ci };
  world = await stage({ [repository]: calculatorWith('', files) });
  await world.startApp();
}, 60_000);
afterAll(() => world.close());

it('a log made to choke its reader is read all the same, within bounds', async () => {
  const { gemini, github } = world.simulator;
  gemini.reply(diagnosisReply({ confidence: 0.2 }), asks.diagnose);
  await github.push(repository, { ...breakingPush, files: { 'README.md': '# more\n' } });
  const { stopReason } = await closed(world, repository);
  expect(stopReason).toBe('low-confidence');
  await expectUntouched(world, repository);

  const [{ prompt } = { prompt: '' }] = gemini.calls();
  expect(prompt).toContain('ZeroDivisionError: division by zero');
  expect(prompt.length).toBeLessThan(64_000);
  const told = await said(world, repository);
  expect(told).toContain('divides 100 by a discount of 0');
  expect(told.length).toBeLessThan(70_000);
  expect(JSON.stringify(await world.app().store.incidents({ limit: 1 })).length).toBeLessThan(1_000_000);
  await expectNoCredentials(world, repository);
}, 90_000);
