import { afterEach, expect, it } from '@jest/globals';
import { z } from 'zod';
import { breakingPush, calculator } from './calculator.ts';
import { type Stage, stage } from './stage.ts';

const repository = 'acme/calculator';
const policyPath = '.github/self-heal.yml';
const policy = (branch: string, text: string) => ({
  ...{ branch, files: { [policyPath]: text }, message: `policy: ${text.trim()}`, author: 'ada' },
});

let world: Stage;
afterEach(() => world.close());

const Comments = z.array(z.object({ id: z.number(), body: z.string(), user: z.object({ type: z.string() }) }));
type Comments = z.infer<typeof Comments>;

const withinMs = 60_000;

/** Waits until there is such a comment, and then for whatever else may be said. */
async function said(of: string, text: string): Promise<Comments> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const comments = Comments.parse(await world.person().get(`/repos/${repository}/${of}/comments`));
    if (comments.some(({ body }) => body.includes(text))) return comments;
    if (Date.now() > deadline) throw new Error(`nobody said "${text}": ${JSON.stringify(comments)}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

it('a mistake in the policy is answered where it was made', async () => {
  // Off, and so more careful than what holds where no version is valid: then the model would be asked.
  world = await stage({ [repository]: { ...calculator, [policyPath]: 'mode: off\n' } });
  await world.startApp();
  const { github, gemini } = world.simulator;

  const mistaken = await github.push(repository, policy('main', '# What we want of it\nmode: of\n'));
  const onCommit = await said(`commits/${mistaken}`, '`.github/self-heal.yml` has a mistake');
  expect(onCommit).toHaveLength(1);
  expect(onCommit[0]).toMatchObject({
    user: { type: 'Bot' },
    body: expect.stringMatching(
      /^\| 2 \| `mode` \| .*is not one of off, shadow, diagnose, propose, auto-merge\. Did you mean off\?/m,
    ),
  });
  expect(onCommit[0]?.body).toContain('the last version without mistakes stays in force');

  await github.push(repository, breakingPush);
  const incident = await world.until(repository, (one) => one.state === 'closed');
  expect(incident).toMatchObject({ stopReason: 'disabled', stopDetail: expect.stringContaining('stays in force') });
  expect(gemini.calls()).toEqual([]);

  await github.push(repository, policy('limits', 'mode: off\nattempts: 9\nlimits:\n  fils: 3\n'));
  await world.person().post(`/repos/${repository}/pulls`, { title: 'Limits', head: 'limits', base: 'main' });
  const onPull = await said('issues/1', '`.github/self-heal.yml` has 2 mistakes');
  expect(onPull).toHaveLength(1);
  expect(onPull[0]?.body).toMatch(/^\| 2 \| `attempts` \| has to be a whole number, 1 to 5, not 9/m);
  expect(onPull[0]?.body).toMatch(/^\| 4 \| `limits\.fils` \| .*Did you mean limits\.files\?/m);

  await github.push(repository, policy('limits', 'mode: off\nattempts: 5\nlimits:\n  files: 3\n'));
  const afterwards = await said('issues/1', 'has no mistakes any more');
  expect(afterwards.map(({ id }) => id)).toEqual(onPull.map(({ id }) => id));
  await github.idle();
  expect(await said(`commits/${mistaken}`, 'has a mistake')).toHaveLength(1);
}, 180_000);
