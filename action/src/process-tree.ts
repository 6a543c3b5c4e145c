// A process id → the memory that it and everything below it holds at this moment, from /proc.
import { readdirSync, readFileSync } from 'node:fs';

interface Memory {
  /** Pages that are nobody else's. */
  readonly own: number;
  /** Pages of shared memory that it has mapped. */
  readonly shared: number;
}

interface Process extends Memory {
  readonly parent: number;
}

/** File-backed pages are left out: the same library in ten processes is in memory once. */
export function memoryOfTree(root: number): Memory {
  const processes = new Map<number, Process>();
  for (const name of readdirSync('/proc')) {
    const process = /^\d+$/.test(name) ? readProcess(name) : undefined;
    if (process !== undefined) processes.set(Number(name), process);
  }
  let [own, shared] = [0, 0];
  for (const [id, process] of processes) {
    if (!descends(id, root, processes)) continue;
    own += process.own;
    shared += process.shared;
  }
  return { own, shared };
}

function descends(id: number, root: number, processes: ReadonlyMap<number, Process>): boolean {
  let at: number | undefined = id;
  // The bound holds even where a parent changed between two reads and the parents form a ring.
  for (let steps = 0; at !== undefined && steps < 10_000; steps += 1) {
    if (at === root) return true;
    at = processes.get(at)?.parent;
  }
  return false;
}

function readProcess(id: string): Process | undefined {
  let status: string;
  try {
    status = readFileSync(`/proc/${id}/status`, 'utf8');
  } catch {
    // It ended between the listing and the reading.
    return undefined;
  }
  const field = (name: string) => Number(new RegExp(`^${name}:\\s*(\\d+)`, 'm').exec(status)?.[1] ?? 0);
  return { parent: field('PPid'), own: field('RssAnon') * 1024, shared: field('RssShmem') * 1024 };
}
