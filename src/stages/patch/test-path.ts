// A path → whether it is a test's file, by the conventions of the languages' own tools.

const folders = /(?:^|\/)(?:tests?|__tests__|e2e|testdata|__mocks__|__fixtures__)\//i;
const names = [
  /\.(?:test|tests|spec|specs|cy|e2e)\.[\w]+$/i, // jest, vitest, mocha, jasmine, cypress
  /(?:^|\/)test_[^/]*\.pyi?$/, // pytest, unittest
  /_tests?\.(?:py|go|rb|exs|dart|cc|cpp|c|rs)$/, // pytest, go, minitest, exunit
  /(?:^|\/)spec\/.*\.rb$|_spec\.rb$/,
  /(?:^|\/)conftest\.py$/,
  /(?:^|\/)[^/]*(?:Test|Tests|TestCase|Spec|IT)\.(?:java|kt|kts|scala|groovy|cs|fs|vb|php|swift)$/,
  /(?:^|\/)tests?\.(?:py|js|mjs|cjs|ts|mts|cts|rb|php)$/i,
];

export const isTestPath = (path: string): boolean => folders.test(path) || names.some((name) => name.test(path));
