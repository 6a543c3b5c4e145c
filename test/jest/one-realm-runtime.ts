// Jest's module loader, in the worker's own realm: packages are loaded once a worker, the project's own modules anew for each test file.
import { statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { compileFunction } from 'node:vm';
import type JestRuntimeModule from 'jest-runtime';
import { isShared, sharedExports, sharedModule } from './shared-packages.ts';

// Its types and its `exports` disagree about what an import of it gives.
const { default: JestRuntime }: typeof JestRuntimeModule = createRequire(import.meta.url)('jest-runtime');

/** What this reaches into: private to jest-runtime, and held to its version by the lock file. */
interface Internals {
  registries: { esModuleRegistry: Map<string, unknown> };
  esmLoader: {
    getContext: () => undefined;
    dynamicImportFromCjs(
      specifier: string,
      from: string,
      context: undefined,
      attributes: object,
      phase: unknown,
    ): object;
  };
  executor: { compile: (source: string, filename: string) => unknown; injectedModuleParameters: string[] };
  transformCache: {
    transform: (filename: string, options?: TransformOptions) => string;
    transforms: Map<string, Transformed>;
    sourceMaps: Map<string, string>;
  };
  _resolution: { isCoreModule(name: string): boolean; resolveCjs(from: string, name: string): string };
}
interface TransformOptions {
  isInternalModule?: boolean;
  supportsStaticESM?: boolean;
}
type RequireOptions = Parameters<InstanceType<typeof JestRuntime>['requireModule']>[2];
interface Transformed {
  code: string;
  sourceMapPath: string | null;
}

function internalsOf(runtime: object): Internals {
  const names = ['registries', 'esmLoader', 'executor', 'transformCache', '_resolution'];
  const has = (of: object): of is Internals => names.every((name) => typeof Reflect.get(of, name) === 'object');
  if (has(runtime)) return runtime;
  throw new Error(
    `jest-runtime has changed: it lacks one of ${names.join(', ')}. Mend test/jest/one-realm-runtime.ts, or take \`runtime\` and \`testEnvironment\` out of jest.config.js.`,
  );
}

/** The modules of one test file, and the shared ones behind them. */
class Modules extends Map<string, unknown> {
  override get(key: string): unknown {
    const own = super.get(key);
    if (own !== undefined || !key.startsWith('file:')) return own;
    const file = fileURLToPath(key);
    return isShared(file) ? sharedModule(file) : undefined;
  }
}

let current: Internals;
/** Each test file runs Jest's own modules anew, but V8 has to compile them only once. */
const compiled = new Map<string, unknown>();

function compile(source: string, filename: string): unknown {
  const there = compiled.get(filename);
  if (there !== undefined) return there;
  const made = compileFunction(source, current.executor.injectedModuleParameters, {
    filename,
    // @ts-expect-error: the phase, which Jest wants to know, is missing from @types/node.
    importModuleDynamically: (specifier: string, _: unknown, attributes: object, phase: unknown) =>
      current.esmLoader.dynamicImportFromCjs(specifier, filename, undefined, attributes, phase),
  });
  if (filename.includes('/node_modules/')) compiled.set(filename, made);
  return made;
}

const transformed = new Map<string, Transformed & { mtimeMs: number }>();

/** Keeps what was transformed for the test files to come, as long as the file is the same. */
function remembering(cache: Internals['transformCache']): Internals['transformCache']['transform'] {
  const transform = cache.transform.bind(cache);
  return (filename, options) => {
    if (options?.isInternalModule) return compiled.has(filename) ? '' : transform(filename, options);
    const key = `${filename} ${options?.supportsStaticESM}`;
    const { mtimeMs } = statSync(filename);
    const known = transformed.get(key);
    if (known?.mtimeMs === mtimeMs) {
      cache.transforms.set(filename, known);
      if (known.sourceMapPath !== null) cache.sourceMaps.set(filename, known.sourceMapPath);
      return known.code;
    }
    const code = transform(filename, options);
    const made = cache.transforms.get(filename);
    if (made) transformed.set(key, { ...made, mtimeMs });
    return code;
  };
}

export default class OneRealmRuntime extends JestRuntime {
  readonly #internals: Internals;

  constructor(...given: ConstructorParameters<typeof JestRuntime>) {
    const { getBuiltinModule } = process;
    super(...given);
    // Jest replaces it in what it takes for a copy of `process`.
    Object.assign(process, { getBuiltinModule });
    this.#internals = internalsOf(this);
    current = this.#internals;
    current.registries.esModuleRegistry = new Modules();
    current.esmLoader.getContext = () => undefined;
    current.executor.compile = compile;
    current.transformCache.transform = remembering(current.transformCache);
  }

  override requireModule<T>(from: string, name?: string, options?: RequireOptions, isActual?: boolean): T {
    const { _resolution: resolution } = this.#internals;
    if (name !== undefined && !options?.isInternalModule && !resolution.isCoreModule(name)) {
      const file = resolution.resolveCjs(from, name);
      if (isShared(file)) return sharedExports(file) as T;
    }
    return super.requireModule(from, name, options, isActual);
  }
}
