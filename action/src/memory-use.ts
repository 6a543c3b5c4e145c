// The limit on memory → a watch that says when a program and all it has started hold more together.
import { readFileSync } from 'node:fs';
import { type Limits, scratchMb } from './limits.ts';
import { memoryOfTree } from './process-tree.ts';

const MB = 1024 * 1024;
/** /tmp, /var/tmp, HOME and /dev/shm, which have bounds of their own. */
const FOLDERS_IN_MEMORY = 4;

/** For engines without a control group. Looked at four times a second; each process alone is held by `ulimit -d` at once. */
export function watchMemory(limits: Limits): (processId: number) => string | undefined {
  const before = sharedBytes();
  return (processId) => {
    const { own, shared } = memoryOfTree(processId);
    // Shared memory that nobody has mapped (a memfd, a System V segment) stands in no process, only in the machine's sum.
    const unmapped = sharedBytes() - before - FOLDERS_IN_MEMORY * scratchMb(limits) * MB;
    const used = own + Math.max(shared, unmapped);
    if (used <= limits.memoryMb * MB) return undefined;
    return `ended because it held ${Math.round(used / MB)} MB of memory, above the limit of ${limits.memoryMb} MB`;
  };
}

function sharedBytes(): number {
  return Number(/^Shmem:\s*(\d+) kB$/m.exec(readFileSync('/proc/meminfo', 'utf8'))?.[1] ?? 0) * 1024;
}
