// Endpoints about branches, tags, commits and what lies between two of them.
import { z } from 'zod';
import { type Call, created, type Endpoints, noContent, ok } from '../call.ts';
import { ApiError, notFound, unprocessable } from '../errors.ts';
import { type Commit, listCommits, mergeBase, readCommit, resolveRevision } from '../git/commits.ts';
import { diffFiles, unifiedDiff } from '../git/diffs.ts';
import { git } from '../git/git.ts';
import { findRef, listRefs, type Ref } from '../git/refs.ts';
import { emptyTree } from '../git/trees.ts';
import type { CommitComment } from '../issue.ts';
import { isPull } from '../issue.ts';
import { languagesOf } from '../languages.ts';
import { listed, paginate } from '../pagination.ts';
import { nodeId } from '../shapes/account.ts';
import { commitCommentShape, commitFiles, commitShape, diffEntry } from '../shapes/commit.ts';
import { pullSummary } from '../shapes/pull.ts';
import { repositoryHtmlUrl, repositoryUrl } from '../shapes/repository.ts';

const r = '/repos/{owner}/{repo}';

/** The revision in the path as a commit; GitHub's answer when there is none. */
export async function commitAt(call: Call, revision: string): Promise<Commit> {
  const sha = await resolveRevision(call.repository.objects, revision);
  const commit = sha && (await readCommit(call.repository.objects, sha));
  if (!commit) throw unprocessable(`No commit found for SHA: ${revision}`);
  return commit;
}

