// What of a home is shown because tests need it, and what never is: credentials, by name, by place and behind links.
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { credentialAround, dependencyFolders, findCredentials } from '../../action/src/home-folders.ts';
import { contains, readHost } from '../../action/src/host.ts';

let home = '';
const put = (file: string) => {
  mkdirSync(dirname(join(home, file)), { recursive: true });
  writeFileSync(join(home, file), 'x');
};
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'self-heal-home-'));
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

describe('credentials', () => {
  it.each([
    ['.cargo/credentials.toml', '.cargo'],
    ['.cargo/config.toml', '.cargo'],
    ['.m2/settings.xml', '.m2'],
    ['.gradle/gradle.properties', '.gradle'],
    ['cargo-of-mine/credentials.toml', 'cargo-of-mine'],
    ['tools/m2/settings.xml', 'tools/m2'],
    ['.local/share/uv/credentials/x', '.local/share'],
    ['.config/gh/hosts.yml', '.config'],
  ])('%s is hidden where %s is shown', async (file, folder) => {
    put(file);
    const { files, folders } = await findCredentials(home, [join(home, folder)]);
    expect([...files, ...folders].some((hidden) => contains(hidden, join(home, file)))).toBe(true);
  });

  it('are hidden behind a link that stays in a shown folder, and a link that leads out is left as it is', async () => {
    put('linked/real/key.txt');
    put('elsewhere/key.txt');
    symlinkSync(join(home, 'linked/real/key.txt'), join(home, 'linked/.npmrc'));
    symlinkSync(join(home, 'elsewhere/key.txt'), join(home, 'linked/.netrc'));
    const { files } = await findCredentials(home, [join(home, 'linked')]);
    expect(files).toEqual([join(home, 'linked/real/key.txt')]);
  });

  it('are hidden in a shown folder that is a link itself', async () => {
    put('disk/m2/settings.xml');
    symlinkSync(join(home, 'disk/m2'), join(home, '.m2-linked'));
    const { files } = await findCredentials(home, [join(home, '.m2-linked')]);
    expect(files).toContain(join(home, '.m2-linked/settings.xml'));
  });

  it.each(['.ssh', '.ssh/id_rsa', '.docker', '.aws/cli/cache', '.npmrc', '.config/gcloud'])(
    'are never shown by name: ~/%s',
    async (path) => {
      const ask = { path: '/usr/bin', home, directory: '/w', keepOut: [], named: [join(home, path)] };
      await expect(readHost(ask)).rejects.toThrow(/never shown to tests: credentials are kept in/);
    },
  );

  it('do not come along because a tool next to them is on PATH', async () => {
    put('.docker/bin/docker-thing');
    put('.docker/config.json');
    put('.local/bin/tool');
    put('.local/share/keyrings/login.keyring');
    const path = ['.docker/bin', '.local/bin'].map((folder) => join(home, folder)).join(':');
    const { tools } = await readHost({ path, home, directory: '/w', keepOut: [] });
    expect(tools).toContain(join(home, '.local/bin'));
    for (const secret of ['.docker/config.json', '.local/share/keyrings/login.keyring']) {
      expect(tools.some((tool) => contains(tool, join(home, secret)))).toBe(false);
    }
  });
});

it('no folder of dependencies is, lies in, or holds a whole place of credentials', () => {
  for (const folder of dependencyFolders('/home/x')) {
    expect(credentialAround('/home/x', folder)).toBeUndefined();
    expect(contains(folder, '/home/x')).toBe(false);
  }
});

it('what earlier steps have downloaded is shown where it is there', async () => {
  for (const file of ['.m2/repository/a.jar', 'go/pkg/mod/a', '.cache/ms-playwright/chrome']) put(file);
  const { tools } = await readHost({ path: '/usr/bin', home, directory: '/w', keepOut: [] });
  const expected = ['.m2/repository', 'go/pkg/mod', '.cache/ms-playwright'].map((folder) => join(home, folder));
  expect(tools).toEqual(expect.arrayContaining(expected));
  expect(tools).not.toContain(join(home, '.m2'));
  expect(tools).not.toContain(join(home, '.julia'));
});
