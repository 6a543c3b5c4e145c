// Files of a candidate over a copy of the prepared base: they arrive, and never outside of it.

import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { CandidateFile } from '../../action/src/fetch-candidate.ts';
import { layOver, overlayDigest } from '../../action/src/lay-over.ts';

const file = (path: string, content: string | null = 'new', executable = false): CandidateFile => ({
  path,
  content: content === null ? null : Buffer.from(content),
  executable,
});

describe('laying over', () => {
  let folder = '';
  let tree = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'self-heal-over-'));
    tree = join(folder, 'tree');
    mkdirSync(join(tree, 'src'), { recursive: true });
    writeFileSync(join(tree, 'src/a.py'), 'old');
    writeFileSync(join(folder, 'outside'), 'untouched');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('replaces, adds and takes away', async () => {
    await layOver(tree, [file('src/a.py'), file('new/deep/b.py', 'b'), file('run.sh', '#!', true)]);
    expect(readFileSync(join(tree, 'src/a.py'), 'utf8')).toBe('new');
    expect(readFileSync(join(tree, 'new/deep/b.py'), 'utf8')).toBe('b');
    expect(statSync(join(tree, 'run.sh')).mode & 0o777).toBe(0o755);
    await layOver(tree, [file('src/a.py', null)]);
    expect(readdirSync(join(tree, 'src'))).toEqual([]);
  });

  it.each([
    ['a linked folder', 'linked/x'],
    ['a linked file', 'file'],
    ['a link to nowhere', 'nowhere'],
    ['a file where a folder has to be', 'src/a.py/b'],
    ['a folder where a file has to be', 'src'],
    ['a path upwards', '../outside'],
  ])('refuses %s', async (_what, path) => {
    symlinkSync(folder, join(tree, 'linked'));
    symlinkSync(join(folder, 'outside'), join(tree, 'file'));
    symlinkSync(join(folder, 'made'), join(tree, 'nowhere'));
    await expect(layOver(tree, [file(path)])).rejects.toThrow(/cannot be laid over/);
    expect(readFileSync(join(folder, 'outside'), 'utf8')).toBe('untouched');
    expect(readdirSync(folder).sort()).toEqual(['outside', 'tree']);
    expect(lstatSync(join(tree, 'file')).isSymbolicLink()).toBe(true);
  });

  it('has a digest of paths and contents in any order', () => {
    const [a, b] = [file('a', '1'), file('b', '2')];
    expect(overlayDigest([a, b])).toBe(overlayDigest([b, a]));
    expect(overlayDigest([])).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    const others = [[a], [file('a', '2'), b], [file('a', null), b], [file('b', '1'), file('a', '2')]];
    for (const other of others) expect(overlayDigest(other)).not.toBe(overlayDigest([a, b]));
  });
});
