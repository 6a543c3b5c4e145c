import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readCommandLine, UsageError } from '../../simulator/command-line.ts';
import { formatEnv } from '../../simulator/env-file.ts';

describe('the command line', () => {
  it('is read into what to start', () => {
    const args =
      '--repo a=b/c=octo/one --repo two=octo/two --private octo/two --secret octo/one:TOKEN=a=b --variable octo/one:level=3'.split(
        ' ',
      );
    const more =
      '--action self-heal-app/self-heal/action=action --port 0 --gemini-port 4021 --app-url http://localhost:3000/x --env-file e'.split(
        ' ',
      );
    expect(readCommandLine([...args, ...more])).toMatchObject({
      envFile: 'e',
      options: {
        port: 0,
        geminiPort: 4021,
        appUrl: 'http://localhost:3000/x',
        localActions: { 'self-heal-app/self-heal/action': 'action' },
        repositories: [
          { directory: 'a=b/c', fullName: 'octo/one', secrets: { TOKEN: 'a=b' }, variables: { LEVEL: '3' } },
          { directory: 'two', fullName: 'octo/two', private: true },
        ],
      },
    });
  });

  it("knows this checkout's own Action, unless told otherwise", () => {
    const own = 'self-heal-app/self-heal/action';
    expect(readCommandLine(['--repo', 'a=o/r']).options.localActions).toEqual({ [own]: 'action' });
    const given = ['--repo', 'a=o/r', '--action', `${own}=elsewhere`, '--action', 'octo/tool=tool'];
    expect(readCommandLine(given).options.localActions).toEqual({ [own]: 'elsewhere', 'octo/tool': 'tool' });
  });

  it.each([
    [[], 'No repository to host'],
    [['--repo', 'x'], '--repo x: write DIR=owner/name.'],
    [['--repo', 'x=o/r', '--port', '70000'], '--port 70000: write a port number'],
    [['--repo', 'x=o/r', '--app-url', 'localhost:3000'], '--app-url localhost:3000: write an address'],
    [['--repo', 'x=o/r', '--private', 'o/other'], '--private names o/other, which no --repo hosts.'],
    [['--repo', 'x=o/r', '--secret', 'hunter2'], '--secret: write owner/name:KEY=VALUE.'],
    [['--rpeo', 'x=o/r'], "Unknown option '--rpeo'"],
  ])('says what is wrong with %j', (args, message) => {
    expect(() => readCommandLine(args)).toThrow(UsageError);
    expect(() => readCommandLine(args)).toThrow(message);
  });
});

describe('the env file', () => {
  it('is read back as it was by Node', () => {
    const settings = { KEY: '-----BEGIN\nabc=\n-----END\n', URL: 'http://localhost:1/?a=b#c' };
    expect(parseEnv(formatEnv(settings))).toEqual(settings);
  });
});

describe('npm run simulator', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'command-line-'));
    await writeFile(join(folder, 'a.txt'), 'one\n');
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const start = (...args: string[]) => {
    const child = spawn(process.execPath, ['--', 'simulator/main.ts', '--port', '0', '--gemini-port', '0', ...args]);
    let output = '';
    const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
    const ready = new Promise<void>((resolve) => {
      for (const stream of [child.stdout, child.stderr]) {
        stream.on('data', (chunk) => {
          output += chunk;
          if (output.includes('Stop with Ctrl-C')) resolve();
        });
      }
      child.on('close', () => resolve());
    });
    return { child, ready, ended, output: () => output };
  };

  it('serves, writes the settings for this user only, and stops cleanly', async () => {
    const envFile = join(folder, '.env.simulator');
    const { child, ready, ended, output } = start(
      '--repo',
      `${folder}=octo/demo`,
      '--env-file',
      envFile,
      '--app-url',
      'http://localhost:3999/hooks',
    );
    await ready;
    const settings = parseEnv(await readFile(envFile, 'utf8'));
    expect((await stat(envFile)).mode & 0o777).toBe(0o600);
    expect(settings).toMatchObject({ APP_ID: expect.stringMatching(/^\d+$/), GHE_PROTOCOL: 'http', PORT: '3999' });
    const answer = await fetch(`http://${settings.GHE_HOST}/api/v3/repos/octo/demo`);
    expect(await answer.json()).toMatchObject({ full_name: 'octo/demo', default_branch: 'main' });
    expect(await (await fetch(`http://${settings.GHE_HOST}/`)).text()).toContain('octo/demo');
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
    expect(output()).toContain(`http://${settings.GHE_HOST}/octo/demo`);
  });

  it('ends with 1 when scripted replies were left over', async () => {
    await writeFile(join(folder, '1.md'), 'Never asked for');
    const { child, ready, ended, output } = start('--repo', `${folder}=octo/demo`, '--gemini-replies', folder);
    await ready;
    child.kill('SIGINT');
    expect(await ended).toBe(1);
    expect(output()).toContain('1.md');
  });

  it.each(['--port', '--gemini-port'])('says that the port of %s is taken', async (option) => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    const { ended, output } = start('--repo', `${folder}=octo/demo`, option, String(address.port));
    expect(await ended).toBe(1);
    server.close();
    const taken = `The simulator did not start: Port ${address.port} is taken: choose another with ${option}, or end`;
    expect(output()).toContain(taken);
  });

  it('says in a sentence why it cannot start', async () => {
    const { ended, output } = start('--repo', `${join(folder, 'gone')}=octo/demo`);
    expect(await ended).toBe(1);
    expect(output()).toMatch(/^The simulator did not start: .*gone is no folder/);
  });
});
