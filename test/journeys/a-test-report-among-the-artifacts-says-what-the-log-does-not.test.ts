import { afterEach, expect, it } from '@jest/globals';
import { asks, calculator, diagnosisReply } from './calculator.ts';
import { type Stage, stage } from './stage.ts';

const repository = 'acme/silent';
/** A runner of their own: it prints a dot a test, and tells what failed in a report. */
const runner = `import pathlib
import sys
from xml.sax.saxutils import escape
from calculator.calc import calc

cases = {"ten percent": ((80, 10), 72), "no discount": ((80, 0), 80)}
rows = []
for name, (given, wanted) in cases.items():
    found = calc(*given)
    print(".", end="")
    said = f'<failure type="Mismatch" message="{escape(f"{found} is not {wanted}")}"/>' if found != wanted else ""
    rows.append(f'<testcase classname="calc" name="{name}" file="calculator/calc.py" line="2">{said}</testcase>')
print()
pathlib.Path("out").mkdir()
pathlib.Path("out/junit.xml").write_text(f"<testsuite>{''.join(rows)}</testsuite>")
sys.exit(any("failure" in row for row in rows))
`;
const files = {
  'calculator/__init__.py': '',
  'calculator/calc.py': calculator['calculator/calc.py'] ?? '',
  'run_tests.py': runner,
  '.github/workflows/ci.yml': `name: CI
on: push
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - run: python3 run_tests.py
      - if: always()
        uses: actions/upload-artifact@v4
        with:
          name: test-report
          path: out
`,
};
const broken = { 'calculator/calc.py': 'def calc(price, discount):\n    return price - discount\n' };

let world: Stage;
afterEach(() => world.close());

it('a test report among the artifacts says what the log does not', async () => {
  world = await stage({ [repository]: files });
  await world.startApp();
  const { gemini, github } = world.simulator;
  gemini.reply(diagnosisReply({ citations: ['70 is not 72'], confidence: 0.2 }), asks.diagnose);
  await github.push(repository, { branch: 'main', files: broken, message: 'calc: subtract', author: 'ada' });

  const { caseFile, stopReason } = await world.until(repository, (one) => one.state === 'closed');
  expect(stopReason).toBe('low-confidence');
  expect(caseFile.evidence?.failures).toEqual([
    expect.objectContaining({
      ...{ tool: 'junit', test: 'calc.ten percent', type: 'Mismatch', message: '70 is not 72' },
      ...{ file: 'calculator/calc.py', line: 2, report: 'junit.xml' },
    }),
  ]);
  expect(caseFile.evidence?.suspects[0]?.path).toBe('calculator/calc.py');
  // Nothing was looked for further: neither annotations nor the log of a green run.
  const asked = github.requests().filter(({ as }) => as === 'installation');
  expect(asked.filter(({ path }) => /\/annotations|\/logs$/.test(path))).toHaveLength(1);
  expect(gemini.leftovers()).toEqual([]);
}, 60_000);
