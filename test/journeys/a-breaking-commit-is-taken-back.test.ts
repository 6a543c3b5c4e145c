import { afterEach, expect, it } from '@jest/globals';
import { z } from 'zod';
import { accepted, asks, breakingPush, calculator, diagnosisReply, sound } from './calculator.ts';
import { type Stage, stage } from './stage.ts';

const repository = 'acme/calculator';
let world: Stage;
afterEach(() => world.close());

const Pull = z.object({ title: z.string(), body: z.string(), head: z.object({ sha: z.string() }) });
const Commit = z.object({ files: z.array(z.object({ filename: z.string(), sha: z.string() })) });
const Content = z.object({ content: z.string() });

it('a breaking commit is taken back byte for byte, where the diagnosis says that this is better', async () => {
  world = await stage({ [repository]: calculator });
  await world.startApp();
  const { gemini, github } = world.simulator;
  const sha = await github.push(repository, breakingPush);
  const revert = { commit: sha.slice(0, 9), why: 'It was meant to change nothing.' };
  gemini.reply(diagnosisReply({ revert }), asks.diagnose);
  gemini.reply(accepted, asks.critique);

  const incident = await world.until(repository, (one) => one.step === 'settle' && one.state === 'waiting');
  expect(incident.caseFile.evidence?.inverse).toMatchObject({
    sha,
    files: [{ path: 'calculator/calc.py', parent: sound }],
  });
  expect(incident.timeline.map(({ kind, step }) => `${step} ${kind}`)).toContain('diagnose back');
  const ada = world.person();
  const pull = Pull.parse(await ada.get(`/repos/${repository}/pulls/1`));
  expect(pull.title).toContain('back out');
  const { files } = Commit.parse(await ada.get(`/repos/${repository}/commits/${pull.head.sha}`));
  expect(files.map(({ filename }) => filename)).toEqual(['calculator/calc.py']);
  const at = `/repos/${repository}/contents/calculator/calc.py?ref=${pull.head.sha}`;
  expect(Buffer.from(Content.parse(await ada.get(at)).content, 'base64').toString()).toBe(sound);
  // Asked for the cause once, and for a second look: the model wrote none of it.
  expect(gemini.calls()).toHaveLength(2);
  const asked = github.requests().filter(({ as, path }) => as === 'installation' && path !== '/installation/token');
  expect(asked.map(({ method, path }) => `${method} ${path}`).slice(19)).toEqual([]);
}, 90_000);
