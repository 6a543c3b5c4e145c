import { afterEach, expect, it } from '@jest/globals';
import { z } from 'zod';
import { accepted, asks, breakingPush, calculator, diagnosisReply, rightPatch } from './calculator.ts';
import { type Stage, stage } from './stage.ts';

const repository = 'acme/calculator';
/** Red in the workflow's own run, and in the sandbox in one round of three, which knows itself by the folder it runs in. */
const flaky = (calculator['tests/test_calc.py'] ?? '')
  .replace('import unittest\n', 'import os\nimport unittest\n')
  .replace(
    '        self.assertEqual(calc(80, 0), 80)',
    `        with open("/proc/self/mountinfo") as mounts:
            place = os.getcwd() + mounts.read()
        if "GITHUB_RUN_ID" in os.environ or "/base-2" in place:
            self.assertEqual(calc(80, 0), 80)`,
  );

let world: Stage;
afterEach(() => world.close());

it('a failure that comes and goes is not patched, and its rate is told', async () => {
  world = await stage({ [repository]: { ...calculator, 'tests/test_calc.py': flaky } });
  await world.startApp();
  const { gemini, github } = world.simulator;
  gemini.reply(diagnosisReply(), asks.diagnose);
  gemini.reply(rightPatch, asks.propose);
  gemini.reply(accepted, asks.critique);

  const sha = await github.push(repository, breakingPush);
  const incident = await world.until(repository, (one) => one.state === 'closed');
  expect(incident).toMatchObject({ stopReason: 'flaky', attempt: 1 });
  const { validation } = incident.caseFile;
  expect(validation).toMatchObject({ verdict: 'flaky', passRate: { passed: 2, of: 3 } });
  expect(validation?.runs?.map(({ name, was }) => `${name} ${was}`)).toEqual([
    'base green',
    'base red',
    'base green',
    'test-only missing',
    'candidate missing',
  ]);

  const ada = world.person();
  expect(await ada.get(`/repos/${repository}/pulls?state=all`)).toEqual([]);
  const Comments = z.array(z.object({ body: z.string() }));
  const [comment, ...more] = Comments.parse(await ada.get(`/repos/${repository}/commits/${sha}/comments`));
  expect(comment?.body).toContain('passed in 2 of 3 runs');
  expect(more).toEqual([]);
}, 90_000);
