// A folder with a package.json → how its packages are installed, by its lockfile, and how it is tested.
import { z } from 'zod';
import type { DraftStep, Tool } from './draft-plan.ts';
import type { Manifest } from './manifest-plan.ts';
import type { Folder } from './repository-look.ts';

const Package = z.object({
  scripts: z.record(z.string(), z.unknown()).catch({}),
  packageManager: z.string().catch(''),
  engines: z.record(z.string(), z.unknown()).catch({}),
});

type Package = z.infer<typeof Package>;

export function nodeManifest(folder: Folder): Manifest | undefined {
  if (!folder.has('package.json')) return undefined;
  const own = Package.safeParse(parsed(folder.text('package.json'))).data;
  if (!own) return undefined;
  const tool = managerOf(folder, own);
  const test = own.scripts.test;
  // What `npm init` writes into every package.
  const isTested = typeof test === 'string' && !test.includes('no test specified');
  const asks =
    tool === 'npm' && !hasNpmLock(folder)
      ? ['There is no lockfile: commit one, so that tests always run with the same packages.']
      : [];
  return {
    file: 'package.json',
    tool,
    steps: stepsOf(folder, own, tool),
    command: isTested ? commands[tool] : undefined,
    asks,
  };
}

const commands = { npm: 'npm test', pnpm: 'pnpm test', yarn: 'yarn test', bun: 'bun run test' } as const;
type Manager = keyof typeof commands & Tool;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Anybody's file: where it is no JSON it says nothing.
    return undefined;
  }
}

function managerOf(folder: Folder, { packageManager }: Package): Manager {
  const named = (['pnpm', 'yarn', 'bun', 'npm'] as const).find((one) => packageManager.startsWith(`${one}@`));
  if (named) return named;
  if (folder.has('pnpm-lock.yaml')) return 'pnpm';
  if (folder.has('yarn.lock')) return 'yarn';
  return folder.has('bun.lock') || folder.has('bun.lockb') ? 'bun' : 'npm';
}

const hasNpmLock = (folder: Folder): boolean => folder.has('package-lock.json') || folder.has('npm-shrinkwrap.json');

function stepsOf(folder: Folder, own: Package, tool: Manager): DraftStep[] {
  const setUp: DraftStep = { uses: 'actions/setup-node@v4', with: versionOf(folder, own) };
  const isBerry = folder.has('.yarnrc.yml') || /^yarn@(?!1\.)/.test(own.packageManager);
  if (tool === 'pnpm') {
    const pinned = own.packageManager.startsWith('pnpm@');
    const install = folder.has('pnpm-lock.yaml') ? 'pnpm install --frozen-lockfile' : 'pnpm install';
    return [{ uses: 'pnpm/action-setup@v4', ...(pinned ? {} : { with: { version: 10 } }) }, setUp, { run: install }];
  }
  if (tool === 'yarn')
    return isBerry
      ? [setUp, { run: 'corepack enable' }, { run: 'yarn install --immutable' }]
      : [setUp, { run: 'yarn install --frozen-lockfile' }];
  if (tool === 'bun')
    return [{ uses: 'oven-sh/setup-bun@v2', with: { 'no-cache': true } }, { run: 'bun install --frozen-lockfile' }];
  return [setUp, { run: hasNpmLock(folder) ? 'npm ci' : 'npm install' }];
}

function versionOf(folder: Folder, { engines }: Package): Record<string, string> {
  const file = ['.nvmrc', '.node-version'].find((name) => folder.has(name));
  if (file !== undefined) return { 'node-version-file': file };
  return typeof engines.node === 'string' ? { 'node-version-file': 'package.json' } : { 'node-version': 'lts/*' };
}
