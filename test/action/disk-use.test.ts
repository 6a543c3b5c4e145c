// What counts as written, and when a disk is nearly full.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { nearlyFull, tooMuch, watchDisk } from '../../action/src/disk-use.ts';

const MB = 1024 * 1024;
const GB = 1024 * MB;

describe('the limit on the disk', () => {
  it('is about what was added, over all folders together', async () => {
    const folders = ['a', 'b'].map((name) => mkdtempSync(join(tmpdir(), `self-heal-disk-${name}-`)));
    try {
      for (const folder of folders) writeFileSync(join(folder, 'before'), Buffer.alloc(3 * MB, 'x'));
      const watch = await watchDisk(folders, 4);
      const look = async () => {
        // Two looks: the first starts the measuring that the second hears of.
        for (let tries = 0; tries < 200 && watch.fault() === undefined; tries += 1) {
          await new Promise((later) => setTimeout(later, 10));
        }
        return watch.fault();
      };
      for (const folder of folders) writeFileSync(join(folder, 'after'), Buffer.alloc(3 * MB, 'x'));
      expect(await look()).toMatch(/wrote [67] MB to the disk, above the limit of 4 MB/);
    } finally {
      for (const folder of folders) rmSync(folder, { recursive: true, force: true });
    }
  });

  it('is not met by less, and a tree that became smaller is no fault', () => {
    fc.assert(
      fc.property(fc.integer({ min: -GB, max: GB }), fc.integer({ min: 64, max: 1024 }), (written, limit) => {
        expect(tooMuch(written, limit) === undefined).toBe(written <= limit * MB);
      }),
    );
  });

  it('ends a run before the disk of the machine is full, of bytes or of names', () => {
    const before = { bytes: 50 * GB, files: 1_000_000 };
    expect(nearlyFull(before, { bytes: 2 * GB, files: 20_000 })).toBeUndefined();
    expect(nearlyFull(before, { bytes: GB / 2, files: 20_000 })).toMatch(/nearly full: 512 MB are left/);
    expect(nearlyFull(before, { bytes: 2 * GB, files: 9_000 })).toMatch(/9000 more files/);
  });

  it('does not end a run because there was little room to begin with, or because names are not counted', () => {
    const little = { bytes: GB / 2, files: 0 };
    expect(nearlyFull(little, { bytes: GB / 3, files: 0 })).toBeUndefined();
    expect(nearlyFull(little, { bytes: GB / 5, files: 0 })).toMatch(/nearly full/);
  });
});
