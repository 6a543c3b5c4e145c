// What a healed incident leaves on GitHub, whatever happened to the App meanwhile: one of everything.
import { expect } from '@jest/globals';
import { z } from 'zod';
import type { Stage } from './stage.ts';

const Pulls = z.array(z.object({ number: z.number(), head: z.object({ ref: z.string(), sha: z.string() }) }));
const Named = z.array(z.object({ name: z.string() }));
const Commits = z.array(z.object({ sha: z.string(), commit: z.object({ message: z.string() }) }));
const Runs = z.object({ workflow_runs: z.array(z.object({ event: z.string(), display_title: z.string() })) });
export const Comments = z.array(z.object({ body: z.string() }));

/** One of everything, however often the App died over it. */
export async function expectOneHeal(world: Stage, repository: string): Promise<void> {
  await world.simulator.github.idle();
  const ada = world.person();
  const pulls = Pulls.parse(await ada.get(`/repos/${repository}/pulls?state=all`));
  expect(pulls).toHaveLength(1);
  const [pull] = pulls;
  const branches = Named.parse(await ada.get(`/repos/${repository}/branches`)).map((branch) => branch.name);
  expect(branches.sort()).toEqual(['main', pull?.head.ref]);
  const commits = Commits.parse(await ada.get(`/repos/${repository}/pulls/${pull?.number}/commits`));
  expect(commits.map(({ sha }) => sha)).toEqual([pull?.head.sha]);
  expect(commits[0]?.commit.message).not.toContain('skip-checks');
  const checks = z
    .object({ check_runs: Named })
    .parse(await ada.get(`/repos/${repository}/commits/${pull?.head.sha}/check-runs`)).check_runs;
  expect(checks).toContainEqual(expect.objectContaining({ name: 'Self-Heal proof' }));
  const runs = Runs.parse(await ada.get(`/repos/${repository}/actions/runs`)).workflow_runs;
  expect(runs.filter((run) => run.event === 'workflow_dispatch')).toEqual([
    expect.objectContaining({ display_title: expect.stringMatching(/ attempt 1$/) }),
  ]);
  expect(runs.filter((run) => run.event === 'pull_request')).toHaveLength(1);
  expect(Comments.parse(await ada.get(`/repos/${repository}/issues/${pull?.number}/comments`))).toEqual([]);
}
