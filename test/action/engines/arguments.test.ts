// The command lines of the engines, and what docker's own client makes of ours when it talks to its daemon.

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { bubblewrapArguments } from '../../../action/src/engines/bubblewrap.ts';
import { containerArguments } from '../../../action/src/engines/containers.ts';
import { DOCKER } from '../../../action/src/engines/docker.ts';
import type { PlacedRequest } from '../../../action/src/engines/engine.ts';
import { podmanProgram } from '../../../action/src/engines/podman.ts';

const request: PlacedRequest = {
  command: 'npm test -- "$X"',
  mounts: [
    { kind: 'link', path: '/bin', target: 'usr/bin' },
    { kind: 'scratch', path: '/tmp', sizeMb: 64 },
    { kind: 'read-only', path: '/usr' },
    { kind: 'read-only', path: '/etc/passwd' },
    { kind: 'hidden', path: '/usr/secret' },
    { kind: 'hidden-folder', path: '/usr/keys' },
    { kind: 'overlay', path: '/usr/m2, 1:0', upper: '/up/0/upper', work: '/up/0/work' },
    { kind: 'work', path: '/tmp/a, "b"/app', source: '/copies/base' },
  ],
  directory: '/tmp/a, "b"/app',
  workTree: '/copies/base',
  written: ['/copies/base'],
  environment: { PATH: '/usr/bin', CI: 'true' },
  limits: { timeoutSeconds: 60, memoryMb: 512, cpus: 0.5, diskMb: 100, processes: 99, outputKb: 64 },
  cancelled: new AbortController().signal,
};
const user = { uid: 1001, gid: 1002 };
const standIns = { fileFor: () => '/stand-ins/empty', folder: '/stand-ins/folder' };
const container = { name: 'self-heal-1', image: 'sha256:abc', user, standIns };
const docker = containerArguments(DOCKER, container, request);

/** The words that follow `flag`, each time it is there. */
const valuesOf = (args: readonly string[], flag: string) =>
  args.flatMap((arg, at) => (arg === flag ? [args[at + 1]] : []));

describe('containers', () => {
  it('have no network, no powers, a read-only system and limits', () => {
    expect(valuesOf(docker, '--network')).toEqual(['none']);
    expect(valuesOf(docker, '--cap-drop')).toEqual(['ALL']);
    expect(valuesOf(docker, '--security-opt')).toEqual(['no-new-privileges', 'label=disable']);
    expect(valuesOf(docker, '--user')).toEqual(['1001:1002']);
    expect(valuesOf(docker, '--pids-limit')).toEqual(['99']);
    expect([valuesOf(docker, '--memory'), valuesOf(docker, '--memory-swap')]).toEqual([['512m'], ['512m']]);
    expect(docker).toContain('--read-only');
    expect(docker.join(' ')).not.toMatch(/privileged|docker\.sock|--cap-add|--device|--pid |--ipc|--volumes-from/);
  });

  it('get the command as one word, after the image', () => {
    const words = docker.slice(docker.indexOf('sha256:abc') + 1);
    expect(words.slice(-7)).toEqual(
      [request.directory, 'bash', '--noprofile', '--norc', '-eo', 'pipefail', '-c', request.command].slice(-7),
    );
    expect(valuesOf(docker, '--entrypoint')).toEqual(['bash']);
  });

  it('of podman know its own options', () => {
    expect(podmanProgram(true)).toEqual({
      command: ['podman'],
      createArguments: ['--http-proxy=false', '--ulimit', 'nofile=4096:4096', '--ulimit', 'nproc=4096:4096'],
      overlayArguments: expect.any(Function),
    });
    const podman = containerArguments(podmanProgram(true), container, request);
    expect(valuesOf(podman, '--volume')).toEqual([
      '/usr/m2, 1:0:/usr/m2, 1:0:O,upperdir=/up/0/upper,workdir=/up/0/work',
    ]);
    expect(podmanProgram(false, 'runc').command).toEqual(['podman', '--runtime', 'runc']);
    expect(podmanProgram(false).createArguments.slice(-2)).toEqual(['--userns', 'keep-id']);
  });

  it('are what docker asks its daemon for', async () => {
    const asked = await askDocker(docker);
    if (asked === 'not installed') {
      // Said aloud, because a machine without docker's client must not look like one on which it was tested.
      console.warn('skipped on this machine: docker is not installed');
      return;
    }
    expect(asked).toMatchObject({
      User: '1001:1002',
      Image: 'sha256:abc',
      Entrypoint: ['bash'],
      HostConfig: {
        NetworkMode: 'none',
        ReadonlyRootfs: true,
        CapDrop: ['ALL'],
        CapAdd: null,
        Privileged: false,
        PidsLimit: 99,
        Memory: 512 * 1024 * 1024,
        MemorySwap: 512 * 1024 * 1024,
        SecurityOpt: ['no-new-privileges', 'label=disable'],
        LogConfig: { Type: 'none' },
        NanoCpus: 500_000_000,
        Tmpfs: {
          '/tmp': 'rw,exec,nosuid,nodev,size=64m,mode=1777',
          // Around the work tree, so that others may make their folders next to it.
          '/tmp/a, "b"': 'rw,exec,nosuid,nodev,size=128m,mode=1777',
        },
        Mounts: [
          { Type: 'bind', Source: '/usr', Target: '/usr', ReadOnly: true },
          { Type: 'bind', Source: '/etc/passwd', Target: '/etc/passwd', ReadOnly: true },
          { Type: 'bind', Source: '/stand-ins/empty', Target: '/usr/secret', ReadOnly: true },
          { Type: 'bind', Source: '/stand-ins/folder', Target: '/usr/keys', ReadOnly: true },
          {
            Type: 'volume',
            Target: '/usr/m2, 1:0',
            VolumeOptions: {
              NoCopy: true,
              DriverConfig: {
                Name: 'local',
                Options: {
                  type: 'overlay',
                  device: 'overlay',
                  o: 'lowerdir=/usr/m2\\, 1\\:0,upperdir=/up/0/upper,workdir=/up/0/work',
                },
              },
            },
          },
          { Type: 'bind', Source: '/copies/base', Target: '/tmp/a, "b"/app' },
        ],
      },
    });
    expect(asked.Env).toEqual(expect.arrayContaining(['PATH=/usr/bin', 'CI=true', 'HTTPS_PROXY=', 'https_proxy=']));
  });
});

