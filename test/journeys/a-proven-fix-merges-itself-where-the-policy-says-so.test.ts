import { afterEach, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { z } from 'zod';
import { openStore } from '../../src/adapters/database/store.ts';
import { delivery } from '../adapters/database/moves.ts';
import { sampleIncident } from '../adapters/database/sample-incident.ts';
import { diagnosis, openReview } from '../incident/sample.ts';
import { accepted, asks, breakingPush, calculator, diagnosisReply, rightPatch } from './calculator.ts';
import { type Stage, stage } from './stage.ts';

const repository = 'acme/calculator';
const policy = `mode: auto-merge
auto-merge:
  paths: ['calculator/**']
`;
let world: Stage;
afterEach(() => world.close());

/** Five fixes of this repository that were merged and held. */
async function goodPast(): Promise<void> {
  const store = await openStore({ dataDirectory: world.env.SELF_HEAL_DATA ?? '', log: pino({ level: 'silent' }) });
  for (let count = 0; count < 5; count += 1) {
    const at = { owner: 'acme', name: 'calculator', defaultBranch: 'main', installationId: 7, private: false };
    const opened = sampleIncident({ repository: at });
    await store.receive(delivery(), opened);
    const caseFile = { ...opened.caseFile, diagnosis: { ...diagnosis, confidence: 0.95 }, review: openReview };
    const ended = { revision: 1, state: 'closed', step: 'learn', stopReason: 'healed' } as const;
    const closedAt = new Date(Date.now() - 86_400_000).toISOString();
    await store.save({ incident: { ...opened, ...ended, closedAt, caseFile }, job: null });
  }
  await store.close();
}

const Pull = z.object({ merged: z.boolean(), merged_by: z.object({ login: z.string() }).nullable() });
const Commit = z.object({ commit: z.object({ message: z.string() }) });
const Comments = z.array(z.object({ body: z.string() }));

it('a proven fix merges itself where the policy says so, once the required check is green', async () => {
  world = await stage({ [repository]: { ...calculator, '.github/self-heal.yml': policy } });
  await goodPast();
  const ada = world.person('acme', 'admin');
  await ada.patch(`/repos/${repository}`, { allow_auto_merge: true });
  await ada.put(`/repos/${repository}/branches/main/protection`, {
    required_status_checks: { strict: false, contexts: ['test'] },
    enforce_admins: true,
    required_pull_request_reviews: null,
    restrictions: null,
  });
  await world.startApp();
  const { gemini, github } = world.simulator;
  gemini.reply(diagnosisReply(), asks.diagnose);
  gemini.reply(rightPatch, asks.propose);
  gemini.reply(accepted, asks.critique);

  await github.push(repository, breakingPush);
  const incident = await world.until(repository, (one) => one.step === 'watch' && one.state === 'waiting');
  await github.idle();

  const said = incident.timeline.map(({ text }) => text).join('\n');
  expect(said).toContain('GitHub merges it by itself once the branch’s rules are met (squash; confidence 93 %).');
  const { pullNumber, mergedSha } = incident.caseFile.review ?? {};
  const pull = Pull.parse(await ada.get(`/repos/${repository}/pulls/${pullNumber}`));
  expect(pull).toEqual({ merged: true, merged_by: { login: github.app.botLogin } });
  const { commit } = Commit.parse(await ada.get(`/repos/${repository}/commits/${mergedSha}`));
  expect(commit.message).toContain(`(#${pullNumber})`);
  expect(commit.message).toContain(`Incident: ${incident.id}`);
  const comments = Comments.parse(await ada.get(`/repos/${repository}/issues/${pullNumber}/comments`));
  expect(comments).toEqual([{ body: expect.stringContaining('Disable auto-merge') }]);
  // The one merge to the branch that was not pushed by people: after the check of the repository's own workflow.
  const asked = github.requests().map(({ method, path }) => `${method} ${path}`);
  expect(asked.filter((one) => one.startsWith('PUT') && one.endsWith('/merge'))).toEqual([]);
}, 90_000);
