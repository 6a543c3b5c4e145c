// A case in its world → the incident at its end: a green history first, then the breaking push or the issue.
import { z } from 'zod';
import type { Incident } from '../src/incident/incident.ts';
import type { Case } from './case.ts';
import { CaseFault } from './case-fault.ts';
import { workflows } from './workflows.ts';
import type { World } from './world.ts';

const Run = z.object({ id: z.number(), head_sha: z.string(), conclusion: z.string().nullable() });
type Run = z.infer<typeof Run>;
const Runs = z.object({ workflow_runs: z.array(Run) });
const Jobs = z.object({ jobs: z.array(z.object({ id: z.number() })) });
const Issue = z.object({ number: z.number() });
const pollMs = 100;
const logCharacters = 1_500;

/** The incident where it closed, or where it waits for people to merge. */
export async function playCase(one: Case, world: World, signal: AbortSignal): Promise<Incident> {
  const sound = await push(await workflows(one), 'ci: run the tests on every push', world);
  const red = (await runsOf(sound, world, signal)).find((run) => run.conclusion !== 'success');
  if (red) throw new CaseFault(`\`command\` fails on sound/, which has to be green:\n${await endOfLog(red, world)}`);
  world.listen();
  if (one.issue) {
    const { number } = await world.ask(`/repos/${world.repository}/issues`, Issue, one.issue);
    const labels = { labels: ['auto-heal'] };
    await world.ask(`/repos/${world.repository}/issues/${number}/labels`, z.unknown(), labels);
  } else {
    const broken = await push(one.broken, one.breaks ?? '', world);
    if ((await runsOf(broken, world, signal)).every((run) => run.conclusion === 'success'))
      throw new CaseFault('`command` passes with break/ laid over sound/: nothing is broken.');
  }
  for (;;) {
    signal.throwIfAborted();
    const incident = (await world.incidents()).at(-1);
    if (incident?.state === 'closed' || (incident?.state === 'waiting' && incident.step === 'settle')) return incident;
    const fault = replyFault(world, incident?.timeline.at(-1)?.text);
    if (fault) throw new CaseFault(fault);
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
}

const push = (files: Record<string, string>, message: string, { simulator, repository }: World): Promise<string> =>
  simulator.github.push(repository, { branch: 'main', files, message, author: 'ada' });

async function runsOf(sha: string, world: World, signal: AbortSignal): Promise<Run[]> {
  await unlessAborted(world.simulator.github.idle(), signal);
  const { workflow_runs: runs } = await world.ask(`/repos/${world.repository}/actions/runs`, Runs);
  return runs.filter((run) => run.head_sha === sha);
}

async function endOfLog(run: Run, { ask, read, repository }: World): Promise<string> {
  const { jobs } = await ask(`/repos/${repository}/actions/runs/${run.id}/jobs`, Jobs);
  const log = await read(`/repos/${repository}/actions/jobs/${jobs[0]?.id}/logs`);
  const withoutTimes = log.trimEnd().replace(/^\S+Z /gm, '');
  return withoutTimes.slice(-logCharacters);
}

async function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  const aborted = Promise.withResolvers<never>();
  const abort = () => aborted.reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([promise, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

/** The simulated Gemini answers 400 where the script is at fault, and the App stops. */
function replyFault({ simulator, complaints }: World, lastEntry = ''): string | undefined {
  const call = simulator.gemini.calls().find(({ status, answeredBy }) => status === 400 && answeredBy !== 'refused');
  if (!call) return undefined;
  const question = call.prompt.trimEnd().split('\n').at(-1) ?? '';
  const what =
    call.answeredBy === 'nothing'
      ? `no recorded reply is left for the question that ends "${question}"`
      : `replies/${call.answeredBy} is not what the question that ends "${question}" demands: its JSON or a slot does not fit`;
  const said = complaints().find((line) => line.includes(call.answeredBy));
  return [`${what}.`, `Before that: ${lastEntry}`, ...(said === undefined ? [] : [said.slice(0, 1_000)])].join('\n');
}
