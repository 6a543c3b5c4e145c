import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { makeTemporaryFolder, removeTemporaryFolder } from './temporary-folder.ts';

describe("the folder of a run's temporary files", () => {
  it('is not made where somebody says where temporary files go', () => {
    process.env.TMPDIR = '/somewhere';
    expect(makeTemporaryFolder()).toBeUndefined();
  });

  it('is in memory where there is room, and takes the place of what killed runs left', () => {
    const { pid: ended } = spawnSync('true');
    const abandoned = `/dev/shm/self-heal-tests-${ended}-abcdef`;
    const used = `/dev/shm/self-heal-tests-${process.pid}-abcdef`;
    delete process.env.TMPDIR;
    const first = makeTemporaryFolder();
    // Nowhere else is there such a folder.
    if (first === undefined) return;
    for (const folder of [abandoned, used]) mkdirSync(folder);
    const second = makeTemporaryFolder();
    expect([first, second].map((folder) => path.dirname(folder ?? ''))).toEqual(['/dev/shm', '/dev/shm']);
    expect(first).not.toBe(second);
    expect(statSync(first).isDirectory()).toBe(true);
    expect([existsSync(abandoned), existsSync(used)]).toEqual([false, true]);
    for (const folder of [first, second, used]) removeTemporaryFolder(folder ?? used);
    expect(existsSync(first)).toBe(false);
  });
});
