// A folder of this machine (a git repository or plain files) → a bare repository that can be served.
import { randomUUID } from 'node:crypto';
import { chmod, mkdir, realpath, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Signature, writeCommit } from './commits.ts';
import { git, gitOrNull } from './git.ts';
import { absent, updateRef } from './refs.ts';

// GitHub refuses pushes of workflow files by Apps that lack `workflows`; the server sets the variable for those.
const preReceiveHook = `#!/bin/sh
[ "$SIMULATOR_REFUSE_WORKFLOWS" = 1 ] || exit 0
while read -r before after ref; do
  case "$after" in *[!0]*) ;; *) continue ;; esac
  file=$(git log --not --all --not --name-only --format= "$after" -- .github/workflows | head -n 1)
  if [ -n "$file" ]; then
    echo "refusing to allow a GitHub App to create or update workflow \\\`$file\\\` without \\\`workflows\\\` permission" >&2
    exit 1
  fi
done
`;

async function isRepositoryRoot(directory: string): Promise<boolean> {
  if ((await gitOrNull(directory, ['rev-parse', '--git-dir'])) === null) return false;
  const top = await gitOrNull(directory, ['rev-parse', '--show-toplevel']);
  if (top === null || top === '') return (await gitOrNull(directory, ['rev-parse', '--is-bare-repository'])) === 'true';
  return (await realpath(top)) === (await realpath(directory));
}

async function importFolder(directory: string, target: string, author: Signature): Promise<string> {
  const index = join(tmpdir(), `simulator-index-${randomUUID()}`);
  try {
    const env = { GIT_INDEX_FILE: index, GIT_DIR: target, GIT_WORK_TREE: await realpath(directory) };
    await git(directory, ['add', '--all', '.'], { env });
    const tree = await git(directory, ['write-tree'], { env });
    const sha = await writeCommit(target, { tree, parents: [], author, committer: author, message: 'First commit' });
    await updateRef(target, 'refs/heads/main', sha, absent);
    return 'main';
  } finally {
    await rm(index, { force: true });
  }
}

async function importRepository(directory: string, target: string): Promise<string> {
  const source = await realpath(directory);
  await git(target, [
    'fetch',
    '--quiet',
    '--no-auto-gc',
    source,
    '+refs/heads/*:refs/heads/*',
    '+refs/tags/*:refs/tags/*',
  ]);
  const head = await gitOrNull(source, ['symbolic-ref', '--short', 'HEAD']);
  const sha = await gitOrNull(source, ['rev-parse', '--verify', '--quiet', 'HEAD^{commit}']);
  if (sha === null) throw new Error(`${directory} has no commit yet: commit something there first`);
  if (head !== null) return head;
  // A detached HEAD (as CI checkouts have it) names no branch.
  await git(target, ['fetch', '--quiet', source, '+HEAD:refs/heads/main']);
  return 'main';
}

/** Answers the default branch: the one HEAD names. */
export async function host(directory: string, target: string, author: Signature): Promise<string> {
  const found = await stat(directory).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (!found?.isDirectory()) throw new Error(`${directory} is no folder: give a git repository or a folder of files`);
  await mkdir(target, { recursive: true });
  await git(target, ['init', '--quiet', '--bare', '--initial-branch=main', '.']);
  const settings = {
    'http.receivepack': 'true',
    'uploadpack.allowAnySHA1InWant': 'true',
    'uploadpack.allowFilter': 'true',
  };
  for (const [name, value] of Object.entries({ ...settings, 'gc.auto': '0', 'receive.denyDeleteCurrent': 'ignore' })) {
    await git(target, ['config', name, value]);
  }
  const branch = (await isRepositoryRoot(directory))
    ? await importRepository(directory, target)
    : await importFolder(directory, target, author);
  await git(target, ['symbolic-ref', 'HEAD', `refs/heads/${branch}`]);
  await writeFile(join(target, 'hooks', 'pre-receive'), preReceiveHook);
  await chmod(join(target, 'hooks', 'pre-receive'), 0o755);
  return branch;
}
