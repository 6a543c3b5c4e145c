// A failure that people were left with → the first green run of the same workflow and branch after it, and what changed until then.
import type { ScoreboardEntry, TheirFix } from '../../incident/scoreboard.ts';
import type { FileChange, GitHub, RunSummary } from '../../ports.ts';
import { minutesBetween } from './entry.ts';
import { changedLines, touchedFunctions } from './touched-functions.ts';

type Reader = Pick<GitHub, 'run' | 'runsOf' | 'compare' | 'files'>;

const mostFiles = 20;
const maxBytesPerFile = 256_000;

/** Undefined as long as there is none. Four requests at most. */
export async function theirFix({ run, openedAt }: ScoreboardEntry, github: Reader): Promise<TheirFix | undefined> {
  if (!run) return undefined;
  const same = await github.run(run.id);
  if (same?.conclusion === 'success') return passedAgain(same, openedAt);
  const query = { branch: run.branch, createdAfter: new Date(openedAt), status: 'success' } as const;
  // Newest first: of the fifty that GitHub tells, the one that came first.
  const green = (await github.runsOf(run.workflowPath, query)).at(-1);
  if (!green) return undefined;
  if (green.headSha === run.headSha) return passedAgain(green, openedAt);
  const between = await github.compare(run.headSha, green.headSha);
  if (!between || between.status === 'behind' || between.status === 'identical') return undefined;
  return {
    ...{ kind: 'fixed', sha: green.headSha, runUrl: green.url, minutes: minutesTo(green, openedAt) },
    files: between.files.map(({ path }) => path),
    functions: await functionsOf(between.files.slice(0, mostFiles), green.headSha, github),
  };
}

const passedAgain = (run: RunSummary, openedAt: string): TheirFix => ({
  ...{ kind: 'passed-again', sha: run.headSha, runUrl: run.url, minutes: minutesTo(run, openedAt) },
  ...{ files: [], functions: [] },
});

const minutesTo = ({ createdAt, updatedAt = createdAt }: RunSummary, openedAt: string): number =>
  minutesBetween(openedAt, updatedAt.toISOString());

async function functionsOf(files: readonly FileChange[], sha: string, github: Reader): Promise<string[]> {
  const there = files.filter(({ status }) => status !== 'removed');
  if (there.length === 0) return [];
  const paths = there.map(({ path }) => path);
  const texts = await github.files(sha, paths, maxBytesPerFile);
  const names = await Promise.all(
    there.map(({ path, patch }) => touchedFunctions(path, texts.get(path) ?? '', changedLines(patch))),
  );
  return names.flat();
}
