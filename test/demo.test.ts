import { type ChildProcess, spawn } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

const root = fileURLToPath(new URL('..', import.meta.url));
const wholeDemoMs = 120_000;

let folder: string;
let child: ChildProcess | undefined;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'demo-test-'));
});
afterEach(async () => {
  child?.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

/** The demo as a process; its temporary files go into `folder`. */
function demo(...args: string[]) {
  const { GEMINI_API_KEY: _, ...env } = process.env;
  const started = spawn(process.execPath, ['demo/main.ts', ...args], { cwd: root, env: { ...env, TMPDIR: folder } });
  child = started;
  let output = '';
  const waiting: { text: string; heard: () => void }[] = [];
  for (const stream of [started.stdout, started.stderr]) {
    stream.on('data', (chunk) => {
      output += chunk;
      for (const { text, heard } of waiting) if (output.includes(text)) heard();
    });
  }
  return {
    ended: new Promise<number | null>((resolve) => started.on('close', resolve)),
    says: (text: string) => new Promise<void>((heard) => waiting.push({ text, heard })),
    interrupt: () => started.kill('SIGINT'),
    output: () => output,
  };
}

/** Story, outcome, time, requests and tokens of the table at the end. */
const tableIn = (output: string): string[][] =>
  [...output.matchAll(/^│ (.*) │$/gm)].slice(1).map(([, row = '']) => row.split('│').map((cell) => cell.trim()));

const isGone = (url: string): Promise<boolean> =>
  fetch(url).then(
    () => false,
    () => true,
  );

describe('npm run demo', () => {
  it(
    'tells three stories to their ends, shows them in a table, and leaves nothing behind',
    async () => {
      const { ended, output } = demo();
      expect([await ended, output()]).toEqual([0, expect.stringContaining('acme/pricing/pull/1')]);
      expect(tableIn(output()).map(([story, outcome]) => [story, outcome])).toEqual([
        ['Push divides by zero', 'pull request open'],
        ['Issue with a stack trace', 'pull request open'],
        ['Connection times out once', 'recovered'],
      ]);
      for (const [, , took, requests, tokens] of tableIn(output())) {
        expect([took, requests, tokens]).toEqual([
          expect.stringMatching(/^\d+\.\d s$/),
          expect.stringMatching(/^[1-9]\d*$/),
          expect.stringMatching(/^[\d,]+$/),
        ]);
      }
      for (const said of ['acme/orders/pull/2', 'acme/warehouse/actions', 'recorded replies', 'Proven: base red'])
        expect(output()).toContain(said);
      expect(await readdir(folder)).toEqual([]);
    },
    wholeDemoMs,
  );

  it(
    'ends with 1 when a story ends otherwise, and says which',
    async () => {
      const replies = path.join(folder, 'replies');
      await cp(path.join(root, 'demo/replies'), replies, { recursive: true });
      const diagnosis = path.join(replies, 'pricing-1-diagnosis.md');
      const sure = await readFile(diagnosis, 'utf8');
      await writeFile(diagnosis, sure.replace('"confidence": 0.96', '"confidence": 0.1'));
      const { ended, output } = demo('--replies', replies);
      expect([await ended, output()]).toEqual([1, expect.stringContaining('Not every story ended as it should.')]);
      expect(tableIn(output()).map(([, outcome]) => outcome)).toEqual([
        'low-confidence',
        'pull request open',
        'recovered',
      ]);
    },
    wholeDemoMs,
  );

  it.each(['Starting', '✔ collect'])(
    'is stopped by Ctrl-C once it says "%s", and leaves nothing behind',
    async (text) => {
      const { ended, says, interrupt, output } = demo();
      await says(text);
      interrupt();
      expect(await ended).toBe(130);
      expect(output()).not.toContain('┌');
      for (const [url] of output().matchAll(/http:\/\/localhost:\d+/g)) expect(await isGone(url)).toBe(true);
      expect(await readdir(folder)).toEqual([]);
    },
    wholeDemoMs,
  );

  it.each(['--port', '--github-port', '--gemini-port'])('says when the port of %s is taken', async (option) => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    const { ended, output } = demo(option, String(address.port));
    expect(await ended).toBe(1);
    expect(output()).toMatch(
      new RegExp(`^Port ${address.port} of .* is taken: .* choose another with ${option}\\.$`, 'm'),
    );
    server.close();
  });

  it.each([
    [['--port', 'x'], '--port x: write a port number from 0 to 65535.'],
    [['--sevre'], "Unknown option '--sevre'"],
  ])('says what is wrong with %j', async (args, message) => {
    const { ended, output } = demo(...args);
    expect([await ended, output()]).toEqual([2, expect.stringContaining(message)]);
  });
});
