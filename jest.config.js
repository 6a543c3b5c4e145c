// Tests run as the sources are written: ES modules, TypeScript with types erased by swc.
import vm from 'node:vm';

// Packages and Jest's own modules are loaded once a worker, and no global is behind a proxy: half the time of the suite.
const oneRealm = {
  testEnvironment: '<rootDir>/test/jest/one-realm-environment.ts',
  runtime: '<rootDir>/test/jest/one-realm-runtime.ts',
};
// What it needs came with Node 24.9 and 22.21. TEST_REALM=own switches it off: docs/decisions/0014-one-realm-for-tests.md.
const canShare = 'hasAsyncGraph' in (vm.SourceTextModule?.prototype ?? {}) && process.env.TEST_REALM !== 'own';

export default {
  ...(canShare ? oneRealm : { testEnvironment: 'node' }),
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  globalSetup: '<rootDir>/test/jest/set-up.ts',
  globalTeardown: '<rootDir>/test/jest/tear-down.ts',
  testSequencer: '<rootDir>/test/jest/longest-first.ts',
  cacheDirectory: '<rootDir>/node_modules/.cache/jest',
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2024', parser: { syntax: 'typescript' } }, module: { type: 'es6' } },
    ],
  },
  modulePathIgnorePatterns: [
    '<rootDir>/dist/',
    '<rootDir>/demo/repositories/',
    '<rootDir>/eval/cases/',
    '<rootDir>/action/dist/',
  ],
  // Far beyond what any takes: a machine that is busy with other things is no failure.
  testTimeout: 60_000,
  maxWorkers: 2,
  // A fork costs what the parent's memory costs: small workers start processes faster (whole suite 291 s against 315 s).
  workerIdleMemoryLimit: '700MB',
};
