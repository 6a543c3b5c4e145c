// Candidate files and a copy of the prepared base → the copy with those files in it, and the digest of what was laid over.
import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { lstat, mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ActionError } from './action-error.ts';
import { pathFault } from './candidate-changes.ts';
import type { CandidateFile } from './fetch-candidate.ts';

/** SHA-256 over one line a file, sorted by path: path, NUL, SHA-256 of the content (`-` when taken away), newline. */
export function overlayDigest(files: readonly CandidateFile[]): string {
  const digest = createHash('sha256');
  for (const file of [...files].sort((a, b) => (a.path < b.path ? -1 : 1))) {
    const content = file.content === null ? '-' : createHash('sha256').update(file.content).digest('hex');
    digest.update(`${file.path}\0${content}\n`);
  }
  return digest.digest('hex');
}

export async function layOver(tree: string, files: readonly CandidateFile[]): Promise<void> {
  for (const file of files) {
    const fault = pathFault(file.path) ?? (await placeFault(tree, file.path));
    if (fault !== undefined) {
      throw new ActionError(`The candidate's file ${JSON.stringify(file.path)} cannot be laid over: it ${fault}.`);
    }
    await write(join(tree, file.path), file);
  }
}

/** The prepared folder can hold links that git does not know (installed packages): a write must not follow them out. */
async function placeFault(tree: string, path: string): Promise<string | undefined> {
  const parts = path.split('/');
  for (let depth = 1; depth <= parts.length; depth += 1) {
    const place = parts.slice(0, depth).join('/');
    const found = await lstat(join(tree, place)).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
    if (found === undefined) return undefined;
    const fits = depth < parts.length ? found.isDirectory() : found.isFile();
    if (!fits) return `meets something else at ${JSON.stringify(place)} in the prepared folder`;
  }
  return undefined;
}

async function write(place: string, file: CandidateFile): Promise<void> {
  await rm(place, { force: true });
  if (file.content === null) return;
  await mkdir(join(place, '..'), { recursive: true });
  const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;
  const handle = await open(place, flags, file.executable ? 0o755 : 0o644);
  try {
    await handle.writeFile(file.content);
  } finally {
    await handle.close();
  }
}
