// action/src → action/dist/index.js, one readable file without dependencies; the same bytes from the same sources.
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/**
 * `@actions/core` can also fetch identity tokens, for which it brings an HTTP client of a megabyte. The Action never
 * does; told that loading these packages has no effect of its own, esbuild leaves out what is not called.
 */
const withoutUnusedParts: Plugin = {
  name: 'without-unused-parts',
  setup({ onResolve, resolve: find }) {
    onResolve({ filter: /^(@actions\/|\.\/oidc-utils|\.\/platform)/ }, async ({ path, pluginData, ...from }) => {
      if (pluginData === withoutUnusedParts) return undefined;
      const found = await find(path, { ...from, pluginData: withoutUnusedParts });
      return { ...found, sideEffects: false };
    });
  },
};

export async function buildAction(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await build({
    absWorkingDir: root,
    entryPoints: ['action/src/main.ts'],
    outfile: join(folder, 'index.js'),
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    charset: 'utf8',
    legalComments: 'inline',
    plugins: [withoutUnusedParts],
    logLevel: 'warning',
    // Packages written for CommonJS ask for `require`, which an ES module does not have.
    banner: { js: "import { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);" },
  });
  // Says what index.js is also where the folder is used without the repository around it.
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }\n');
}

export const distFolder = join(root, 'action/dist');

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildAction(distFolder);
