import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { afterEach, describe, expect, it } from '@jest/globals';
import { loadedForGood, workerState } from './worker-state.ts';

const set = (name: PropertyKey, value: unknown): boolean => Reflect.set(globalThis, name, value);
const get = (name: PropertyKey): unknown => Reflect.get(globalThis, name);

let putBack = (): void => undefined;
afterEach(() => putBack());

describe('after a test file', () => {
  it('globals are as they were: new ones gone, others back', () => {
    const { fetch, URL } = globalThis;
    const symbol = Symbol('new');
    putBack = workerState();
    set('brandNew', 1);
    set(symbol, 1);
    set('fetch', () => 'intercepted');
    Reflect.deleteProperty(globalThis, 'URL');
    putBack();
    expect([get('brandNew'), get(symbol)]).toEqual([undefined, undefined]);
    expect(globalThis.fetch).toBe(fetch);
    expect(globalThis.URL).toBe(URL);
  });

  it('what a package set while it was loaded stays, as the package does', () => {
    const name = Symbol('of a package');
    putBack = workerState();
    loadedForGood(() => set(name, 'kept'));
    putBack();
    expect(get(name)).toBe('kept');
    Reflect.deleteProperty(globalThis, name);
  });

  it('the environment and the working folder are as they were', () => {
    const cwd = process.cwd();
    const { PATH } = process.env;
    putBack = workerState();
    process.env.BRAND_NEW = 'new';
    process.env.PATH = '/nowhere';
    process.chdir(tmpdir());
    putBack();
    expect([process.env.BRAND_NEW, process.env.PATH, process.cwd()]).toEqual([undefined, PATH, cwd]);
  });

  it('the exit code, and what handles signals, are as they were', () => {
    const { exit, exitCode } = process;
    const before = process.listeners('SIGHUP');
    putBack = workerState();
    process.exitCode = 7;
    Object.assign(process, { exit: () => undefined });
    process.on('SIGHUP', () => undefined);
    putBack();
    expect([process.exit, process.exitCode, process.listeners('SIGHUP')]).toEqual([exit, exitCode, before]);
  });
});

const inOneRealm = process.env.TEST_REALM === 'own' ? it.skip : it;

inOneRealm("is Node's own realm: what Node throws is an Error here", () => {
  let thrown: unknown;
  try {
    readFileSync('/no/such/file');
  } catch (error) {
    thrown = error;
  }
  expect(thrown instanceof Error).toBe(true);
});
