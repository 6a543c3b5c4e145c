import { afterEach, expect, it } from '@jest/globals';
import { z } from 'zod';
import type { SetupState } from '../../src/incident/setup.ts';
import { accepted, asks, breakingPush, calculator, diagnosisReply, rightPatch } from './calculator.ts';
import { sandboxEngine } from './sandbox-engine.ts';
import { type Stage, stage } from './stage.ts';

const repository = 'acme/calculator';
const workflowPath = '.github/workflows/self-heal.yml';
const { [workflowPath]: _, ...ordinary } = calculator;

let world: Stage;
afterEach(() => world.close());

const Issues = z.array(z.object({ number: z.number(), title: z.string(), body: z.string(), state: z.string() }));
const Comments = z.array(z.object({ body: z.string() }));
const Content = z.object({ content: z.string() });

const issues = async () => Issues.parse(await world.person().get(`/repos/${repository}/issues?state=all`));

async function untilSetUp(state: SetupState, also: (workflowAt: string | null) => boolean = () => true): Promise<void> {
  const deadline = Date.now() + 120_000;
  for (;;) {
    const setup = await world.app().store.loadSetup(repository);
    if (setup?.state === state && also(setup.workflowAt)) return;
    if (Date.now() > deadline) throw new Error(`the set-up is not ${state}: ${JSON.stringify(setup)}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

const plain = (html: string): string =>
  html
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');

/** As a browser does it: follows the link of the issue's page, and presses the button of the form that it finds there. */
async function commitByTheLink(issue: number): Promise<void> {
  const { url } = world.simulator;
  const page = await (await fetch(`${url}/${repository}/issues/${issue}`)).text();
  const link = plain(/href="([^"]*\/new\/[^"]*)"/.exec(page)?.[1] ?? '');
  expect(link).toContain(`${url}/${repository}/new/main?filename=${workflowPath}&value=`);
  const form = await (await fetch(link, { headers: { cookie: 'user=ada' } })).text();
  const filename = plain(/name="filename" value="([^"]*)"/.exec(form)?.[1] ?? '');
  const value = plain(/<textarea name="value"[^>]*>([\s\S]*?)<\/textarea>/.exec(form)?.[1] ?? '');
  const { name: engine } = await sandboxEngine();
  const answer = await fetch(link, {
    method: 'POST',
    redirect: 'manual',
    headers: { origin: url, cookie: 'user=ada' },
    // On a machine without a sandbox the person has to say so; anywhere else it is one click.
    body: new URLSearchParams({
      ...{ filename, message: '' },
      value: engine === 'none' ? value.replace(/^( +)command:/m, '$1engine: none\n$&') : value,
    }),
  });
  expect(answer.status).toBe(303);
}

it('a repository is set up with one click', async () => {
  world = await stage({ [repository]: ordinary }, { installedBefore: false });
  await world.startApp();
  const { gemini, github } = world.simulator;
  world.person('ada', 'admin');

  await untilSetUp('open');
  const [issue] = await issues();
  expect(issue).toMatchObject({ number: 1, title: 'Set up Self-Heal', state: 'open' });
  expect(issue?.body).toContain('Made from the job `test` of `.github/workflows/ci.yml`');
  expect(issue?.body).toContain(`- [ ] **[Open the drafted workflow`);

  await commitByTheLink(1);
  await untilSetUp('open', (workflowAt) => workflowAt !== null);
  expect((await issues())[0]?.body).toContain(`- [x] \`${workflowPath}\` is there`);

  gemini.reply(diagnosisReply(), asks.diagnose);
  gemini.reply(rightPatch, asks.propose);
  gemini.reply(accepted, asks.critique);
  await github.push(repository, breakingPush);
  const incident = await world.until(repository, (one) => one.step === 'settle' && one.state === 'waiting', 120_000);
  expect(incident.caseFile.validation?.verdict).toBe('proven');
  await untilSetUp('done');
  await github.idle();

  const ada = world.person();
  const all = await issues();
  expect(all.filter(({ title }) => title === 'Set up Self-Heal')).toEqual([
    expect.objectContaining({
      number: 1,
      state: 'closed',
      body: expect.stringContaining('- [x] The first validation'),
    }),
  ]);
  const said = Comments.parse(await ada.get(`/repos/${repository}/issues/1/comments`));
  expect(said).toEqual([{ body: expect.stringContaining('The first validation ran') }]);
  // Nobody wrote a line of it.
  const file = Content.parse(await ada.get(`/repos/${repository}/contents/${workflowPath}`));
  expect(Buffer.from(file.content, 'base64').toString()).toContain('Drafted by Self-Heal');
  expect(gemini.leftovers()).toEqual([]);
}, 240_000);
