// The limit on processors → the words before a program that put it on so many of this machine's processors, and no more.
import { readFileSync } from 'node:fs';
import { cpusOf, type Limits } from '../limits.ts';

/** None where all may be used. Whole processors only: without a control group nobody can be given half of one. */
export function onProcessors(limits: Limits): string[] {
  const allowed = processorsOf(readFileSync('/proc/self/status', 'utf8'));
  const wanted = cpusOf(limits, allowed.length);
  if (wanted === undefined) return [];
  // The last ones: the runner's own work tends to be on the first.
  return ['taskset', '--cpu-list', allowed.slice(-Math.ceil(wanted)).join(',')];
}

/** Pure. The kernel writes them as `0-2,5`. */
export function processorsOf(status: string): number[] {
  const list = /^Cpus_allowed_list:\s*(\S+)$/m.exec(status)?.[1] ?? '';
  return list.split(',').flatMap((part) => {
    const [first = Number.NaN, last = first] = part.split('-').map(Number);
    return Number.isInteger(last - first) ? Array.from({ length: last - first + 1 }, (_, at) => first + at) : [];
  });
}
