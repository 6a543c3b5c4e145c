// Endpoints of files and folders: reading them, and committing one file at a time.
import { z } from 'zod';
import { grants } from '../access.ts';
import { type Call, type Endpoints, ok } from '../call.ts';
import { commitChanges } from '../commit-changes.ts';
import { ApiError, notFound, unprocessable } from '../errors.ts';
import { readCommit, resolveRevision } from '../git/commits.ts';
import { branchOf } from '../git/refs.ts';
import { findEntry, listTree, pathProblem, type TreeEntry } from '../git/trees.ts';
import { gitCommit, urlPath } from '../shapes/commit.ts';
import { repositoryHtmlUrl, repositoryUrl } from '../shapes/repository.ts';

const path = '/repos/{owner}/{repo}/contents/{path}';

/** Above this GitHub gives no content in JSON. */
const largestInlineBytes = 1024 * 1024;

const Person = z.object({ name: z.string(), email: z.string(), date: z.string().optional() });
const Removal = z.object({
  message: z.string(),
  branch: z.string().optional(),
  sha: z.string().optional(),
  author: Person.optional(),
  committer: Person.optional(),
});
const Content = Removal.extend({ content: z.string() });

const kinds: Record<string, string> = { '120000': 'symlink', '160000': 'submodule', '040000': 'dir' };

function entryShape(call: Call, entry: TreeEntry, ref: string) {
  const { github, repository } = call;
  const type = kinds[entry.mode] ?? 'file';
  const where = urlPath(entry.path);
  const url = `${repositoryUrl(github, repository)}/contents/${where}?ref=${encodeURIComponent(ref)}`;
  const html = `${repositoryHtmlUrl(github, repository)}/${type === 'dir' ? 'tree' : 'blob'}/${urlPath(ref)}/${where}`;
  const gitUrl = `${repositoryUrl(github, repository)}/git/${type === 'dir' ? 'trees' : 'blobs'}/${entry.sha}`;
  const raw = type === 'dir' ? null : `${repositoryHtmlUrl(github, repository)}/raw/${urlPath(ref)}/${where}`;
  return {
    name: entry.path.split('/').at(-1) ?? '',
    path: entry.path,
    sha: entry.sha,
    size: entry.sizeBytes ?? 0,
    url,
    html_url: html,
    git_url: gitUrl,
    download_url: raw,
    type,
    _links: { self: url, git: gitUrl, html },
  };
}

async function fileAnswer(call: Call, entry: TreeEntry, ref: string) {
  const object = await call.repository.objects.read(entry.sha);
  const content = object?.content ?? Buffer.alloc(0);
  if (call.media === 'raw') {
    const headers = { 'content-type': 'application/vnd.github.raw+json; charset=utf-8' };
    return { status: 200, body: content.toString('utf8'), headers };
  }
  const shape = entryShape(call, entry, ref);
  if (shape.type === 'symlink') return ok({ ...shape, target: content.toString('utf8') });
  if (shape.type === 'submodule') return ok({ ...shape, submodule_git_url: null });
  const small = content.length <= largestInlineBytes;
  const base64 = content.toString('base64').replace(/.{60}/g, '$&\n');
  return ok({ ...shape, content: small ? `${base64}\n` : '', encoding: small ? 'base64' : 'none' });
}

async function read(call: Call) {
  const { repository } = call;
  const ref = call.query('ref') ?? repository.defaultBranch;
  const sha = await resolveRevision(repository.objects, ref);
  if (!sha) throw new ApiError(404, `No commit found for the ref ${ref}`);
  const wanted = call.param('path').replace(/^\/+|\/+$/g, '');
  const entry = wanted === '' ? null : await findEntry(repository.gitDirectory, sha, wanted);
  if (wanted !== '' && !entry) throw notFound();
  if (entry && entry.type !== 'tree') return await fileAnswer(call, entry, ref);
  const entries = (await listTree(repository.gitDirectory, `${sha}:${wanted}`)) ?? [];
  const shapes = entries.map((one) =>
    entryShape(call, { ...one, path: wanted === '' ? one.path : `${wanted}/${one.path}` }, ref),
  );
  return ok(call.media === 'object' ? { type: 'dir', path: wanted, entries: shapes } : shapes);
}

/** What is there must be what the caller has seen. */
async function checkSeen(call: Call, branch: string, given: string | undefined): Promise<TreeEntry | null> {
  const where = call.param('path');
  const present = await findEntry(call.repository.gitDirectory, `refs/heads/${branch}`, where);
  if (present && given === undefined) throw unprocessable('Invalid request.\n\n"sha" wasn\'t supplied.');
  if (present && given !== present.sha) throw new ApiError(409, `${where} does not match ${given}`);
  return present;
}

async function write(call: Call, body: z.infer<typeof Removal>, content: Buffer | null) {
  const { github, repository, actor, caller } = call;
  const where = call.param('path');
  const problem = pathProblem(where);
  if (problem) throw unprocessable(problem.replace('tree.', ''));
  const limited = caller.kind === 'installation' || caller.kind === 'actions';
  if (limited && where.startsWith('.github/workflows/') && !grants(caller.permissions, ['workflows', 'write'])) {
    throw new ApiError(403, 'Resource not accessible by integration');
  }
  const branch = branchOf(body.branch ?? '') ?? body.branch ?? repository.defaultBranch;
  if (!(await resolveRevision(repository.objects, `refs/heads/${branch}`)))
    throw new ApiError(404, `Branch ${branch} not found`);
  const present = await checkSeen(call, branch, body.sha);
  if (content === null && !present) throw notFound();
  const date = github.now();
  const byCaller = { name: actor.name ?? actor.login, email: actor.email, date };
  const author = body.author ? { ...body.author, date: body.author.date ?? date } : byCaller;
  const committer = body.committer ? { ...body.committer, date: body.committer.date ?? date } : author;
  const files = new Map([[where, content]]);
  const change = { branch, files, message: body.message, author, committer };
  const sha = await commitChanges(github, repository, change, { sender: actor, byActions: call.byActions });
  const commit = await readCommit(repository.objects, sha);
  const entry = content === null ? null : await findEntry(repository.gitDirectory, sha, where);
  const answer = {
    content: entry ? entryShape(call, entry, branch) : null,
    commit: commit ? gitCommit(github, repository, commit) : null,
  };
  return { status: content !== null && !present ? 201 : 200, body: answer };
}

export const contentEndpoints: Endpoints = {
  [`GET ${path}`]: read,
  [`PUT ${path}`]: (call) => {
    const body = call.body(Content);
    return write(call, body, Buffer.from(body.content, 'base64'));
  },
  [`DELETE ${path}`]: (call) => {
    const body = call.body(Removal.required({ sha: true }));
    return write(call, body, null);
  },
};
