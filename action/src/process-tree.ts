// A process id → the memory that it and everything below it holds at this moment, from /proc.
import { readdirSync, readFileSync } from 'node:fs';

interface Process {
  readonly parent: number;
  readonly bytes: number;
}

/** File-backed pages are left out: the same library in ten processes is in memory once. */
export function residentBytesOfTree(root: number): number {
  const processes = new Map<number, Process>();
  for (const name of readdirSync('/proc')) {
    const process = /^\d+$/.test(name) ? readProcess(name) : undefined;
    if (process !== undefined) processes.set(Number(name), process);
  }
  let bytes = 0;
  for (const [id, process] of processes) {
    if (descends(id, root, processes)) bytes += process.bytes;
  }
  return bytes;
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
  return { parent: field('PPid'), bytes: (field('RssAnon') + field('RssShmem')) * 1024 };
}
