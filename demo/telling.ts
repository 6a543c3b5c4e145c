// One story, from what a person does to the incident's end: begins it, follows the App's steps, and reckons what it took.
import { z } from 'zod';
import type { Simulator } from '../simulator/simulator.ts';
import type { StepLine } from './app-process.ts';
import type { StoryResult } from './progress.ts';
import type { Person, Story } from './story.ts';

export interface Telling {
  /** Every step that the App logs for the story's repository. */
  heard(line: StepLine): void;
  /** Ends the story where it stands. */
  giveUp(why: string): void;
  result: Promise<StoryResult>;
}

const Pulls = z.array(z.object({ html_url: z.string() }));

export function tell(story: Story, fullName: string, simulator: Simulator, person: Person): Telling {
  const startedAtMs = Date.now();
  const lines: StepLine[] = [];
  const { promise: end, resolve: ended } = Promise.withResolvers<{ how: string; asExpected: boolean }>();
  const giveUp = (why: string) => ended({ how: why, asExpected: false });

  async function result(): Promise<StoryResult> {
    const begun = story.begin(simulator.github, person, fullName);
    begun.catch((error: unknown) => giveUp(`not begun: ${error instanceof Error ? error.message : String(error)}`));
    const { how, asExpected } = await end;
    const elapsedMs = Date.now() - startedAtMs;
    const amiss = asExpected ? await story.amiss(person, fullName) : undefined;
    return {
      title: story.title,
      repository: fullName,
      ended: amiss ? `${how}, but ${amiss}` : how,
      asExpected: asExpected && amiss === undefined,
      stages: stagesOf(lines, startedAtMs),
      apiRequests: requestsAbout(fullName, simulator),
      tokens: lines.reduce((sum, line) => sum + line.tokens, 0),
      elapsedMs,
      link: await linkOf(fullName, simulator, person),
    };
  }

  return {
    heard(line) {
      lines.push(line);
      if (line.state === 'closed') {
        const how = line.stopReason ?? 'closed';
        ended({ how, asExpected: 'closed' in story.expects && story.expects.closed === how });
      } else if (line.state === 'waiting' && line.step === 'settle')
        ended({ how: 'pull request open', asExpected: 'waits' in story.expects });
    },
    giveUp,
    result: result(),
  };
}

/** What the App asked of GitHub for this repository; a GraphQL request names it in its variables. */
function requestsAbout(fullName: string, simulator: Simulator): number {
  const name = fullName.split('/')[1] ?? fullName;
  const asked = simulator.github.requests().filter(({ as }) => as === 'installation');
  return asked.filter(({ path, body }) =>
    path.startsWith('/graphql') ? JSON.stringify(body).includes(`"${name}"`) : path.startsWith(`/repos/${fullName}`),
  ).length;
}

/** A stage's time is from the end of the one before: what it did, and what it waited for. */
function stagesOf(lines: readonly StepLine[], startedAtMs: number): { step: string; ms: number }[] {
  const stages = new Map<string, number>();
  let before = startedAtMs;
  for (const line of lines) {
    stages.set(line.step, (stages.get(line.step) ?? 0) + line.time - before);
    before = line.time;
  }
  return [...stages].map(([step, ms]) => ({ step, ms }));
}

async function linkOf(fullName: string, simulator: Simulator, person: Person): Promise<string> {
  const [pull] = await person.read(`/repos/${fullName}/pulls?state=all`, Pulls);
  return pull?.html_url ?? `${simulator.url}/${fullName}/actions`;
}
