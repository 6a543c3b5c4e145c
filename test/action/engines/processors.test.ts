// Which processors a run is put on: as many as asked for, of those that are ours.
import { describe, expect, it } from '@jest/globals';
import { onProcessors, processorsOf } from '../../../action/src/engines/processors.ts';
import { cpusOf } from '../../../action/src/limits.ts';

const limits = { timeoutSeconds: 1, memoryMb: 64, processes: 8, outputKb: 4 };

describe('processors', () => {
  it.each([
    ['0-3', [0, 1, 2, 3]],
    ['0-1,4,6-7', [0, 1, 4, 6, 7]],
    ['5', [5]],
  ])("are read from the kernel's list %s", (list, processors) => {
    expect(processorsOf(`Name:\tx\nCpus_allowed_list:\t${list}\nMems_allowed:\t1\n`)).toEqual(processors);
  });

  it.each([
    [undefined, undefined],
    [0, undefined],
    [0.5, 0.5],
    [3, 3],
    [4, undefined],
    [64, undefined],
  ])('asked for %s of 4: %s', (cpus, held) => {
    expect(cpusOf({ ...limits, ...(cpus === undefined ? {} : { cpus }) }, 4)).toBe(held);
  });

  it('are whole ones, at least one, and none is named where all may be used', () => {
    expect(onProcessors({ ...limits, cpus: 0 })).toEqual([]);
    expect(onProcessors({ ...limits, cpus: 0.1 })).toEqual(['taskset', '--cpu-list', expect.stringMatching(/^\d+$/)]);
  });
});
