// A throw-away stand-in for a runner: its process, its files, its home with credentials and dependencies, and its servers.
import { type ChildProcess, spawn } from 'node:child_process';
import { createSocket, type Socket as Datagrams } from 'node:dgram';
import { once } from 'node:events';
import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { dirname, join } from 'node:path';

export const CANARY = 'canary-of-the-runner';

export interface World {
  readonly outside: string;
  readonly directory: string;
  readonly workTree: string;
  readonly home: string;
  /** A process with a secret in its environment, as the runner's is. */
  readonly runner: ChildProcess;
  readonly tcpPort: number;
  readonly udpPort: number;
  readonly abstractSocket: string;
  /** How often somebody has reached one of the servers. */
  reached: number;
  close(): Promise<void>;
}

/** Files of a home that hold credentials, each with the canary in it. */
const SECRETS = `.ssh/id_ed25519 .aws/credentials .docker/config.json .netrc .npmrc .config/gh/hosts.yml .gnupg/key
  .cargo/credentials.toml .m2/settings.xml .gradle/gradle.properties .local/share/keyrings/login.keyring .bash_history`;
export const secretFiles = SECRETS.split(/\s+/);
const DEPENDENCIES = '.m2/repository/lib.jar .cargo/registry/lib.crate go/pkg/mod/lib.go .cache/ms-playwright/chrome';
export const dependencyFiles = DEPENDENCIES.split(/\s+/);

/** What must be there before an engine is opened, because it looks at the home. */
export function furnishHome(home: string): void {
  for (const [files, text] of [
    [secretFiles, CANARY],
    [dependencyFiles, 'dependency'],
  ] as const) {
    for (const file of files) {
      mkdirSync(dirname(join(home, file)), { recursive: true });
      writeFileSync(join(home, file), text);
    }
  }
  writeFileSync(join(home, '.bashrc'), '');
  openToAll(home);
}

/** Owners and modes must not be what holds an attack: where root runs the tests, the sandbox's user is another. */
function openToAll(folder: string): void {
  chmodSync(folder, 0o777);
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    chmodSync(join(entry.parentPath, entry.name), entry.isDirectory() ? 0o777 : 0o666);
  }
}

/** The prepared checkout has the token in its .git, and a program that makes whoever starts it root. */
export function furnishRunner(outside: string, directory: string, workTree: string): void {
  mkdirSync(join(directory, '.git'), { recursive: true });
  writeFileSync(join(directory, '.git/config'), `extraheader = AUTHORIZATION: basic ${CANARY}`);
  writeFileSync(join(outside, 'secret.txt'), CANARY);
  for (const file of ['env', 'output', 'path', 'state']) writeFileSync(join(outside, file), '');
  openToAll(outside);
  copyFileSync('/usr/bin/id', join(workTree, 'id-as-root'));
  chmodSync(join(workTree, 'id-as-root'), 0o4755);
}

/** The runner's process belongs to whom the sandbox runs as, so that nothing but the sandbox is between them. */
const sandboxUser = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

export async function openWorld(places: Pick<World, 'outside' | 'directory' | 'workTree' | 'home'>): Promise<World> {
  const { outside } = places;
  const runner = spawn('sleep', ['600'], { ...sandboxUser, env: { RUNNER_SECRET: CANARY }, stdio: 'ignore' });
  await once(runner, 'spawn');
  const abstractSocket = `self-heal-${runner.pid}`;
  const [tcp, file, abstract] = [serve(), serve(), serve()];
  const udp = createSocket('udp4');
  await Promise.all([
    listening(tcp, { host: '0.0.0.0', port: 0 }),
    listening(file, { path: join(outside, 'docker.sock') }),
    listening(abstract, { path: `\0${abstractSocket}` }),
    new Promise<void>((bound) => udp.bind(0, '0.0.0.0', bound)),
  ]);
  chmodSync(join(outside, 'docker.sock'), 0o666);
  const address = tcp.address();
  const world: World = {
    ...{ ...places, runner, abstractSocket, reached: 0 },
    tcpPort: typeof address === 'object' && address !== null ? address.port : 0,
    udpPort: udp.address().port,
    close: async () => {
      runner.kill('SIGKILL');
      await Promise.all([tcp, file, abstract].map((server) => new Promise((done) => server.close(done))));
      await new Promise<void>((done) => udp.close(done));
    },
  };
  counting(world, [tcp, file, abstract], udp);
  return world;
}

function counting(world: World, servers: readonly Server[], udp: Datagrams): void {
  for (const server of servers) server.on('connection', () => (world.reached += 1));
  udp.on('message', () => (world.reached += 1));
}

function serve(): Server {
  return createServer((socket) => socket.on('error', () => undefined).end('reached'));
}

function listening(server: Server, where: { path: string } | { host: string; port: number }): Promise<void> {
  return new Promise((done, fail) => server.once('error', fail).listen(where, done));
}

/** The processes of this machine that have `text` in their command line. */
export function processesWith(text: string): number[] {
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name) || !existsSync(`/proc/${name}/cmdline`)) return [];
    try {
      return readFileSync(`/proc/${name}/cmdline`, 'utf8').includes(text) ? [Number(name)] : [];
    } catch {
      // It ended meanwhile.
      return [];
    }
  });
}
