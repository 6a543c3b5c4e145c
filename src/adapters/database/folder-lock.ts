// A lock file → the right of one process, and no other, to open the folder.
import { randomUUID } from 'node:crypto';
import { readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { SelfHealError } from '../../errors.ts';

const Holder = z.object({ pid: z.number().int().positive(), host: z.string(), nonce: z.string() });
type Holder = z.infer<typeof Holder>;

export interface FolderLock {
  release(): Promise<void>;
}

const signOfLifeMs = 1_000;
/** A holder that gave no sign of life for so long is gone. */
const silenceMs = 10_000;
const lookEveryMs = 250;

/** Nonces of the locks of this very process: after a restart in a container the old holder's pid is often our own. */
const heldHere = new Set<string>();

export async function lockFolder(path: string, folder: string): Promise<FolderLock> {
  const mine: Holder = { pid: process.pid, host: hostname(), nonce: randomUUID() };
  while (!(await created(path, mine))) {
    const other = await holderOf(path);
    if (await lives(path, other)) throw inUse(folder, other, path);
    await takenAway(path, other, mine);
  }
  heldHere.add(mine.nonce);
  const beat = setInterval(() => {
    // A missed sign of life does no harm until ten in a row are missed.
    utimes(path, new Date(), new Date()).catch(() => undefined);
  }, signOfLifeMs);
  beat.unref();
  return {
    release: async () => {
      clearInterval(beat);
      heldHere.delete(mine.nonce);
      if ((await holderOf(path))?.nonce === mine.nonce) await rm(path, { force: true });
    },
  };
}

async function created(path: string, mine: Holder): Promise<boolean> {
  try {
    await writeFile(path, JSON.stringify(mine), { flag: 'wx' });
    return true;
  } catch (thrown) {
    if (isCode(thrown, 'EEXIST')) return false;
    throw thrown;
  }
}

/** Undefined: there is none, or what is written there names nobody. */
async function holderOf(path: string): Promise<Holder | undefined> {
  const text = await readFile(path, 'utf8').catch((thrown: unknown) => {
    if (isCode(thrown, 'ENOENT')) return '';
    throw thrown;
  });
  try {
    return Holder.parse(JSON.parse(text));
  } catch {
    return undefined; // a half-written lock: its writer is at it just now, or died over it
  }
}

/**
 * A dead pid settles it at once. A living one may be somebody else's by now, and a pid of another container means
 * nothing here: those are watched until they give a sign of life or have been silent for long enough.
 */
async function lives(path: string, holder: Holder | undefined): Promise<boolean> {
  if (holder && heldHere.has(holder.nonce)) return true;
  if (holder?.host === hostname() && (holder.pid === process.pid || !exists(holder.pid))) return false;
  const first = await lastSign(path);
  while (Date.now() - first < silenceMs) {
    await sleep(lookEveryMs);
    const now = await lastSign(path);
    if (now > first) return true;
  }
  return false;
}

async function lastSign(path: string): Promise<number> {
  return stat(path).then(
    (found) => found.mtimeMs,
    (thrown: unknown) => {
      if (isCode(thrown, 'ENOENT')) return 0;
      throw thrown;
    },
  );
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    return isCode(thrown, 'EPERM');
  }
}

/** Renamed before it is removed, so that of several that judged it stale only one removes it, and none a newer one. */
async function takenAway(path: string, judged: Holder | undefined, mine: Holder): Promise<void> {
  const aside = `${path}.${mine.nonce}`;
  try {
    await rename(path, aside);
  } catch (thrown) {
    if (isCode(thrown, 'ENOENT')) return;
    throw thrown;
  }
  const moved = await holderOf(aside);
  if (moved && moved.nonce !== judged?.nonce) await rename(aside, path);
  else await rm(aside, { force: true });
}

function inUse(folder: string, holder: Holder | undefined, path: string): SelfHealError {
  return new SelfHealError(
    'database-in-use',
    `the embedded database in ${folder} is in use by ${holder ? `process ${holder.pid} on ${holder.host}` : 'another process'}. ` +
      'Stop that process, give this one another folder (SELF_HEAL_DATA), or share a PostgreSQL server (DATABASE_URL) between both. ' +
      `The lock is ${path}`,
  );
}

const isCode = (thrown: unknown, code: string): boolean =>
  typeof thrown === 'object' && thrown !== null && 'code' in thrown && thrown.code === code;
