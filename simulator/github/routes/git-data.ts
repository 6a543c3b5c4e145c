// Endpoints of git's own objects: blobs, trees, commits, annotated tags.
import { z } from 'zod';
import { grants } from '../access.ts';
import { type Call, created, type Endpoints, ok } from '../call.ts';
import { ApiError, notFound, unprocessable } from '../errors.ts';
import { isSha, readCommit, type Signature, writeCommit } from '../git/commits.ts';
import { GitError, git } from '../git/git.ts';
import { listTree, pathProblem, type TreeChange, type TreeEntry, writeBlob, writeTree } from '../git/trees.ts';
import { nodeId } from '../shapes/account.ts';
import { gitCommit } from '../shapes/commit.ts';
import { tagShape } from '../shapes/ref.ts';
import { repositoryUrl } from '../shapes/repository.ts';

const r = '/repos/{owner}/{repo}';

/** GitHub cuts a recursive listing off here. */
const mostTreeEntries = 100_000;

const NewBlob = z.object({ content: z.string(), encoding: z.enum(['utf-8', 'base64']).default('utf-8') });

const NewTree = z.object({
  base_tree: z.string().optional(),
  tree: z.array(
    z.object({
      path: z.string(),
      mode: z.enum(['100644', '100755', '040000', '160000', '120000']),
      type: z.enum(['blob', 'tree', 'commit']).optional(),
      sha: z.string().nullish(),
      content: z.string().optional(),
    }),
  ),
});

const Person = z.object({ name: z.string(), email: z.string(), date: z.string().optional() });
const NewCommit = z.object({
  message: z.string(),
  tree: z.string(),
  parents: z.array(z.string()).default([]),
  author: Person.optional(),
  committer: Person.optional(),
});

const NewTag = z.object({
  tag: z.string(),
  message: z.string(),
  object: z.string(),
  type: z.enum(['commit', 'tree', 'blob']),
  tagger: Person.optional(),
});

async function getBlob(call: Call) {
  const { github, repository } = call;
  const sha = call.param('file_sha');
  const object = isSha(sha) ? await repository.objects.read(sha) : null;
  if (object?.type !== 'blob') throw notFound();
  if (call.media === 'raw') {
    return {
      status: 200,
      body: object.content.toString('utf8'),
      headers: { 'content-type': 'application/vnd.github.raw' },
    };
  }
  return ok({
    sha,
    node_id: nodeId('B', sha),
    size: object.content.length,
    url: `${repositoryUrl(github, repository)}/git/blobs/${sha}`,
    content: object.content
      .toString('base64')
      .replace(/.{60}(?=.)/g, '$&\n')
      .concat('\n'),
    encoding: 'base64',
  });
}

function treeShape(call: Call, sha: string, entries: readonly TreeEntry[]) {
  const url = repositoryUrl(call.github, call.repository);
  const tree = entries.slice(0, mostTreeEntries).map((entry) => ({
    path: entry.path,
    mode: entry.mode,
    type: entry.type,
    sha: entry.sha,
    ...(entry.sizeBytes === null ? {} : { size: entry.sizeBytes }),
    ...(entry.type === 'commit' ? {} : { url: `${url}/git/${entry.type}s/${entry.sha}` }),
  }));
  return { sha, url: `${url}/git/trees/${sha}`, tree, truncated: entries.length > mostTreeEntries };
}

async function getTree(call: Call) {
  const { repository } = call;
  const name = call.param('tree_sha');
  const revision = isSha(name) ? name : `refs/heads/${name}`;
  const object = await repository.objects.read(`${revision}^{tree}`);
  if (!object) throw notFound();
  const entries = await listTree(repository.gitDirectory, object.sha, Boolean(call.query('recursive')));
  // Asked by a commit or branch, GitHub calls the tree by the commit: https://github.com/cscheid/rgithub/issues/43
  const commit = await repository.objects.read(`${revision}^{commit}`);
  return ok(treeShape(call, commit?.sha ?? object.sha, entries ?? []));
}

/** GitHub lets an App put workflow files into a tree only with `workflows: write`. */
function refuseWorkflowFiles(call: Call, path: string): void {
  const { caller } = call;
  if (caller.kind !== 'installation' && caller.kind !== 'actions') return;
  if (!path.startsWith('.github/workflows/') || grants(caller.permissions, ['workflows', 'write'])) return;
  const headers = { 'x-accepted-github-permissions': 'contents=write,workflows=write' };
  throw new ApiError(403, 'Resource not accessible by integration', { headers });
}

async function toChange(call: Call, entry: z.infer<typeof NewTree>['tree'][number]): Promise<TreeChange> {
  const { repository } = call;
  const { path, mode, sha, content } = entry;
  const problem = pathProblem(path);
  if (problem) throw unprocessable(problem);
  refuseWorkflowFiles(call, path);
  if (content !== undefined) return { path, mode, sha: await writeBlob(repository.gitDirectory, content) };
  if (sha === null) return { path, mode, sha: null };
  if (sha === undefined) throw unprocessable('Must supply either tree.sha or tree.content.');
  const wanted = mode === '040000' ? 'tree' : mode === '160000' ? 'commit' : 'blob';
  const object = isSha(sha) ? await repository.objects.read(sha) : null;
  // A submodule's commit lives in another repository.
  if (wanted !== 'commit' && object?.type !== wanted) throw unprocessable(`tree.sha ${sha} is not a valid ${wanted}`);
  return { path, mode, sha };
}

