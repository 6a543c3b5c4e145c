// What a sandbox shows of this machine, what it hides, and which variables it passes on.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { sandboxEnvironment } from '../../action/src/environment.ts';
import { contains, type Host, toolFolders } from '../../action/src/host.ts';
import { foldersAround, planMounts } from '../../action/src/layout.ts';

const runner = {
  home: '/home/runner',
  directory: '/home/runner/work/app/app',
  keepOut: ['/home/runner/work/_temp', '/home/runner/work/app/app'],
};
const host: Host = {
  home: '/home/runner',
  user: { uid: 1001, gid: 1001 },
  system: [{ path: '/usr' }, { path: '/bin', linkTo: 'usr/bin' }, { path: '/opt' }],
  settings: ['/etc/passwd', '/etc/ssl/certs'],
  tools: ['/home/runner/.cargo'],
  credentials: ['/home/runner/.cargo/credentials.toml'],
  credentialFolders: [],
};
const ask = { host, home: '/home/runner', workTree: '/tmp/copy', readOnlyPaths: [], scratchMb: 64, ownImage: false };

describe('the folders of tools on PATH', () => {
  it.each([
    ['/usr/local/bin:/opt/hostedtoolcache/node/24/bin', []],
    ['/home/runner/.cargo/bin', ['/home/runner/.cargo']],
    ['/root/.pyenv/shims:/root/.pyenv/bin', ['/root/.pyenv']],
    ['/home/runner/.dotnet/tools', ['/home/runner/.dotnet/tools']],
    ['/home/runner/bin', ['/home/runner/bin']],
    ['/home/other/bin', ['/home/other/bin']],
    ['/srv/bin', ['/srv/bin']],
    ['/home/runner/work/_temp/bin', ['/home/runner/work/_temp/bin']],
    ['/home/runner/work/_temp', []],
    ['/home/runner/work/bin', ['/home/runner/work/bin']],
    ['/home/runner/work/app/app/node_modules/.bin', []],
    ['relative/bin::.', []],
  ])('%s', (path, folders) => {
    expect(toolFolders({ ...runner, path })).toEqual(folders);
  });

  it('never show the home, the workspace or the temporary folder', () => {
    const name = fc.constantFrom('home', 'runner', 'work', 'app', '_temp', 'bin', '.bin', 'shims', '..', '.', '');
    const path = fc.array(name, { maxLength: 7 }).map((parts) => `/${parts.join('/')}`);
    fc.assert(
      fc.property(fc.array(path, { maxLength: 5 }), (entries) => {
        for (const folder of toolFolders({ ...runner, path: entries.join(':') })) {
          for (const hidden of ['/', runner.home, ...runner.keepOut]) expect(contains(folder, hidden)).toBe(false);
        }
      }),
    );
  });
});

