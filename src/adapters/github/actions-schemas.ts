// The parts of GitHub's answers about Actions that are used → our own summaries; whatever else GitHub sends is ignored.
import { z } from 'zod';
import type { Annotation, ArtifactSummary, JobSummary, RunSummary } from '../../ports.ts';
import { DateTime, Id, Sha } from './schemas.ts';

const Times = { started_at: DateTime.nullish(), completed_at: DateTime.nullish() };

interface Times {
  started_at?: Date | null | undefined;
  completed_at?: Date | null | undefined;
}

const timesOf = ({ started_at, completed_at }: Times): { startedAt?: Date; completedAt?: Date } => ({
  ...(started_at ? { startedAt: started_at } : {}),
  ...(completed_at ? { completedAt: completed_at } : {}),
});

const Step = z.looseObject({ number: z.number().int(), name: z.string(), conclusion: z.string().nullable(), ...Times });

const Job = z
  .looseObject({
    id: Id,
    name: z.string(),
    conclusion: z.string().nullable(),
    html_url: z.string().nullable(),
    steps: z.array(Step).optional(),
    ...Times,
  })
  .transform(
    (job): JobSummary => ({
      id: job.id,
      name: job.name,
      conclusion: job.conclusion,
      url: job.html_url ?? '',
      ...timesOf(job),
      steps: (job.steps ?? []).map((step) => ({
        number: step.number,
        name: step.name,
        conclusion: step.conclusion,
        ...timesOf(step),
      })),
    }),
  );
export const JobPage = z.looseObject({ jobs: z.array(Job) });

const RunFields = z.looseObject({
  id: Id,
  run_attempt: z.number().int().positive().optional(),
  status: z.string().nullable(),
  conclusion: z.string().nullable(),
  head_sha: Sha,
  head_branch: z.string().nullable(),
  path: z.string(),
  display_title: z.string().nullish(),
  created_at: DateTime,
  html_url: z.string(),
  updated_at: DateTime.nullish(),
  name: z.string().nullish(),
  event: z.string().nullish(),
  repository: z.looseObject({ id: Id }).nullish(),
  head_repository: z.looseObject({ id: Id }).nullish(),
});

export const Run = RunFields.transform(
  (run): RunSummary => ({
    id: run.id,
    attempt: run.run_attempt ?? 1,
    status: run.status ?? 'unknown',
    conclusion: run.conclusion,
    headSha: run.head_sha,
    headBranch: run.head_branch,
    // A workflow of another repository or ref is shown as `path@ref`.
    workflowPath: run.path.replace(/@.*$/, ''),
    title: run.display_title ?? '',
    createdAt: run.created_at,
    url: run.html_url,
    ...(run.updated_at ? { updatedAt: run.updated_at } : {}),
    ...(run.name ? { name: run.name } : {}),
    ...(run.event ? { event: run.event } : {}),
    isOfFork: !run.head_repository || run.head_repository.id !== run.repository?.id,
  }),
);
export const RunPage = z.looseObject({ workflow_runs: z.array(Run) });

export const DispatchedRun = z
  .looseObject({ workflow_run_id: Id, html_url: z.string() })
  .transform((run) => ({ runId: run.workflow_run_id, url: run.html_url }));

export const JobAnnotation = z
  .looseObject({
    path: z.string(),
    start_line: z.number().int(),
    end_line: z.number().int(),
    annotation_level: z.enum(['notice', 'warning', 'failure']).nullable(),
    title: z.string().nullable(),
    message: z.string().nullable(),
  })
  .transform(
    (one): Annotation => ({
      path: one.path,
      startLine: one.start_line,
      endLine: one.end_line,
      level: one.annotation_level ?? 'notice',
      title: one.title ?? '',
      message: one.message ?? '',
    }),
  );

const Artifact = z
  .looseObject({ id: Id, name: z.string(), expired: z.boolean(), size_in_bytes: z.number() })
  .transform(
    ({ id, name, expired, size_in_bytes }): ArtifactSummary => ({ id, name, expired, sizeBytes: size_in_bytes }),
  );
export const ArtifactPage = z.looseObject({ artifacts: z.array(Artifact) });
