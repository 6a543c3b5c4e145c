// One run of the tests → a folder for its temporary files, in memory where this machine has room there, gone when the run is over.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** A disk makes the thousand files of a database, and syncs them, at ten times the cost. */
const memory = '/dev/shm';
const enoughBytes = 2 * 1024 ** 3;
const prefix = 'self-heal-tests-';

/** The folder, or undefined where temporary files go where they always go. */
export function makeTemporaryFolder(): string | undefined {
  // Whoever says where they go knows why.
  if (process.env.TMPDIR !== undefined || !hasRoom()) return undefined;
  removeAbandoned();
  const folder = mkdtempSync(path.join(memory, `${prefix}${process.pid}-`));
  if (runsPrograms(folder)) return folder;
  removeTemporaryFolder(folder);
  return undefined;
}

export const removeTemporaryFolder = (folder: string): void =>
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });

function hasRoom(): boolean {
  try {
    const { bavail, bsize } = statfsSync(memory);
    return bavail * bsize >= enoughBytes;
  } catch {
    // No such folder: not Linux.
    return false;
  }
}

/** Containers may forbid it there. */
function runsPrograms(folder: string): boolean {
  const program = path.join(folder, 'program');
  writeFileSync(program, '#!/bin/sh\n', { mode: 0o755 });
  const { status } = spawnSync(program);
  rmSync(program);
  return status === 0;
}

/** Memory that runs which were killed left behind. */
function removeAbandoned(): void {
  for (const name of readdirSync(memory)) {
    const pid = name.startsWith(prefix) ? Number.parseInt(name.slice(prefix.length), 10) : Number.NaN;
    if (Number.isNaN(pid) || isAlive(pid)) continue;
    try {
      removeTemporaryFolder(path.join(memory, name));
    } catch {
      // Somebody else's: theirs to remove.
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Not by its class: in a test with a realm of its own, Node's errors are of another.
    return !(typeof error === 'object' && error !== null && 'code' in error && error.code === 'ESRCH');
  }
}
