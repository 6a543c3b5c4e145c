import { afterEach, expect, it } from '@jest/globals';
import { z } from 'zod';
import { type PolicyServer, policyServer } from '../adapters/policy-engine/stand-in.ts';
import { accepted, asks, breakingPush, calculator, diagnosisReply, rightPatch } from './calculator.ts';
import { type Stage, stage } from './stage.ts';

const repository = 'acme/calculator';
let world: Stage;
let policy: PolicyServer;
afterEach(async () => {
  await world.close();
  await policy.close();
});

it('what the operator’s policy denies is not pushed, and the reason is told', async () => {
  policy = await policyServer();
  policy.decides({ deny: ['prices are for people to change'] });
  const files = { ...calculator, '.github/self-heal.yml': 'attempts: 1\n' };
  world = await stage({ [repository]: files }, { settings: { OPA_URL: policy.url, OPA_TOKEN: 'operators-token' } });
  const { gemini, github } = world.simulator;
  gemini.reply(diagnosisReply(), asks.diagnose);
  gemini.reply(rightPatch, asks.propose);
  gemini.reply(accepted, asks.critique);
  await world.startApp();
  const sha = await github.push(repository, breakingPush);
  const incident = await world.until(repository, (one) => one.state === 'closed');
  await github.idle();

  expect(incident.stopReason).toBe('no-patch');
  const Asked = z.object({ incident: z.object({ sha: z.string() }), files: z.array(z.object({ path: z.string() })) });
  expect(policy.asked).toMatchObject([{ path: '/v1/data/self_heal', authorization: 'Bearer operators-token' }]);
  expect(Asked.parse(policy.asked[0]?.input)).toMatchObject({
    incident: { sha },
    files: [{ path: 'calculator/calc.py' }, { path: 'tests/test_calc.py' }],
  });

  const ada = world.person();
  const branches = z.array(z.object({ name: z.string() })).parse(await ada.get(`/repos/${repository}/branches`));
  expect(branches.map(({ name }) => name)).toEqual(['main']);
  expect(await ada.get(`/repos/${repository}/pulls?state=all`)).toEqual([]);
  const comments = z.array(z.object({ body: z.string() }));
  const [told] = comments.parse(await ada.get(`/repos/${repository}/commits/${sha}/comments`));
  expect(told?.body).toContain('prices are for people to change');
  expect(told?.body).not.toContain('operators-token');
}, 60_000);
