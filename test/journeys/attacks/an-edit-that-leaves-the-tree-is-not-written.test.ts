// A link or `../` in an edit's path, a filter in `.gitattributes`, a submodule's address: out of the tree, or into git itself.
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { breakingPush } from '../calculator.ts';
import { type Stage, stage } from '../stage.ts';
import { asked, calculatorWith, closed, expectUntouched, newFile, obeys, withMore } from './world-after.ts';

const diff = (path: string, mode: string, line: string): string =>
  `\`\`\`diff\ndiff --git a/${path} b/${path}\nnew file mode ${mode}\nindex 0000000..1111111\n--- /dev/null\n+++ b/${path}\n@@ -0,0 +1 @@\n+${line}\n\`\`\`\n`;
const remode = `\`\`\`diff\ndiff --git a/calculator/calc.py b/calculator/calc.py\nold mode 100644\nnew mode 100755\n\`\`\`\n`;
const subproject = `\`\`\`diff\ndiff --git a/lib b/lib\nnew file mode 160000\nindex 0000000..1111111\n--- /dev/null\n+++ b/lib\n@@ -0,0 +1 @@\n+Subproject commit ${'1'.repeat(40)}\n\`\`\`\n`;
const move = `\`\`\`diff\ndiff --git a/README.md b/.github/workflows/x.yml\nsimilarity index 100%\nrename from README.md\nrename to .github/workflows/x.yml\n\`\`\`\n`;

const upwards = ['../../.bashrc', '/etc/cron.d/x', 'calculator/../../x.py', '..\\..\\x.py', 'C:\\x.py'];
const intoGit = [
  ['.gitattributes', '*.py filter=trap'],
  ['.gitmodules', '[submodule "x"]\n\tpath = x\n\turl = ext::sh'],
  ['.git/hooks/post-checkout', '#!/bin/sh'],
  ['.GitHub/workflows/x.yml', 'on: push'],
  ['.git\u200bhub/workflows/x.yml', 'on: push'],
];
const attacks: Record<string, readonly string[]> = {
  'acme/upwards': upwards.map((path) => withMore(path, newFile(path, 'rate = 1'))),
  'acme/into-git': intoGit.map(([path = '', text = '']) => withMore(path, newFile(path, text))),
  'acme/not-a-file': [
    withMore('calculator/link.py', diff('calculator/link.py', '120000', '/proc/self/environ')),
    withMore('calculator/calc.py', remode),
    withMore('lib', subproject),
    withMore('README.md and .github/workflows/x.yml', move),
    withMore('run.py', diff('run.py', '100755', 'rate = 1')),
  ],
};

let world: Stage;
beforeAll(async () => {
  world = await stage(Object.fromEntries(Object.keys(attacks).map((name) => [name, calculatorWith('attempts: 5\n')])));
  await world.startApp();
}, 60_000);
afterAll(() => world.close());

it.each(Object.entries(attacks))(
  'an edit that leaves the tree is not written: %s',
  async (name, edits) => {
    obeys(world, edits);
    await world.simulator.github.push(name, breakingPush);
    const { attempt } = await closed(world, name);
    await expectUntouched(world, name);
    expect(attempt).toBe(edits.length);
    expect(
      asked(world).filter(({ method, path }) => method === 'POST' && /\/git\/(?:trees|commits|blobs)$/.test(path)),
    ).toEqual([]);
  },
  60_000,
);
