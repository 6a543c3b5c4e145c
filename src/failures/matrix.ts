// The jobs of a run → what failed where: which jobs of a matrix failed, which passed, and what sets them apart.

export interface JobResult {
  name: string;
  conclusion: string | null;
}

export interface JobGroup {
  /** The job's name without its matrix values: `test`. */
  name: string;
  failed: string[];
  passed: string[];
  /** Cancelled or skipped: they tell nothing. */
  other: string[];
  /** Values that all failed jobs have and no passed one: `windows-latest`. */
  onlyWith: string[];
}

const hasFailed = (conclusion: string | null): boolean => conclusion === 'failure' || conclusion === 'timed_out';

/** GitHub names a matrix job `test (ubuntu-latest, 20)`; people's own names for them have no such form and stand alone. */
export function jobGroups(jobs: readonly JobResult[]): JobGroup[] {
  const groups = new Map<string, JobGroup>();
  for (const { name, conclusion } of jobs) {
    const base = baseOf(name);
    const group = groups.get(base) ?? { name: base, failed: [], passed: [], other: [], onlyWith: [] };
    groups.set(base, group);
    (hasFailed(conclusion) ? group.failed : conclusion === 'success' ? group.passed : group.other).push(name);
  }
  for (const group of groups.values()) group.onlyWith = apart(group.failed, group.passed);
  return [...groups.values()];
}

const matrixName = /^(.{1,200}?) ?\(([^()]{1,300})\)$/;

const baseOf = (name: string): string => matrixName.exec(name)?.[1] ?? name;

const valuesOf = (name: string): string[] =>
  (matrixName.exec(name)?.[2] ?? '').split(/,\s*/).filter((value) => value !== '');

function apart(failed: readonly string[], passed: readonly string[]): string[] {
  const [first, ...others] = failed.map(valuesOf);
  if (!first || passed.length === 0) return [];
  const elsewhere = new Set(passed.flatMap(valuesOf));
  return first.filter((value) => !elsewhere.has(value) && others.every((values) => values.includes(value)));
}

/** One line a group that has a failed job: `test: 2 of 6 failed, all with windows-latest and none of the others; passed: …`. */
export function matrixInWords(jobs: readonly JobResult[]): string[] {
  return jobGroups(jobs)
    .filter((group) => group.failed.length > 0)
    .map(({ name, failed, passed, onlyWith }) => {
      const all = failed.length + passed.length;
      if (all === 1) return `${name}: failed`;
      const where = passed.length === 0 ? 'all of them' : `failed: ${listed(failed)}; passed: ${listed(passed)}`;
      const what = onlyWith.length > 0 ? `; only those with ${onlyWith.join(' and ')} fail` : '';
      return `${name}: ${failed.length} of ${all} failed (${where}${what})`;
    });
}

const listed = (names: readonly string[]): string =>
  names.length <= 6 ? names.join(', ') : `${names.slice(0, 6).join(', ')} and ${names.length - 6} more`;

/** The failed jobs worth reading, unlike ones first: the second shard of a matrix rarely says more than the first. */
export function jobsWorthReading<Job extends JobResult>(jobs: readonly Job[], limit: number): Job[] {
  const failed = jobs.filter((job) => hasFailed(job.conclusion));
  const seen = new Map<string, number>();
  const ranked = failed.map((job) => {
    const turn = seen.get(baseOf(job.name)) ?? 0;
    seen.set(baseOf(job.name), turn + 1);
    return { job, turn };
  });
  return ranked
    .sort((a, b) => a.turn - b.turn)
    .slice(0, limit)
    .map(({ job }) => job);
}
