// Endpoints of commit statuses.
import { z } from 'zod';
import { type Call, created, type Endpoints, ok } from '../call.ts';
import type { CommitStatus } from '../check.ts';
import { listRefs } from '../git/refs.ts';
import { listed } from '../pagination.ts';
import { simpleStatus, statusShape } from '../shapes/check.ts';
import { commitShape } from '../shapes/commit.ts';
import { minimalRepository, repositoryUrl } from '../shapes/repository.ts';
import { commitAt } from './commits.ts';

const r = '/repos/{owner}/{repo}';

const NewStatus = z.object({
  state: z.enum(['error', 'failure', 'pending', 'success']),
  target_url: z.string().nullish(),
  description: z.string().max(140).nullish(),
  context: z.string().default('default'),
});

async function createStatus(call: Call) {
  const { github, repository, actor: sender, byActions } = call;
  const commit = await commitAt(call, call.param('sha'));
  const { state, target_url: targetUrl, description, context } = call.body(NewStatus);
  const status: CommitStatus = {
    ...{ id: github.nextId(), sha: commit.sha, state, context, creator: sender, createdAt: github.now() },
    ...{ targetUrl: targetUrl ?? null, description: description ?? null },
  };
  repository.statuses.unshift(status);
  const branches = (await listRefs(repository.gitDirectory, 'refs/heads')).filter((ref) => ref.sha === commit.sha);
  const payload = {
    ...{ id: status.id, sha: commit.sha, name: repository.fullName, target_url: status.targetUrl, context, state },
    ...{ description: status.description, created_at: status.createdAt, updated_at: status.createdAt },
    commit: commitShape(github, repository, commit),
    branches: branches.map((ref) => ({
      name: ref.name.replace('refs/heads/', ''),
      commit: { sha: ref.sha, url: `${repositoryUrl(github, repository)}/commits/${ref.sha}` },
      protected: false,
    })),
  };
  github.publish({ name: 'status', repository, sender, byActions, payload });
  return created(statusShape(github, repository, status));
}

async function combinedStatus(call: Call) {
  const { github, repository } = call;
  const { sha } = await commitAt(call, call.param('ref'));
  const all = repository.statuses.filter((status) => status.sha === sha);
  const latest = all.filter((status) => all.find((other) => other.context === status.context) === status);
  const has = (...wanted: string[]) => latest.some((status) => wanted.includes(status.state));
  const state = has('failure', 'error') ? 'failure' : latest.length === 0 || has('pending') ? 'pending' : 'success';
  const url = `${repositoryUrl(github, repository)}/commits/${sha}`;
  return ok({
    state,
    statuses: latest.map((status) => simpleStatus(github, repository, status)),
    sha,
    total_count: latest.length,
    repository: minimalRepository(github, repository),
    commit_url: url,
    url: `${url}/status`,
  });
}

export const statusEndpoints: Endpoints = {
  [`GET ${r}/commits/{ref}/status`]: combinedStatus,
  [`GET ${r}/commits/{ref}/statuses`]: async (call) => {
    const { sha } = await commitAt(call, call.param('ref'));
    const statuses = call.repository.statuses.filter((status) => status.sha === sha);
    return await listed(call, statuses, (status) => statusShape(call.github, call.repository, status));
  },
  [`POST ${r}/statuses/{sha}`]: createStatus,
};
