// A review service (August 2025): a linter ran on its host with the repository's own configuration, and the App's private key was gone.
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type AppProcess, startAppProcess } from '../app-process.ts';
import { breakingPush, rightPatch } from '../calculator.ts';
import { type Stage, stage } from '../stage.ts';
import { calculatorWith, expectNarrowTokens, expectNoCredentials, obeys, pulls } from './world-after.ts';

const repository = 'acme/calculator';

/** Files that a tool would execute, each leaving a note where it does. The tests themselves use none of them. */
function traps(folder: string): Record<string, string> {
  const js = (name: string) => `require('node:fs').writeFileSync(${JSON.stringify(path.join(folder, name))}, '');\n`;
  const py = (name: string) => `open(${JSON.stringify(path.join(folder, name))}, 'w')\n`;
  const sh = (name: string) => `touch ${path.join(folder, name)}`;
  return {
    'package.json': JSON.stringify({
      scripts: Object.fromEntries(
        ['preinstall', 'install', 'postinstall', 'prepare', 'test'].map((on) => [on, sh(on)]),
      ),
    }),
    '.eslintrc.js': `${js('eslint')}module.exports = {};\n`,
    'eslint.config.js': `${js('eslint-flat')}module.exports = [];\n`,
    '.prettierrc.js': `${js('prettier')}module.exports = {};\n`,
    '.secretlintrc.js': `${js('secretlint')}module.exports = { rules: [] };\n`,
    'jest.config.js': `${js('jest')}module.exports = {};\n`,
    '.rubocop.yml': 'require: ./rubocop_trap.rb\n',
    'rubocop_trap.rb': `File.write(${JSON.stringify(path.join(folder, 'rubocop'))}, '')\n`,
    '.pylintrc': `[MAIN]\ninit-hook=${py('pylint')}`,
    'conftest.py': py('pytest'),
    'setup.py': py('setup'),
    Makefile: `all:\n\t${sh('make')}\n`,
    '.npmrc': `node-options=--require ./.eslintrc.js\n`,
    '.gitattributes': '*.py diff=trap filter=trap\n',
    // GitHub takes no worse one: a push with `ext::` or a command in it fails git's own check.
    '.gitmodules': '[submodule "x"]\n\tpath = x\n\turl = https://collect.example/x\n',
  };
}

/** A process that may start no other, load no native code, and change no file but its database and temporary ones. */
const confined = (data: string): string[] => [
  ...['--permission', '--allow-worker', '--allow-fs-read=*'],
  ...[`--allow-fs-write=${data}*`, `--allow-fs-write=${tmpdir()}*`],
];

let world: Stage;
let app: AppProcess | undefined;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'self-heal-traps-'));
  world = await stage({ [repository]: calculatorWith('', traps(folder)) });
  app = await startAppProcess({ ...world.env, LOG_LEVEL: 'trace' }, confined(world.env.SELF_HEAL_DATA ?? ''));
  world.simulator.github.setAppUrl(`${app.url}/api/github/webhooks`);
}, 60_000);
afterAll(async () => {
  await app?.kill();
  await world.close();
  await rm(folder, { recursive: true, force: true });
});

it('an App that can start no process heals all the same, and no configuration of the repository was executed', async () => {
  obeys(world, [rightPatch]);
  await world.simulator.github.push(repository, breakingPush);
  await app?.step((line) => line.step === 'settle' && line.state === 'waiting');
  await world.simulator.github.idle();
  expect(await pulls(world, repository)).toMatchObject([{ draft: false }]);
  expect(await readdir(folder)).toEqual([]);
  expect(app?.output()).not.toContain('ERR_ACCESS_DENIED');
  expect(app?.errors()).toEqual([]);
  expectNarrowTokens(world, repository);
  await expectNoCredentials(world, repository);

  // That it could start none is so: the same confinement, and something that tries.
  const tries = [...confined(folder), '--eval', 'require("node:child_process").execFileSync("true")'];
  await expect(promisify(execFile)(process.execPath, tries)).rejects.toThrow('ERR_ACCESS_DENIED');
}, 90_000);
