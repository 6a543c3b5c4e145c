// A checkout gives the paths and texts that GitHub would: nothing that is not versioned, nothing from outside.
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { localRepository } from '../../src/cli/local-repository.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'self-heal-local-repository-'));
  const files = {
    'secret.txt': 'outside',
    'shop/.gitignore': 'dist/\n/coverage\n*.log\n',
    'shop/src/cart.ts': 'export {};\n',
    'shop/src/logo.png': 'PNG\0',
    'shop/src/long.ts': 'x'.repeat(2_000),
    'shop/dist/cart.js': '',
    'shop/coverage/index.html': '',
    'shop/.git/config': '',
    'shop/node_modules/left-pad/index.js': '',
    'shop/api/node_modules/left-pad/index.js': '',
  };
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  await symlink('../../secret.txt', join(folder, 'shop/src/link.txt'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it('lists files, without what is installed, built or ignored by name', async () => {
  const { paths } = await localRepository(join(folder, 'shop'));
  expect(paths).toEqual(['.gitignore', 'src/cart.ts', 'src/logo.png', 'src/long.ts']);
});

it('reads texts of up to so many bytes, and follows nothing out of the checkout', async () => {
  const { read } = await localRepository(join(folder, 'shop'));
  const wanted = ['src/cart.ts', 'src/logo.png', 'src/long.ts', 'src/link.txt', '../secret.txt', 'src/none.ts', 'src'];
  expect([...(await read(wanted, 1_000))]).toEqual([['src/cart.ts', 'export {};\n']]);
});

it('says what is meant where there is no folder', async () => {
  await expect(localRepository(join(folder, 'none'))).rejects.toMatchObject({
    code: 'input-invalid',
    message: expect.stringMatching(/none" is no folder: the checkout of the failing commit is meant\.$/),
  });
});
