import { createRequire } from 'node:module';
import { describe, expect, it } from '@jest/globals';
import * as imported from 'zod';
import { isShared, sharedModule } from './shared-packages.ts';

describe('a file of', () => {
  it.each([
    ['a package', '/x/node_modules/zod/index.js', true],
    ['a package with a scope', '/x/node_modules/@octokit/core/dist-src/index.js', true],
    ['a package within nock', '/x/node_modules/nock/node_modules/debug/index.js', true],
    ['the project', '/x/src/worker.ts', false],
    ['nock', '/x/node_modules/nock/index.js', false],
    ['what nock intercepts with', '/x/node_modules/@mswjs/interceptors/lib/index.js', false],
    ['Jest', '/x/node_modules/jest-circus/build/runner.js', false],
    ["Jest's scope", '/x/node_modules/@jest/expect/build/index.js', false],
  ])('%s: shared or not', (_, file, shared) => {
    expect(isShared(file)).toBe(shared);
  });
});

describe('a shared package', () => {
  it('is one module, however it is asked for', () => {
    const { pathname } = new URL(import.meta.resolve('zod'));
    const { namespace } = sharedModule(pathname);
    expect(sharedModule(pathname).namespace).toBe(namespace);
    expect(namespace).toMatchObject({ ZodError: imported.ZodError });
  });

  it('of CommonJS has its exports as its default, and by name', () => {
    const file = createRequire(import.meta.url).resolve('bottleneck');
    const { namespace } = sharedModule(file);
    expect(namespace).toMatchObject({ default: expect.any(Function), Group: expect.any(Function) });
  });
});