async function createTree(call: Call) {
  const { repository } = call;
  const body = call.body(NewTree);
  if (body.tree.length === 0) throw unprocessable('Invalid tree info');
  const base = body.base_tree ? await repository.objects.read(`${body.base_tree}^{tree}`) : null;
  if (body.base_tree && !base) throw unprocessable('base_tree is not a valid tree oid');
  const known = base ? ((await listTree(repository.gitDirectory, base.sha, true)) ?? []) : [];
  const changes: TreeChange[] = [];
  for (const entry of body.tree) {
    const change = await toChange(call, entry);
    // Taking out what is not there: GitHub's own words for it.
    if (change.sha === null && !known.some(({ path }) => path === change.path))
      throw unprocessable('GitRPC::BadObjectState');
    changes.push(change);
  }
  try {
    const sha = await writeTree(repository.gitDirectory, base?.sha ?? null, changes);
    return created(treeShape(call, sha, (await listTree(repository.gitDirectory, sha)) ?? []));
  } catch (error) {
    if (error instanceof GitError) throw unprocessable('GitRPC::BadObjectState');
    throw error;
  }
}

/** Who a commit is by when nobody says: whoever calls. */
function signature(call: Call, given: z.infer<typeof Person> | undefined): Signature {
  const { actor } = call;
  const date = given?.date ? new Date(given.date) : new Date(call.github.clock.nowMs());
  if (Number.isNaN(date.getTime())) throw unprocessable(`Invalid request.\n\n"${given?.date}" is not a valid date.`);
  const iso = call.github.clock.timestamp(date.getTime());
  return { name: given?.name ?? actor.name ?? actor.login, email: given?.email ?? actor.email, date: iso };
}

async function createCommit(call: Call) {
  const { github, repository } = call;
  const body = call.body(NewCommit);
  const tree = isSha(body.tree) ? await repository.objects.read(body.tree) : null;
  if (tree?.type !== 'tree') throw unprocessable('Tree SHA does not exist');
  for (const parent of body.parents) {
    if (!isSha(parent) || !(await readCommit(repository.objects, parent)))
      throw unprocessable('Parent SHA does not exist or is not a commit object');
  }
  const author = signature(call, body.author);
  const committer = body.committer ? signature(call, body.committer) : author;
  const sha = await writeCommit(repository.gitDirectory, { ...body, tree: body.tree, author, committer });
  const commit = await readCommit(repository.objects, sha);
  if (!commit) throw new Error(`${sha} was written and is not there`);
  return created(gitCommit(github, repository, commit));
}

async function createTag(call: Call) {
  const { github, repository } = call;
  const body = call.body(NewTag);
  const object = isSha(body.object) ? await repository.objects.read(body.object) : null;
  if (object?.type !== body.type) throw unprocessable('Object does not exist or is of another type');
  const tagger = signature(call, body.tagger);
  const seconds = Math.floor(Date.parse(tagger.date) / 1000);
  const lines = [`object ${body.object}`, `type ${body.type}`, `tag ${body.tag}`];
  const text = `${lines.join('\n')}\ntagger ${tagger.name} <${tagger.email}> ${seconds} +0000\n\n${body.message}\n`;
  const sha = await git(repository.gitDirectory, ['hash-object', '-t', 'tag', '-w', '--stdin'], { input: text });
  return created(await tagShape(github, repository, sha));
}

export const gitDataEndpoints: Endpoints = {
  [`GET ${r}/git/blobs/{file_sha}`]: getBlob,
  [`POST ${r}/git/blobs`]: async (call) => {
    const { content, encoding } = call.body(NewBlob);
    const sha = await writeBlob(
      call.repository.gitDirectory,
      Buffer.from(content, encoding === 'base64' ? 'base64' : 'utf8'),
    );
    return created({ url: `${repositoryUrl(call.github, call.repository)}/git/blobs/${sha}`, sha });
  },
  [`GET ${r}/git/trees/{tree_sha}`]: getTree,
  [`POST ${r}/git/trees`]: createTree,
  [`GET ${r}/git/commits/{commit_sha}`]: async (call) => {
    const sha = call.param('commit_sha');
    const commit = isSha(sha) ? await readCommit(call.repository.objects, sha) : null;
    if (!commit) throw notFound();
    return ok(gitCommit(call.github, call.repository, commit));
  },
  [`POST ${r}/git/commits`]: createCommit,
  [`GET ${r}/git/tags/{tag_sha}`]: async (call) =>
    ok(await tagShape(call.github, call.repository, call.param('tag_sha'))),
  [`POST ${r}/git/tags`]: createTag,
};
