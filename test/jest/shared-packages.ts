// The file of a package → its module, loaded once for all the test files of a worker, by Node itself.
import { createRequire } from 'node:module';
import path from 'node:path';
import { types } from 'node:util';
import { SyntheticModule } from 'node:vm';
import { loadedForGood } from './worker-state.ts';

const require = createRequire(import.meta.url);
const packages = `${path.sep}node_modules${path.sep}`;
/** Jest's own keep a file's tests and expectations; nock keeps what was intercepted. */
const eachFilesOwn = /^(?:jest(?:-.*)?|@jest\/.*|expect|nock|@mswjs\/interceptors)$/;

export function isShared(file: string): boolean {
  const at = file.lastIndexOf(packages);
  if (at < 0) return false;
  const [scope = '', name = ''] = file.slice(at + packages.length).split(path.sep);
  return !eachFilesOwn.test(scope.startsWith('@') ? `${scope}/${name}` : scope);
}

/** As `require` gives it: the exports of CommonJS, the namespace of an ES module. */
export const sharedExports = (file: string): unknown => loadedForGood((): unknown => require(file));

const modules = new Map<string, SyntheticModule>();

/** As `import` gives it. */
export function sharedModule(file: string): SyntheticModule {
  const there = modules.get(file);
  if (there) return there;
  const entries = new Map(exportsOf(sharedExports(file)));
  const module = new SyntheticModule(
    [...entries.keys()],
    () => {
      for (const [name, value] of entries) module.setExport(name, value);
    },
    { identifier: file },
  );
  // It has nothing to wait for: it is evaluated when this returns.
  void module.evaluate();
  modules.set(file, module);
  return module;
}

function exportsOf(loaded: unknown): [string, unknown][] {
  const named = Object.entries(Object(loaded));
  return types.isModuleNamespaceObject(loaded)
    ? named
    : [...named.filter(([name]) => name !== 'default'), ['default', loaded]];
}
