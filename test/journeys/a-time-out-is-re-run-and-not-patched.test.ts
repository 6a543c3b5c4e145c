import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { afterEach, expect, it } from '@jest/globals';
import { z } from 'zod';
import { type Stage, stage } from './stage.ts';

const repository = 'acme/probe';
const files = {
  'test_probe.py': `import os
import unittest
from urllib.request import urlopen


class ProbeTest(unittest.TestCase):
    def test_the_service_answers(self):
        with urlopen(os.environ["SERVICE_URL"], timeout=1) as response:
            self.assertEqual(response.status, 200)
`,
  '.github/self-heal.yml': 'rerun-backoff-seconds: 0\nreruns: 2\n',
  '.github/workflows/probe.yml': `name: Probe
on: push
jobs:
  probe:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - run: python3 -m unittest -v
        env:
          SERVICE_URL: \${{ vars.SERVICE_URL }}
`,
};

let world: Stage;
let service: Server;
afterEach(async () => {
  await world.close();
  service.closeAllConnections();
  service.close();
});

/** Leaves the first callers waiting. */
async function slowService(silentCalls: number): Promise<string> {
  let calls = 0;
  service = createServer((_request, response) => {
    calls += 1;
    if (calls > silentCalls) response.end('ok');
  }).listen(0, '127.0.0.1');
  await once(service, 'listening');
  const address = service.address();
  if (address === null || typeof address === 'string') throw new Error('no TCP port');
  return `http://127.0.0.1:${address.port}`;
}

const push = { branch: 'main', files: { 'README.md': '# probe\n' }, message: 'docs: a read-me' };
const Checks = z.object({
  check_runs: z.array(
    z.object({
      name: z.string(),
      conclusion: z.string().nullable(),
      output: z.object({ title: z.string().nullable() }),
    }),
  ),
});

it('a time-out is re-run and not patched', async () => {
  world = await stage({ [repository]: files }, { variables: { SERVICE_URL: await slowService(1) } });
  await world.startApp();
  const sha = await world.simulator.github.push(repository, push);
  const incident = await world.until(repository, (one) => one.state === 'closed');
  expect(incident.stopReason).toBe('recovered');
  expect(incident.caseFile.triage?.reruns.map((rerun) => rerun.attempt)).toEqual([2]);
  expect(world.simulator.gemini.calls()).toEqual([]);

  const ada = world.person();
  expect(await ada.get(`/repos/${repository}/pulls?state=all`)).toEqual([]);
  const { check_runs } = Checks.parse(await ada.get(`/repos/${repository}/commits/${sha}/check-runs`));
  expect(check_runs).toContainEqual(
    expect.objectContaining({
      name: 'Self-Heal',
      conclusion: 'neutral',
      output: expect.objectContaining({ title: expect.stringContaining('passed') }),
    }),
  );
}, 90_000);

it('a time-out that stays is diagnosed after the last re-run', async () => {
  world = await stage({ [repository]: files }, { variables: { SERVICE_URL: await slowService(100) } });
  await world.startApp();
  world.simulator.gemini.reply(
    JSON.stringify({
      citations: ['TimeoutError: timed out'],
      mechanism: 'The service accepts the connection and does not answer.',
      suspects: [],
      rootCause: 'The service behind SERVICE_URL is down. Nothing in the repository causes it.',
      kind: 'outside',
      files: [],
      change: 'Nothing here; ask the owners of the service.',
      leave: 'The time-out of the request.',
      risk: 'low',
      confidence: 0.9,
    }),
  );
  const sha = await world.simulator.github.push(repository, push);
  const incident = await world.until(repository, (one) => one.state === 'closed');
  expect(incident.stopReason).toBe('outside');
  expect(incident.caseFile.triage?.reruns.map((rerun) => rerun.attempt)).toEqual([2, 3]);
  const comments = z
    .array(z.object({ body: z.string() }))
    .parse(await world.person().get(`/repos/${repository}/commits/${sha}/comments`));
  expect(comments).toHaveLength(1);
  expect(comments[0]?.body).toContain('SERVICE_URL is down');
}, 90_000);
