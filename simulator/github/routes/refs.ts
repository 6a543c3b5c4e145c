// Endpoints of refs: where branches and tags point, and moving them.
import { z } from 'zod';
import { grants } from '../access.ts';
import { type Call, created, type Endpoints, noContent, ok } from '../call.ts';
import { ApiError, notFound, unprocessable } from '../errors.ts';
import { isAncestor, isSha } from '../git/commits.ts';
import { changedPaths } from '../git/diffs.ts';
import { GitError } from '../git/git.ts';
import { absent, deleteRef, findRef, isValidRefName, listRefs, type Ref } from '../git/refs.ts';
import { announceRefChange, moveRef, type RefChange } from '../ref-change.ts';
import { refShape } from '../shapes/ref.ts';

const r = '/repos/{owner}/{repo}';

const NewRef = z.object({ ref: z.string(), sha: z.string() });
const MovedRef = z.object({ sha: z.string(), force: z.boolean().default(false) });

async function theRef(call: Call): Promise<Ref | null> {
  return await findRef(call.repository.gitDirectory, `refs/${call.param('ref')}`);
}

/** Bringing workflow files to a branch takes `workflows`, also by way of a ref. */
async function refuseWorkflowChanges(call: Call, before: string, after: string): Promise<void> {
  const { caller, repository } = call;
  if (caller.kind !== 'installation' && caller.kind !== 'actions') return;
  if (grants(caller.permissions, ['workflows', 'write'])) return;
  const from = before === absent ? (await findRef(repository.gitDirectory, repository.defaultRef))?.sha : before;
  const paths = from ? await changedPaths(repository.gitDirectory, from, after) : [];
  const path = paths.find((one) => one.startsWith('.github/workflows/'));
  if (path === undefined || (await isOnSomeBranch(call, after))) return;
  const message = `refusing to allow a GitHub App to create or update workflow \`${path}\` without \`workflows\` permission`;
  throw new ApiError(422, message);
}

/** What a branch already holds has been let in before. */
async function isOnSomeBranch(call: Call, sha: string): Promise<boolean> {
  const { gitDirectory } = call.repository;
  for (const ref of await listRefs(gitDirectory, 'refs/heads')) {
    if (await isAncestor(gitDirectory, sha, ref.sha)) return true;
  }
  return false;
}

async function move(call: Call, ref: string, before: string, after: string): Promise<void> {
  const { github, repository, actor: sender, byActions } = call;
  await refuseWorkflowChanges(call, before, after);
  const change: RefChange = { repository, ref, before, after, sender, byActions };
  try {
    await repository.exclusively(() => moveRef(github, change));
  } catch (error) {
    if (error instanceof GitError) throw unprocessable('Reference update failed');
    throw error;
  }
}

async function create(call: Call) {
  const { repository } = call;
  const { ref, sha } = call.body(NewRef);
  if (!(await isValidRefName(ref))) {
    throw unprocessable(
      ref.startsWith('refs/') ? `${ref} is not a valid ref name.` : "Reference name must start with 'refs/'.",
    );
  }
  const object = isSha(sha) ? await repository.objects.read(sha) : null;
  if (!object) throw unprocessable('Object does not exist');
  if (ref.startsWith('refs/heads/') && object.type !== 'commit') throw unprocessable('Object is not a commit');
  if (await findRef(repository.gitDirectory, ref)) throw unprocessable('Reference already exists');
  await move(call, ref, absent, sha);
  return created(refShape(call.github, repository, { name: ref, sha, type: object.type }));
}

async function update(call: Call) {
  const { repository } = call;
  const { sha, force } = call.body(MovedRef);
  const ref = await theRef(call);
  if (!ref) throw unprocessable('Reference does not exist');
  const object = isSha(sha) ? await repository.objects.read(sha) : null;
  if (!object) throw unprocessable('Object does not exist');
  const forward = object.type !== 'commit' || (await isAncestor(repository.gitDirectory, ref.sha, sha));
  if (!force && !forward) throw unprocessable('Update is not a fast forward');
  if (ref.sha !== sha) await move(call, ref.name, ref.sha, sha);
  return ok(refShape(call.github, repository, { ...ref, sha, type: object.type }));
}

async function remove(call: Call) {
  const { github, repository, actor: sender, byActions } = call;
  const ref = await theRef(call);
  if (!ref) throw unprocessable('Reference does not exist');
  if (ref.name === repository.defaultRef) throw unprocessable('Cannot delete the default branch');
  await repository.exclusively(async () => {
    await deleteRef(repository.gitDirectory, ref.name);
    await announceRefChange(github, { repository, ref: ref.name, before: ref.sha, after: absent, sender, byActions });
  });
  return noContent();
}

export const refEndpoints: Endpoints = {
  [`GET ${r}/git/ref/{ref}`]: async (call) => {
    const ref = await theRef(call);
    if (!ref) throw notFound();
    return ok(refShape(call.github, call.repository, ref));
  },
  [`GET ${r}/git/matching-refs/{ref}`]: async (call) => {
    const prefix = `refs/${call.param('ref')}`;
    const kind = prefix.split('/').slice(0, 2).join('/');
    const refs = await listRefs(call.repository.gitDirectory, kind);
    const matching = refs.filter((ref) => ref.name.startsWith(prefix));
    return ok(matching.map((ref) => refShape(call.github, call.repository, ref)));
  },
  [`POST ${r}/git/refs`]: create,
  [`PATCH ${r}/git/refs/{ref}`]: update,
  [`DELETE ${r}/git/refs/{ref}`]: remove,
};