describe('the mounts', () => {
  it('show system and tools read-only, hide credentials, and put the copy where the base was prepared', () => {
    expect(planMounts({ ...ask, directory: runner.directory })).toEqual([
      { kind: 'link', path: '/bin', target: 'usr/bin' },
      { kind: 'read-only', path: '/opt' },
      { kind: 'scratch', path: '/tmp', sizeMb: 64 },
      { kind: 'read-only', path: '/usr' },
      { kind: 'read-only', path: '/etc/passwd' },
      { kind: 'scratch', path: '/home/runner', sizeMb: 64 },
      { kind: 'scratch', path: '/var/tmp', sizeMb: 64 },
      { kind: 'read-only', path: '/etc/ssl/certs' },
      { kind: 'read-only', path: '/home/runner/.cargo' },
      { kind: 'hidden', path: '/home/runner/.cargo/credentials.toml' },
      { kind: 'work', path: '/home/runner/work/app/app', source: '/tmp/copy' },
    ]);
  });

  it('lay a folder to write into over what is known of it, and keep its credentials hidden', () => {
    const mounts = planMounts({
      ...ask,
      host: { ...host, tools: ['/home/runner/.m2/repository'], credentials: ['/home/runner/.m2/settings.xml'] },
      directory: runner.directory,
      writablePaths: ['/home/runner/.m2', `${runner.directory}/cache`],
    });
    expect(mounts.filter(({ path }) => /m2|cache/.test(path))).toEqual([
      { kind: 'writable', path: '/home/runner/.m2' },
      { kind: 'hidden', path: '/home/runner/.m2/settings.xml' },
    ]);
  });

  it('hide credentials of what is laid over an image too, and nothing of the image', () => {
    const mounts = planMounts({
      ...ask,
      host: { ...host, credentials: ['/srv/m2/settings.xml', '/home/runner/.cargo/credentials.toml'] },
      ...{ directory: '/w/app', readOnlyPaths: ['/srv/m2'], ownImage: true },
    });
    expect(mounts.filter(({ kind }) => kind === 'hidden')).toEqual([{ kind: 'hidden', path: '/srv/m2/settings.xml' }]);
  });

  it('show nothing of the machine but what was asked for when there is an image', () => {
    const mounts = planMounts({
      ...ask,
      directory: '/w/app',
      home: '/home/sandbox',
      readOnlyPaths: ['/srv/data'],
      ownImage: true,
    });
    expect(mounts.map(({ kind, path }) => `${kind} ${path}`)).toEqual([
      'scratch /tmp',
      'scratch /home/sandbox',
      'read-only /srv/data',
      'scratch /var/tmp',
      'work /w/app',
    ]);
  });

  it('have one mount a path, outer ones first, and the copy always', () => {
    const path = fc
      .array(fc.constantFrom('tmp', 'w', 'app', 'usr', 'x'), { minLength: 1, maxLength: 4 })
      .map((parts) => `/${parts.join('/')}`);
    fc.assert(
      fc.property(fc.array(path), path, (readOnlyPaths, directory) => {
        const mounts = planMounts({ ...ask, readOnlyPaths, directory });
        const paths = mounts.map((mount) => mount.path);
        expect(new Set(paths).size).toBe(paths.length);
        mounts.forEach((mount, index) => {
          expect(mounts.slice(index + 1).some((later) => contains(later.path, mount.path))).toBe(false);
        });
        expect(mounts.filter(({ kind }) => kind === 'work')).toEqual([
          { kind: 'work', path: directory, source: '/tmp/copy' },
        ]);
        expect(mounts.some((mount) => mount.kind === 'read-only' && contains(directory, mount.path))).toBe(false);
      }),
    );
  });
});

describe('the folders around a mount', () => {
  const before = [
    { kind: 'scratch', path: '/home/runner' },
    { kind: 'read-only', path: '/usr' },
  ];

  it.each([
    ['/home/runner/.cache/uv/x', ['/home/runner/.cache', '/home/runner/.cache/uv'], true],
    ['/home/runner/.cargo', [], true],
    ['/usr/share/doc', [], false],
    ['/etc/ssl/certs', ['/etc', '/etc/ssl'], false],
  ])('%s', (path, missing, inScratch) => {
    expect(foldersAround(path, before)).toEqual({ missing, inScratch });
  });
});

describe('the environment', () => {
  const machine = {
    PATH: '/bin',
    JAVA_HOME: '/j',
    GITHUB_TOKEN: 's',
    NPM_TOKEN: 's',
    MY_FLAG: 'on',
    HOME: '/home/runner',
    RUNNER_TEMP: '/t',
  };

  it('is the known and the named variables only', () => {
    const fixed = { CI: 'true', LANG: 'C.UTF-8', NO_COLOR: '1', TERM: 'dumb', TMPDIR: '/tmp' };
    expect(sandboxEnvironment(machine, { home: '/h', extra: ['MY_FLAG', 'ABSENT'], ownImage: false })).toEqual({
      ...fixed,
      PATH: '/bin',
      JAVA_HOME: '/j',
      MY_FLAG: 'on',
      HOME: '/h',
    });
    expect(sandboxEnvironment(machine, { home: '/h', extra: [], ownImage: true })).toEqual({ ...fixed, HOME: '/h' });
  });
});
