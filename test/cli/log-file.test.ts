// A log file, however it is packed, gives the jobs in it with their bytes; one that cannot be read is told with what was meant.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ZipFile } from 'yazl';
import { logsIn } from '../../src/cli/log-file.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'self-heal-log-file-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function given(name: string, bytes: string | Buffer): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, bytes);
  return path;
}

async function zipped(files: Record<string, string>): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, text] of Object.entries(files)) zip.addBuffer(Buffer.from(text), name);
  zip.end();
  return buffer(zip.outputStream);
}

async function read(path: string): Promise<Record<string, string>> {
  const logs: Record<string, string> = {};
  for await (const { name, chunks } of logsIn(path)) logs[name] = (await buffer(chunks)).toString();
  return logs;
}

const log = '2026-03-01T12:00:00.1234567Z größer\n';

describe('a log', () => {
  it('is read as it is, gzipped, and as PowerShell redirects it', async () => {
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(log, 'utf16le')]);
    for (const path of [
      await given('plain.log', log),
      await given('packed.log.gz', gzipSync(log)),
      await given('redirected.log', utf16),
    ])
      expect(await read(path)).toEqual({ [path]: log });
  });

  it('may hold torn characters and NULs', async () => {
    const bytes = Buffer.concat([Buffer.from(`${log.repeat(3)}\0\0`), Buffer.from([0xc3])]);
    expect(Object.keys(await read(await given('torn.log', bytes)))).toHaveLength(1);
  });
});

describe("the zip of a run's logs", () => {
  it('gives each job once, by its name', async () => {
    const files = { '0_build (20).txt': 'whole', '-1_lint.txt': 'lint', 'build (20)/1_Set up job.txt': 'part' };
    expect(await read(await given('run.zip', await zipped(files)))).toEqual({ 'build (20)': 'whole', lint: 'lint' });
  });

  it('that has only steps gives them in their order', async () => {
    const files = { 'test/10_c.txt': 'c', 'test/2_b.txt': 'b', 'test/1_a.txt': 'a', 'lint/1_a.txt': 'x' };
    expect(await read(await given('steps.zip', await zipped(files)))).toEqual({ test: 'abc', lint: 'x' });
  });
});

describe('what cannot be read is told:', () => {
  const refused = (path: string) => read(path).then(String, (error: Error) => error.message);

  it.each([
    ['empty.log', '', /empty\.log is empty\.$/],
    [
      'a.png',
      Buffer.from(Array.from({ length: 512 }, (_, index) => (index * 97) % 256)),
      /is no text: a log, .* is meant/,
    ],
    ['cut.gz', gzipSync('x'.repeat(9_999)).subarray(0, 20), /cut off, perhaps downloaded only in part\.$/],
    ['cut.zip', 'PK\x03\x04 and no more', /no whole zip file, perhaps downloaded only in part\.$/],
  ])('%s', async (name, bytes, message) => {
    expect(await refused(await given(name, bytes))).toMatch(message);
  });

  it('a zip of something else', async () => {
    expect(await refused(await given('other.zip', await zipped({ 'a.json': '{}' })))).toMatch(/without a \.txt file/);
  });

  it('a folder, and a file that is not there', async () => {
    await mkdir(join(folder, 'logs'));
    expect(await refused(join(folder, 'logs'))).toMatch(/it is a folder, and a file is meant\.$/);
    expect(await refused(join(folder, 'none.log'))).toMatch(/none\.log" cannot be read: there is no such file\.$/);
  });
});
