// The parts of GitHub's answers that are used → our own summaries; whatever else GitHub sends is ignored.
import { z } from 'zod';
import type { CommitSummary, JobSummary, PullSummary, ReviewSummary, RunSummary } from '../../ports.ts';

const Id = z.number().int().positive();
const Sha = z.string().regex(/^[0-9a-f]{40}([0-9a-f]{24})?$/);
const DateTime = z.iso.datetime({ offset: true }).transform((text) => new Date(text));
/** Null for a deleted account, which GitHub shows as `ghost`. */
const Account = z.looseObject({ login: z.string(), type: z.string().optional() }).nullish();

export const Ignored = z.unknown();

const Job = z
  .looseObject({
    id: Id,
    name: z.string(),
    conclusion: z.string().nullable(),
    html_url: z.string().nullable(),
    steps: z
      .array(z.looseObject({ number: z.number().int(), name: z.string(), conclusion: z.string().nullable() }))
      .optional(),
  })
  .transform(
    (job): JobSummary => ({
      id: job.id,
      name: job.name,
      conclusion: job.conclusion,
      url: job.html_url ?? '',
      steps: (job.steps ?? []).map(({ number, name, conclusion }) => ({ number, name, conclusion })),
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
  }),
);
export const RunPage = z.looseObject({ workflow_runs: z.array(Run) });

export const DispatchedRun = z
  .looseObject({ workflow_run_id: Id, html_url: z.string() })
  .transform((run) => ({ runId: run.workflow_run_id, url: run.html_url }));

export const ArtifactPage = z.looseObject({
  artifacts: z.array(z.looseObject({ id: Id, name: z.string(), expired: z.boolean(), size_in_bytes: z.number() })),
});

export const Ref = z.looseObject({ object: z.looseObject({ sha: Sha }) }).transform((ref) => ref.object.sha);

export const Commit = z
  .looseObject({
    sha: Sha,
    commit: z.looseObject({
      message: z.string(),
      tree: z.looseObject({ sha: Sha }),
      author: z.looseObject({ name: z.string().optional() }).nullable(),
    }),
    author: z.looseObject({ login: z.string().optional() }).nullish(),
    parents: z.array(z.looseObject({ sha: Sha })),
    files: z
      .array(
        z.looseObject({
          filename: z.string(),
          previous_filename: z.string().optional(),
          status: z.string(),
          patch: z.string().optional(),
        }),
      )
      .optional(),
  })
  .transform(
    (commit): CommitSummary => ({
      sha: commit.sha,
      treeSha: commit.commit.tree.sha,
      parents: commit.parents.map(({ sha }) => sha),
      message: commit.commit.message,
      author: commit.author?.login ?? commit.commit.author?.name ?? 'ghost',
      files: (commit.files ?? []).map((file) => ({
        path: file.filename,
        ...(file.previous_filename === undefined ? {} : { previousPath: file.previous_filename }),
        status: file.status,
        patch: file.patch ?? '',
      })),
    }),
  );

export const NewObject = z.looseObject({ sha: Sha });
export const NewGitCommit = z
  .looseObject({ sha: Sha, tree: z.looseObject({ sha: Sha }) })
  .transform((commit) => ({ sha: commit.sha, treeSha: commit.tree.sha }));

export const Tree = z.looseObject({
  truncated: z.boolean(),
  tree: z.array(z.looseObject({ path: z.string(), mode: z.string(), size: z.number().optional() })),
});

export const Pull = z
  .looseObject({
    number: Id,
    html_url: z.string(),
    state: z.enum(['open', 'closed']),
    /** Lists leave both out. */
    merged_by: Account,
    merge_commit_sha: z.string().nullish(),
    merged_at: DateTime.nullable(),
    draft: z.boolean().optional(),
    head: z.looseObject({ sha: Sha }),
    base: z.looseObject({ ref: z.string() }),
  })
  .transform((pull): PullSummary => {
    const merged = pull.merged_at !== null;
    return {
      number: pull.number,
      url: pull.html_url,
      state: pull.state,
      merged,
      // Of an open pull request this is a trial merge.
      mergedSha: merged ? (pull.merge_commit_sha ?? null) : null,
      mergedAt: pull.merged_at,
      closedBy: merged ? (pull.merged_by?.login ?? null) : null,
      headSha: pull.head.sha,
      baseBranch: pull.base.ref,
      draft: pull.draft ?? false,
    };
  });

export const Review = z
  .looseObject({
    id: Id,
    user: Account,
    state: z.enum(['APPROVED', 'CHANGES_REQUESTED', 'COMMENTED', 'DISMISSED', 'PENDING']),
    body: z.string().nullish(),
    commit_id: z.string().nullish(),
  })
  .transform(
    (review): ReviewSummary => ({
      id: review.id,
      author: review.user?.login ?? 'ghost',
      authorIsBot: review.user?.type === 'Bot',
      state: review.state,
      body: review.body ?? '',
      commitSha: review.commit_id ?? '',
      remarks: [],
    }),
  );

export const ReviewComment = z
  .looseObject({
    pull_request_review_id: Id.nullable(),
    path: z.string(),
    line: z.number().int().nullish(),
    original_line: z.number().int().nullish(),
    body: z.string(),
  })
  .transform((comment) => {
    const line = comment.line ?? comment.original_line;
    const place = typeof line === 'number' ? `${comment.path}:${line}` : comment.path;
    return { reviewId: comment.pull_request_review_id, remark: `${place}: ${comment.body}` };
  });

export const Issue = z
  .looseObject({
    state: z.enum(['open', 'closed']),
    closed_by: Account,
    labels: z.array(z.union([z.string(), z.looseObject({ name: z.string().nullish() })])),
  })
  .transform((issue) => ({
    state: issue.state,
    closedBy: issue.closed_by?.login ?? null,
    labels: issue.labels.flatMap((label) => (typeof label === 'string' ? label : (label.name ?? []))),
  }));

export const Comment = z.looseObject({
  id: Id,
  html_url: z.string(),
  body: z.string().nullish(),
  user: Account,
});
export const AppIdentity = z.looseObject({ slug: z.string().min(1) });

/** `maintain` is shown as `write`, `triage` as `read`. */
export const Permission = z
  .looseObject({ permission: z.enum(['admin', 'write', 'read', 'none']) })
  .transform(({ permission }) => permission);
