// What a run left behind → its reports: by glob, its own only, bounded, and never through a link.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readReports, reportsBefore } from '../../action/src/read-reports.ts';
import { writeFiles } from './candidate-repository.ts';

describe('reports of a run', () => {
  let folder = '';
  let tree = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'self-heal-reports-'));
    tree = join(folder, 'tree');
    mkdirSync(tree);
    writeFileSync(join(folder, 'outside.xml'), 'a secret');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const read = (globs: string[], before: ReadonlyMap<string, bigint> = new Map()) => readReports(tree, globs, before);
  const paths = async (...globs: string[]) => (await read(globs)).reports.map(({ path }) => path);

  it('are what the globs match, in a steady order', async () => {
    writeFiles(tree, {
      'reports/junit/TEST-b.xml': 'b',
      'reports/junit/TEST-a.xml': 'a',
      'reports/junit/notes.txt': 'x',
      'module/one/build/out.xml': '1',
      'module/one/build/out.tap': '2',
      'node_modules/dep/out.xml': '3',
      'deep.xml': '4',
      '[odd]+(name).xml': '5',
    });
    expect(await paths('reports/junit/*.xml')).toEqual(['reports/junit/TEST-a.xml', 'reports/junit/TEST-b.xml']);
    expect(await paths('./reports/junit/TEST-?.{xml,tap}')).toHaveLength(2);
    expect(await paths('**/build/out.{xml,tap}')).toEqual(['module/one/build/out.tap', 'module/one/build/out.xml']);
    expect(await paths('**/*.xml', 'deep.xml')).toEqual([
      '[odd]+(name).xml',
      'deep.xml',
      'module/one/build/out.xml',
      'reports/junit/TEST-a.xml',
      'reports/junit/TEST-b.xml',
    ]);
    expect(await paths('node_modules/*/out.xml')).toEqual(['node_modules/dep/out.xml']);
    expect(await paths('[odd]+(name).xml')).toEqual(['[odd]+(name).xml']);
    expect(await paths('module/**')).toEqual(['module/one/build/out.tap', 'module/one/build/out.xml']);
    expect(await paths('absent/*.xml', '{', '')).toEqual([]);
  });

  it('are no files of before that it left alone, whatever their times say', async () => {
    writeFiles(tree, { 'old.xml': 'old', 'again.xml': 'old' });
    const before = await reportsBefore(tree, ['*.xml']);
    writeFiles(tree, { 'again.xml': 'new', 'fresh.xml': 'fresh' });
    utimesSync(join(tree, 'again.xml'), new Date(0), new Date(0));
    const { reports } = await read(['*.xml'], before);
    expect(reports).toEqual([
      { path: 'again.xml', text: 'new' },
      { path: 'fresh.xml', text: 'fresh' },
    ]);
  });

  it('are nothing that a link leads to, no folder and no pipe', async () => {
    symlinkSync(join(folder, 'outside.xml'), join(tree, 'link.xml'));
    symlinkSync(folder, join(tree, 'linked'));
    mkdirSync(join(tree, 'folder.xml'));
    execFileSync('sh', ['-c', 'mkfifo pipe.xml'], { cwd: tree });
    const found = await read(['*.xml', 'linked/*.xml', '**/outside.xml']);
    expect(found).toEqual({ reports: [], reportsLeftOut: { count: 2, paths: ['link.xml', 'pipe.xml'] } });
  });

  it('are bounded in number and size, and what is left out is named', async () => {
    writeFileSync(join(tree, 'a.xml'), 'x'.repeat(1_999_990));
    writeFileSync(join(tree, 'b.xml'), 'x'.repeat(11));
    writeFileSync(join(tree, 'c.xml'), 'x'.repeat(10));
    const found = await read(['*.xml']);
    expect(found.reports.map(({ path }) => path)).toEqual(['a.xml', 'c.xml']);
    expect(found.reportsLeftOut).toEqual({ count: 1, paths: ['b.xml'] });
    rmSync(join(tree, 'a.xml'));
    writeFiles(tree, Object.fromEntries(Array.from({ length: 230 }, (_, index) => [`many/${index}.xml`, 'x'])));
    const many = await read(['many/*']);
    expect([many.reports.length, many.reportsLeftOut?.count, many.reportsLeftOut?.paths.length]).toEqual([200, 30, 20]);
  });

  it('hold no control characters, and bytes that are no text as signs for them', async () => {
    writeFileSync(join(tree, 'a.xml'), Buffer.from([0x61, 0x00, 0x1b, 0x0a, 0xff, 0x62]));
    expect((await read(['a.xml'])).reports).toEqual([{ path: 'a.xml', text: 'a\n\ufffdb' }]);
  });
});
