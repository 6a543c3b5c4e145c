// The folders a run writes into, and its limit → a watch that says when the run has written more, or the disk is nearly full.
import { execFile } from 'node:child_process';
import { statfs } from 'node:fs/promises';

const MB = 1024 * 1024;
/** Kept free for everybody else on the machine: files without a name, and those hidden from us, are seen only here. */
const RESERVE_MB = 1024;
const RESERVE_FILES = 10_000;

export interface DiskWatch {
  /** Never waits: it starts the next measuring when one is due, and says what the last one found. */
  readonly fault: () => string | undefined;
}

export interface FreeSpace {
  readonly bytes: number;
  readonly files: number;
}

/** What is in the folders now is not counted; what is added to them is. */
export async function watchDisk(folders: readonly string[], limitMb: number): Promise<DiskWatch> {
  const [first = '/'] = folders;
  const before = await measured(folders);
  const freeBefore = await freeSpace(first);
  let found: string | undefined;
  let looking = false;
  let measuredAt = performance.now();
  let tookMs = before.tookMs;
  let freeThen = freeBefore.bytes;

  const look = async () => {
    const free = await freeSpace(first);
    found = nearlyFull(freeBefore, free);
    // A tree of a hundred thousand files takes a while to add up: a tenth of the time, or at once when much was written.
    const due = performance.now() - measuredAt > tookMs * 10;
    if (found !== undefined || (!due && freeThen - free.bytes < (limitMb * MB) / 10)) return;
    const now = await measured(folders);
    [measuredAt, tookMs, freeThen] = [performance.now(), now.tookMs, free.bytes];
    found = tooMuch(now.bytes - before.bytes, limitMb);
  };
  return {
    fault: () => {
      if (found === undefined && !looking) {
        looking = true;
        look()
          // What cannot be measured must not be unbounded.
          .catch((error: unknown) => {
            found = `ended because what it writes could not be measured: ${String(error).slice(0, 300)}`;
          })
          .finally(() => {
            looking = false;
          });
      }
      return found;
    },
  };
}

/** Pure. */
export function tooMuch(writtenBytes: number, limitMb: number): string | undefined {
  if (writtenBytes <= limitMb * MB) return undefined;
  return `ended because it wrote ${Math.round(writtenBytes / MB)} MB to the disk, above the limit of ${limitMb} MB`;
}

/** Pure. The reserve is smaller where there was little to begin with: such a machine is not the run's fault. */
export function nearlyFull(before: FreeSpace, now: FreeSpace): string | undefined {
  const reserve = Math.min(RESERVE_MB * MB, before.bytes / 2);
  if (now.bytes < reserve) {
    return `ended because the disk of this machine is nearly full: ${Math.round(now.bytes / MB)} MB are left`;
  }
  // File systems that make room for names as they need it (btrfs) report none.
  if (before.files > 0 && now.files < Math.min(RESERVE_FILES, before.files / 2)) {
    return `ended because the disk of this machine has room for ${now.files} more files only`;
  }
  return undefined;
}

async function freeSpace(folder: string): Promise<FreeSpace> {
  const { bavail, bsize, ffree } = await statfs(folder);
  return { bytes: bavail * bsize, files: ffree };
}

/** Files that vanish while they are counted, and folders closed to us, make `du` complain and still add up the rest. */
function measured(folders: readonly string[]): Promise<{ bytes: number; tookMs: number }> {
  const began = performance.now();
  const options = { timeout: 600_000, maxBuffer: MB, env: { PATH: process.env.PATH ?? '', LC_ALL: 'C' } };
  return new Promise((fulfil, reject) => {
    execFile('du', ['-s', '-c', '-x', '--block-size=1', '--', ...folders], options, (error, stdout) => {
      const total = /^(\d+)\ttotal$/m.exec(stdout)?.[1];
      if (total === undefined) return reject(error ?? new Error('`du` printed no total'));
      fulfil({ bytes: Number(total), tookMs: performance.now() - began });
    });
  });
}