const shortName = (ref: Ref) => ref.name.replace(/^refs\/(heads|tags)\//, '');

async function branchShape(call: Call, ref: Ref, full: boolean) {
  const { github, repository } = call;
  const url = `${repositoryUrl(github, repository)}`;
  const name = shortName(ref);
  const rules = repository.protections.get(name);
  const contexts = rules?.checks?.contexts ?? [];
  const brief = {
    name,
    commit: { sha: ref.sha, url: `${url}/commits/${ref.sha}` },
    protected: rules !== undefined,
  };
  if (!full) return brief;
  const commit = await commitAt(call, ref.sha);
  return {
    ...brief,
    commit: commitShape(github, repository, commit),
    _links: { self: `${url}/branches/${name}`, html: `${repositoryHtmlUrl(github, repository)}/tree/${name}` },
    protection: {
      enabled: rules !== undefined,
      required_status_checks: { enforcement_level: rules ? 'non_admins' : 'off', contexts, checks: [] },
    },
    protection_url: `${url}/branches/${name}/protection`,
  };
}

const rawAnswer = (text: string, type: string) => ({ status: 200, body: text, headers: { 'content-type': type } });

async function getCommit(call: Call) {
  const { github, repository } = call;
  const commit = await commitAt(call, call.param('ref'));
  if (call.media === 'sha') return rawAnswer(commit.sha, 'application/vnd.github.sha; charset=utf-8');
  if (call.media === 'diff') {
    const diff = await unifiedDiff(repository.gitDirectory, commit.parents[0] ?? emptyTree, commit.sha);
    return rawAnswer(`${diff}\n`, 'application/vnd.github.diff; charset=utf-8');
  }
  if (call.media === 'patch') {
    const patch = await git(repository.gitDirectory, ['format-patch', '--stdout', '-1', '--root', commit.sha]);
    return rawAnswer(`${patch}\n`, 'application/vnd.github.patch; charset=utf-8');
  }
  const files = await commitFiles(repository, commit);
  const page = paginate(call, files, 300, 300);
  const additions = files.reduce((sum, file) => sum + file.additions, 0);
  const deletions = files.reduce((sum, file) => sum + file.deletions, 0);
  const body = {
    ...commitShape(github, repository, commit),
    stats: { total: additions + deletions, additions, deletions },
    files: page.items.map((file) => diffEntry(github, repository, commit.sha, file)),
  };
  return { status: 200, body, headers: page.headers };
}

async function list(call: Call) {
  const { github, repository } = call;
  const start = call.query('sha') ?? repository.defaultRef;
  const sha = await resolveRevision(repository.objects, start);
  if (!sha) throw notFound();
  const value = (name: string) => {
    const text = call.query(name);
    return text ? { [name]: text } : {};
  };
  const filter = { ...value('path'), ...value('since'), ...value('until'), ...value('author') };
  const shas = await listCommits(repository.gitDirectory, sha, null, filter);
  return await listed(call, shas, async (one) => commitShape(github, repository, await commitAt(call, one)));
}

async function compare(call: Call) {
  const { github, repository } = call;
  const separator = /\.\.\.|\.\./.exec(call.param('basehead'));
  if (!separator) throw notFound();
  const own = (side: string) => side.replace(new RegExp(`^${repository.owner.login}:`, 'i'), '');
  const [baseName = '', headName = ''] = call.param('basehead').split(separator[0]);
  const base = await resolveRevision(repository.objects, own(baseName));
  const head = await resolveRevision(repository.objects, own(headName));
  if (!base || !head) throw notFound();
  const common = await mergeBase(repository.gitDirectory, base, head);
  if (!common) throw new ApiError(404, `No common ancestor between ${baseName} and ${headName}.`);
  if (call.media === 'diff') {
    const diff = await unifiedDiff(repository.gitDirectory, common, head);
    return rawAnswer(`${diff}\n`, 'application/vnd.github.diff; charset=utf-8');
  }
  const ahead = (await listCommits(repository.gitDirectory, head, base)).reverse();
  const behind = await listCommits(repository.gitDirectory, base, head);
  const page = paginate(call, ahead, 250, 250);
  const files = await diffFiles(repository.gitDirectory, common, head);
  const status =
    ahead.length > 0 ? (behind.length > 0 ? 'diverged' : 'ahead') : behind.length > 0 ? 'behind' : 'identical';
  const html = `${repositoryHtmlUrl(github, repository)}/compare/${baseName}...${headName}`;
  const body = {
    url: `${repositoryUrl(github, repository)}/compare/${baseName}...${headName}`,
    html_url: html,
    permalink_url: `${repositoryHtmlUrl(github, repository)}/compare/${base.slice(0, 7)}...${head.slice(0, 7)}`,
    diff_url: `${html}.diff`,
    patch_url: `${html}.patch`,
    base_commit: commitShape(github, repository, await commitAt(call, base)),
    merge_base_commit: commitShape(github, repository, await commitAt(call, common)),
    status,
    ahead_by: ahead.length,
    behind_by: behind.length,
    total_commits: ahead.length,
    commits: await Promise.all(
      page.items.map(async (sha) => commitShape(github, repository, await commitAt(call, sha))),
    ),
    files: files.slice(0, 300).map((file) => diffEntry(github, repository, head, file)),
  };
  return { status: 200, body, headers: page.headers };
}

const NewComment = z.object({
  body: z.string().min(1),
  path: z.string().nullish(),
  position: z.int().nullish(),
  line: z.int().nullish(),
});

async function createComment(call: Call) {
  const { github, repository } = call;
  const commit = await commitAt(call, call.param('commit_sha'));
  const given = call.body(NewComment);
  const at = github.now();
  const comment: CommitComment = {
    id: github.nextId(),
    author: call.actor,
    viaApp: call.viaApp,
    body: given.body,
    createdAt: at,
    updatedAt: at,
    sha: commit.sha,
    path: given.path ?? null,
    position: given.position ?? null,
    line: given.line ?? null,
  };
  repository.commitComments.push(comment);
  const shape = commitCommentShape(github, repository, comment);
  const { actor: sender, byActions } = call;
  github.publish({
    name: 'commit_comment',
    action: 'created',
    repository,
    sender,
    byActions,
    payload: { comment: shape },
  });
  return created(shape);
}

function findComment(call: Call): CommitComment {
  const comment = call.repository.commitComments.find((one) => one.id === call.number('comment_id'));
  if (!comment) throw notFound();
  return comment;
}

export const commitEndpoints: Endpoints = {
  [`GET ${r}/languages`]: async ({ repository }) => ok(await languagesOf(repository)),
  [`GET ${r}/tags`]: async (call) => {
    const { github, repository } = call;
    const url = repositoryUrl(github, repository);
    const tags = await listRefs(repository.gitDirectory, 'refs/tags');
    return await listed(call, tags.reverse(), async (ref) => {
      const { sha } = await commitAt(call, ref.name);
      const name = shortName(ref);
      const archives = { zipball_url: `${url}/zipball/${ref.name}`, tarball_url: `${url}/tarball/${ref.name}` };
      return { name, ...archives, commit: { sha, url: `${url}/commits/${sha}` }, node_id: nodeId('REF', ref.name) };
    });
  },
  [`GET ${r}/branches`]: async (call) =>
    listed(call, await listRefs(call.repository.gitDirectory, 'refs/heads'), (ref) => branchShape(call, ref, false)),
  [`GET ${r}/branches/{branch}`]: async (call) => {
    const ref = await findRef(call.repository.gitDirectory, `refs/heads/${call.param('branch')}`);
    if (!ref) throw new ApiError(404, 'Branch not found');
    return ok(await branchShape(call, ref, true));
  },
  [`GET ${r}/commits`]: list,
  [`GET ${r}/commits/{ref}`]: getCommit,
  [`GET ${r}/commits/{commit_sha}/pulls`]: async (call) => {
    const { github, repository } = call;
    const { sha } = await commitAt(call, call.param('commit_sha'));
    const pulls = [...repository.issues.values()]
      .filter(isPull)
      .filter(({ pull }) => [pull.headSha, pull.merged ? pull.mergeCommitSha : null].includes(sha));
    return await listed(call, pulls, (issue) => pullSummary(github, repository, issue));
  },
  [`GET ${r}/commits/{commit_sha}/comments`]: (call) => {
    const { github, repository } = call;
    const comments = repository.commitComments.filter((one) => one.sha.startsWith(call.param('commit_sha')));
    return listed(call, comments, (comment) => commitCommentShape(github, repository, comment));
  },
  [`POST ${r}/commits/{commit_sha}/comments`]: createComment,
  [`GET ${r}/comments/{comment_id}`]: (call) => ok(commitCommentShape(call.github, call.repository, findComment(call))),
  [`PATCH ${r}/comments/{comment_id}`]: (call) => {
    const comment = findComment(call);
    comment.body = call.body(NewComment.pick({ body: true })).body;
    comment.updatedAt = call.github.now();
    return ok(commitCommentShape(call.github, call.repository, comment));
  },
  [`DELETE ${r}/comments/{comment_id}`]: (call) => {
    const { commitComments } = call.repository;
    commitComments.splice(commitComments.indexOf(findComment(call)), 1);
    return noContent();
  },
  [`GET ${r}/compare/{basehead}`]: compare,
};