describe('bubblewrap', () => {
  const plain = bubblewrapArguments(request, { user, asRoot: false, covered: ['/proc/keys'], standIns });
  const asRoot = bubblewrapArguments(request, {
    user: { uid: 65534, gid: 65534 },
    asRoot: true,
    covered: [],
    standIns,
  });

  it('unshares everything and drops all powers', () => {
    expect(plain.slice(0, 3)).toEqual(['--unshare-all', '--unshare-user', '--uid']);
    for (const args of [plain, asRoot]) {
      expect(valuesOf(args, '--cap-drop')).toEqual(['ALL']);
      for (const flag of [
        '--die-with-parent',
        '--new-session',
        '--remount-ro',
        '--json-status-fd',
        '--seccomp',
        '--disable-userns',
      ].slice(0, args === plain ? 6 : 5))
        expect(args).toContain(flag);
      expect(args).not.toContain('--share-net');
    }
    expect(asRoot).toEqual(expect.arrayContaining(['--unshare-net', '--unshare-pid', '--unshare-ipc']));
  });

  it('started by root, becomes somebody else before the command', () => {
    const words = asRoot.slice(asRoot.indexOf('setpriv'));
    expect(words.slice(0, 8)).toEqual([
      ...['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups', '--no-new-privs'],
      ...['--inh-caps=-all', '--ambient-caps=-all', '--bounding-set=-all'],
    ]);
    expect(plain).not.toContain('setpriv');
  });

  it('makes the folders above a mount for everybody, once, and none inside of a mounted folder', () => {
    expect(valuesOf(plain, '--dir')).toEqual(['/etc', '/tmp/a, "b"']);
    expect(valuesOf(plain, '--ro-bind')).toEqual([
      '/dev/null',
      '/usr',
      '/etc/passwd',
      '/stand-ins/empty',
      '/stand-ins/folder',
    ]);
    expect(valuesOf(plain, '--bind')).toEqual(['/up/0/merged', '/copies/base']);
  });
});

/** Runs docker's client against a daemon of ours, and returns the container that it asks for. */
async function askDocker(args: readonly string[]): Promise<Record<string, unknown> | 'not installed'> {
  const folder = mkdtempSync(join(tmpdir(), 'self-heal-docker-'));
  let body = '';
  const daemon = createServer((incoming, response) => {
    response.setHeader('api-version', '1.44');
    response.setHeader('content-type', 'application/json');
    if (!incoming.url?.includes('/containers/create')) return void response.end('{}');
    incoming.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
    incoming.on('end', () => response.writeHead(201).end('{"Id":"1","Warnings":[]}'));
  });
  await new Promise<void>((listening) => daemon.listen(join(folder, 'daemon.sock'), listening));
  try {
    const env = { PATH: process.env.PATH, HOME: folder, DOCKER_HOST: `unix://${folder}/daemon.sock` };
    const child = spawn('docker', args, { env, stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => (said += chunk));
    const code = await new Promise((done) => child.once('error', () => done('not installed')).once('close', done));
    if (code === 'not installed') return 'not installed';
    expect([code, said]).toEqual([0, '']);
    return z.record(z.string(), z.unknown()).parse(JSON.parse(body));
  } finally {
    daemon.closeAllConnections();
    await new Promise((closed) => daemon.close(closed));
    rmSync(folder, { recursive: true, force: true });
  }
}
