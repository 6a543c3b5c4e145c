import { afterEach, expect, it } from '@jest/globals';
import { asks, diagnosisReply } from './calculator.ts';
import { type Stage, stage } from './stage.ts';

const repository = 'acme/tariffs';
/** Full of the words of failures, whatever it finds. */
const script = `for rate in rates/*.txt; do
  echo "checking $rate for errors"
  echo "warning: lookup failed, trying the cache"
  value=$(cat "$rate")
  case "$value" in -*) echo "$rate would pay the customer"; bad=1 ;; esac
done
for i in 1 2 3 4 5 6 7 8; do echo "error handler $i: registered, failed before: no"; done
echo "fatal errors are mailed to nobody; failed checks end with an exit code"
exit \${bad:-0}
`;
const files = {
  'check.sh': script,
  'rates/day.txt': '7\n',
  'rates/evening.txt': '5\n',
  'rates/night.txt': '3\n',
  'docs/rates.md': '# Rates\n',
  '.github/workflows/check.yml': `name: Check
on: push
jobs:
  check:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - name: Check the rates
        run: bash check.sh
`,
};

let world: Stage;
afterEach(() => world.close());

it('a failure that no tool names is found by what the green run did not print', async () => {
  world = await stage({ [repository]: files });
  await world.startApp();
  const { gemini, github } = world.simulator;
  const cause = {
    ...{
      citations: ['rates/night.txt would pay the customer'],
      rootCause: 'rates/night.txt is negative.',
      confidence: 0.2,
    },
    ...{ files: ['rates/night.txt'], kind: 'configuration' },
  };
  gemini.reply(diagnosisReply(cause), asks.diagnose);
  const push = { branch: 'main', author: 'ada' };
  const green = await github.push(repository, { ...push, files: { 'rates/day.txt': '8\n' }, message: 'day: 8' });
  await github.idle();
  const broken = { 'rates/night.txt': '-3\n', 'rates/evening.txt': '6\n', 'docs/rates.md': '# Our rates\n' };
  const red = await github.push(repository, { ...push, files: broken, message: 'rates of the new year' });

  const { caseFile, stopReason } = await world.until(repository, (one) => one.state === 'closed');
  expect(stopReason).toBe('low-confidence');
  expect(caseFile.evidence).toMatchObject({
    failures: [{ tool: 'shell', message: 'rates/night.txt would pay the customer (exit code 1)' }],
    job: { name: 'check', step: 'Check the rates' },
    exitCode: 1,
    sinceGreen: { since: { sha: green }, breaking: { sha: red }, nothingChanged: false },
  });
  expect(caseFile.evidence?.excerpt).toContain('rates/night.txt would pay the customer');
  expect(caseFile.evidence?.suspects[0]?.path).toBe('rates/night.txt');
  expect(gemini.leftovers()).toEqual([]);
}, 60_000);
