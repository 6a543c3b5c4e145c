import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { freePort } from '../demo/free-port.ts';
import { makeKeys } from '../simulator/github/app.ts';
import { prepareDatabase } from './prepared-database.ts';

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'self-heal-main-'));
});
const running = new Set<ChildProcess>();
const servers = new Set<Server>();
afterEach(() => {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
  for (const child of running) child.kill('SIGKILL');
});
afterAll(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));

function started(args: string[], env: Record<string, string> = {}) {
  // In a folder of its own: Probot reads a `.env` where it stands.
  const child = spawn(process.execPath, [main, ...args], { cwd: folder, env: { PATH: process.env.PATH, ...env } });
  running.add(child);
  child.once('close', () => running.delete(child));
  const said = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said.out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said.err += text;
  });
  const ended = once(child, 'close').then(([code]: (number | null)[]) => ({ code, ...said }));
  return { child, said, ended };
}
const ran = (args: string[], env: Record<string, string> = {}) => started(args, env).ended;

describe('the command line', () => {
  it.each(['--help', '-h'])('%s names every command', async (flag) => {
    const { code, out } = await ran([flag]);
    expect(out).toMatch(/^Usage: self-heal COMMAND/);
    for (const name of ['serve', 'doctor']) expect(out).toMatch(new RegExp(`^ {2}${name} +\\w`, 'm'));
    expect(code).toBe(0);
  });

  it('COMMAND --help tells about it, and does nothing', async () => {
    const { code, out, err } = await ran(['serve', '--help']);
    expect(out).toMatch(/^Usage: self-heal serve/);
    expect({ code, err }).toEqual({ code: 0, err: '' });
  });

  it('without a command says how it is used, and fails', async () => {
    const { code, err, out } = await ran([]);
    expect(out + err).toMatch(/^Usage: self-heal COMMAND/);
    expect(code).toBe(2);
  });

  it('with a command that does not exist names it, says which there are, and fails', async () => {
    const { code, err, out } = await ran(['heel']);
    expect(err).toMatch(/^self-heal: there is no command "heel"\.[\s\S]*doctor/);
    expect({ code, out }).toEqual({ code: 2, out: '' });
  });

  it.each([
    ['doctor', '--jsn'],
    ['serve', 'now'],
  ])('with %s %s, which that command does not take, says so and fails', async (name, word) => {
    const { code, err, out } = await ran([name, word]);
    expect(err).toContain(word);
    expect(err).toContain(`self-heal ${name} --help`);
    expect({ code, out }).toEqual({ code: 2, out: '' });
  });
});

describe('bad settings', () => {
  it('end `serve` with every mistake in one message, and no stack', async () => {
    const { code, err, out } = await ran(['serve'], { PORT: '99999', APP_ID: 'seven' });
    expect(err).toMatch(/^self-heal: settings-invalid: /);
    for (const name of ['PORT', 'APP_ID', 'docs/configuration.md']) expect(err).toContain(name);
    expect(err).not.toContain('    at ');
    expect({ code, out }).toEqual({ code: 1, out: '' });
  });

  it('make `doctor` exit with 1', async () => {
    const { code, out } = await ran(['doctor'], { SELF_HEAL_WORKERS: '0' });
    expect(out).toMatch(/^✘ SELF_HEAL_WORKERS: /);
    expect(code).toBe(1);
  });
});

it('serve runs until it is told to stop, and then ends with 0', async () => {
  const port = await freePort();
  // It accepts, and never answers: what the App still waits for must not keep it.
  const gitHub = createServer(() => undefined).listen(0, '127.0.0.1');
  servers.add(gitHub);
  await once(gitHub, 'listening');
  const address = gitHub.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  await prepareDatabase(join(folder, 'data'));
  const { child, said, ended } = started(['serve'], {
    APP_ID: '7',
    PRIVATE_KEY: makeKeys().privateKey,
    WEBHOOK_SECRET: 'a webhook secret',
    GHE_HOST: `127.0.0.1:${address.port}`,
    GHE_PROTOCOL: 'http',
    GEMINI_API_KEY: 'a-key-of-the-model',
    HOST: '127.0.0.1',
    PORT: String(port),
    SELF_HEAL_DATA: join(folder, 'data'),
  });
  while (!said.out.includes('Self-Heal is ready')) await Promise.race([once(child.stdout, 'data'), ended.then(fail)]);
  expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200);
  child.kill('SIGTERM');
  const { code, out, err } = await ended;
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toContain('"msg":"stopping"');
  expect(out).not.toMatch(/PRIVATE KEY|a webhook secret|a-key-of-the-model/);
});

function fail(ended: { out: string; err: string }): never {
  throw new Error(`it ended early:\n${ended.out}\n${ended.err}`);
}
