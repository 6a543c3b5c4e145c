// Tests run as the sources are written: ES modules, TypeScript with types erased by swc.
export default {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
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
  testTimeout: 30_000,
  maxWorkers: 2,
  // A fork costs what the parent's memory costs: small workers start processes faster (whole suite 291 s against 315 s).
  workerIdleMemoryLimit: '700MB',
};
