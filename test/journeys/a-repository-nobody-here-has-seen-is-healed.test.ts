import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { z } from 'zod';
import { prepareDatabase } from '../prepared-database.ts';
import { type AppProcess, startAppProcess } from './app-process.ts';
import { calculator } from './calculator.ts';
import { freePort } from './free-port.ts';
import { broken, diagnosis, patch, secondLook, sound } from './laden.ts';
import { sandboxEngine } from './sandbox-engine.ts';

const checkout = fileURLToPath(new URL('../..', import.meta.url));
let folder: string;
let simulator: ChildProcess | undefined;
let app: AppProcess | undefined;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'self-heal-journey-'));
});
afterEach(async () => {
  await app?.kill();
  if (simulator?.exitCode === null && simulator.kill('SIGKILL')) await once(simulator, 'exit');
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

async function write(directory: string, files: Record<string, string>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(directory, name)), { recursive: true });
    await writeFile(path.join(directory, name), text);
  }
}

const person = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.org', '-c', 'commit.gpgsign=false'];
const git = async (directory: string, ...args: string[]): Promise<string> =>
  (await promisify(execFile)('git', ['-C', directory, ...person, ...args])).stdout.trim();

/** A repository with a past, on a branch that is not called main. */
async function repositoryWithHistory(): Promise<string> {
  const directory = path.join(folder, 'laden');
  await mkdir(directory);
  await git(directory, 'init', '--quiet', '--initial-branch=trunk');
  const workflow = calculator['.github/workflows/self-heal.yml'] ?? '';
  const steps: [string, Record<string, string>][] = [
    ['Anfang', { 'README.md': '# laden\n' }],
    ['Preise und Größen', sound],
    ['self-heal', { '.github/workflows/self-heal.yml': workflow.replace('python3 -m unittest -v', 'npm test') }],
  ];
  for (const [message, files] of steps) {
    await write(directory, files);
    await git(directory, 'add', '--all');
    await git(directory, 'commit', '--quiet', '--message', message);
  }
  return directory;
}

/** As somebody types it: everything by the command line. */
async function startSimulator(
  directory: string,
  appUrl: string,
  envFile: string,
): Promise<{ url: string; token: string }> {
  const replies = path.join(folder, 'replies');
  await write(replies, { '1-cause.md': diagnosis, '2-patch.md': patch, '3-second-look.md': secondLook });
  const { name: engine } = await sandboxEngine();
  const options = {
    '--port': '0',
    '--gemini-port': '0',
    '--repo': `${directory}=me/laden`,
    '--variable': `me/laden:SELF_HEAL_ENGINE=${engine}`,
    '--action': `self-heal-app/self-heal/action=${path.join(checkout, 'action')}`,
    '--app-url': appUrl,
    '--app-manifest': 'app.yml',
    '--gemini-replies': replies,
    '--env-file': envFile,
  };
  simulator = spawn(process.execPath, ['--', 'simulator/main.ts', ...Object.entries(options).flat()], {
    cwd: checkout,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (!simulator.stdout) throw new Error('no output of the simulator');
  const said: string[] = [];
  for await (const line of createInterface({ input: simulator.stdout })) {
    said.push(line);
    if (line.startsWith('Stop with')) break;
  }
  const url = /^GitHub +(\S+)/m.exec(said.join('\n'))?.[1];
  const token = /token for git and the API: (\S+)/.exec(said.join('\n'))?.[1];
  if (!url || !token) throw new Error(`the simulator did not say where it is:\n${said.join('\n')}`);
  return { url, token };
}

const Pulls = z.array(
  z.object({
    title: z.string(),
    body: z.string(),
    head: z.object({ ref: z.string() }),
    base: z.object({ ref: z.string() }),
  }),
);

it('a repository nobody here has seen is healed', async () => {
  const port = await freePort();
  const envFile = path.join(folder, 'app.env');
  const directory = await repositoryWithHistory();
  const { url, token } = await startSimulator(directory, `http://localhost:${port}/api/github/webhooks`, envFile);
  await prepareDatabase(path.join(folder, 'data'));
  app = await startAppProcess({ SELF_HEAL_DATA: path.join(folder, 'data') }, [`--env-file=${envFile}`]);

  const clone = path.join(folder, 'clone');
  await git(folder, 'clone', '--quiet', url.replace('//', `//octocat:${token}@`).concat('/me/laden.git'), clone);
  expect(await git(clone, 'log', '--format=%s')).toBe('self-heal\nPreise und Größen\nAnfang');
  await write(clone, broken);
  await git(clone, 'commit', '--quiet', '--all', '--message', 'Faktoren statt Quotienten');
  await git(clone, 'push', '--quiet', 'origin', 'trunk');

  await app.step((line) => line.step === 'settle' && line.state === 'waiting');
  const response = await fetch(`${url}/api/v3/repos/me/laden/pulls`, { headers: { authorization: `token ${token}` } });
  const pulls = Pulls.parse(await response.json());
  expect(pulls).toEqual([expect.objectContaining({ base: { ref: 'trunk' } })]);
  expect(pulls[0]?.title).toBe('[self-heal] fix(preise): rechnen statt vertauschen');
  expect(pulls[0]?.body).toContain('Größen tabelle/umrechnen.cjs');

  const branch = pulls[0]?.head.ref ?? '';
  await git(clone, 'fetch', '--quiet', 'origin', branch);
  await git(clone, 'checkout', '--quiet', 'FETCH_HEAD');
  const changed = await git(clone, '-c', 'core.quotePath=false', 'diff', '--name-only', 'trunk');
  expect(changed.split('\n').sort()).toEqual([
    'src/Größen tabelle/umrechnen.cjs',
    'src/preise.js',
    'test/Größen tabelle/umrechnen.test.cjs',
    'test/preise.test.js',
  ]);
  // The file with the line ends of Windows has kept them, and has got no others.
  const prices = await readFile(path.join(clone, 'src/preise.js'), 'utf8');
  expect(prices).toBe(sound['src/preise.js']);
  expect(prices).toMatch(/\r\n$/);

  expect(await app.stop()).toBe(0);
  simulator?.kill('SIGTERM');
  // Not zero where replies were left over.
  expect(simulator && (await once(simulator, 'exit'))).toEqual([0, null]);
}, 120_000);
