// What `needs:` says of a workflow's jobs: who waits for whom, and whether that can ever end.
import type { Job } from './workflow.ts';

export const neededBy = (job: Job): string[] => job.needs ?? [];

/** All jobs that `key` waits for, directly or through others; `success()` asks after all of them. */
export function ancestorsOf(jobs: Map<string, Job>, key: string, seen = new Set<string>()): Set<string> {
  const job = jobs.get(key);
  for (const need of job ? neededBy(job) : []) {
    if (seen.has(need)) continue;
    seen.add(need);
    ancestorsOf(jobs, need, seen);
  }
  return seen;
}

/** Why these jobs could never all run, in GitHub's words. */
export function graphProblem(jobs: Map<string, Job>): { key: string; message: string } | undefined {
  for (const [key, job] of jobs) {
    for (const need of neededBy(job)) {
      if (!jobs.has(need)) return { key, message: `Job '${key}' depends on unknown job '${need}'.` };
    }
  }
  for (const [key, job] of jobs) {
    const circle = neededBy(job).find((need) => need === key || ancestorsOf(jobs, need).has(key));
    if (circle) {
      return { key, message: `Job '${key}' depends on job '${circle}' which creates a cycle in the dependency graph.` };
    }
  }
  return undefined;
}
