// biome-ignore-all lint/suspicious/noTemplateCurlyInString: expressions of GitHub's, not of ours.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { exposures, isWorkflowPath, meets } from '../../src/workflows/exposure.ts';

const ci = '.github/workflows/ci.yml';
const of = (text: string, others: Record<string, string> = {}) => {
  const texts = new Map([[ci, text], ...Object.entries(others)]);
  return exposures([...texts.keys()], texts, 'main').filter(({ workflow }) => workflow === ci);
};
const job = (more: string) => `
permissions: { contents: read }
jobs:
  test:
    runs-on: ubuntu-latest
${more}`;
const steps = (...lines: string[]) => job(`    steps:\n${lines.map((line) => `      - ${line}`).join('\n')}`);
const test = steps('run: npm test');
const deploy = steps('run: deploy', 'run: notify\n        env: { KEY: "${{ secrets.DEPLOY_KEY }}" }');
const change = { branch: 'self-heal/0a1b2c3d4e-x', paths: ['src/calc.py'] };
const met = (text: string, at = change) =>
  of(text)
    .filter((one) => meets(one, at))
    .map(({ event, when }) => `${event} ${when}`);

describe('a workflow with nothing to lose', () => {
  it.each([
    'push',
    'pull_request',
    'create',
    'pull_request_target',
    'workflow_run',
    'issue_comment',
    '[push, pull_request]',
  ])('is not told: on %s', (on) => expect(of(`on: ${on}${test}`)).toEqual([]));

  it.each(['schedule', 'workflow_dispatch', 'release', 'workflow_call', 'issues', 'merge_group'])(
    'nor is one that our changes do not start: on %s',
    (on) => expect(of(`on: ${on}${deploy}`)).toEqual([]),
  );
});

describe('a workflow with a secret', () => {
  it.each([
    ['push', 'released'],
    ['pull_request', 'released'],
    ['create', 'pushed'],
    ['pull_request_review', 'asked'],
    ['deployment_status', 'asked'],
  ])('meets our code on %s when %s', (event, when) => {
    expect(of(`on: ${event}${deploy}`)).toEqual([{ workflow: ci, event, when, why: ['uses the secret DEPLOY_KEY'] }]);
  });

  it.each([
    ['on:\n  push:\n    branches: [main, "release/**"]', []],
    ['on:\n  push:\n    branches: main', []],
    ['on:\n  push:\n    tags: ["v*"]', []],
    ['on:\n  push:\n    branches: ["**", "!self-heal/**"]', []],
    ['on:\n  push:\n    branches-ignore: ["self-heal/**"]', []],
    ['on:\n  push:\n    branches: ["**"]', ['push released']],
    ['on:\n  push:\n    branches-ignore: [main]', ['push released']],
    ['on:\n  push:\n    branches: ["**-x"]', ['push released']],
    ['on:\n  push:\n    paths: ["infra/**"]', []],
    ['on:\n  push:\n    paths: ["src/**"]', ['push released']],
    ['on:\n  push:\n    paths-ignore: ["src/**"]', []],
    ['on:\n  push: { tags: ["v*"], branches: ["**"] }', ['push released']],
    ['on:\n  pull_request:\n    branches: [develop]', []],
    ['on:\n  pull_request:\n    branches: [main]', ['pull_request released']],
    ['on:\n  pull_request:\n    types: [closed]', []],
    ['on:\n  pull_request:\n    types: [labeled]', ['pull_request released']],
    [`on:\n  push:\n    branches: ["${'a'.repeat(400)}"]`, ['push released']],
  ])('%s', (on, expected) => {
    expect(met(on + deploy)).toEqual(expected);
  });

  it('is safe where what uses it does not run for us', () => {
    const guarded = (condition: string) =>
      `on: [push, pull_request]${job(`    if: ${condition}\n    steps:\n      - run: x\n        env: { A: "\${{ secrets.A }}" }`)}`;
    expect(of(guarded("github.ref == 'refs/heads/main'"))).toEqual([]);
    expect(of(guarded("github.event_name == 'push' && startsWith(github.ref, 'refs/tags/')"))).toEqual([]);
    expect(met(guarded("github.event_name == 'push'"))).toEqual(['push released']);
    const step = steps(
      'run: deploy\n        if: github.ref == \'refs/heads/main\'\n        env: { A: "${{ secrets.A }}" }',
      'run: npm test',
    );
    expect(of(`on: [push, pull_request]${step}`)).toEqual([]);
  });
});

describe('what there is to lose', () => {
  const why = (text: string, others = {}) => of(`on: pull_request\n${text}`, others).flatMap((one) => one.why);
  const plain = 'jobs: { a: { runs-on: ubuntu-latest, steps: [{ run: x }] } }';
  it.each([
    [plain, ['says nothing of `permissions`, so its token may have write access']],
    [`permissions: write-all\n${plain}`, ['gives its token write access to everything']],
    [`permissions: read-all\n${plain}`, []],
    [`permissions: {}\n${plain}`, []],
    [
      `permissions: { contents: write, id-token: write }\n${plain}`,
      ['gives its token write access (contents)', 'can get an OIDC identity (`id-token: write`)'],
    ],
    ['permissions: write-all\njobs: { a: { runs-on: ubuntu-latest, permissions: { contents: read }, steps: [] } }', []],
    [job('    env: { A: "${{ secrets.GITHUB_TOKEN }}" }'), []],
    [job('    env: { A: "${{ toJSON(secrets) }}" }'), ['uses secrets, and does not say which']],
    [job('    env: { A: "${{ secrets[\'B\'] }}", B: "${{SECRETS . C}}" }'), ['uses the secrets B, C']],
    [job('    name: echo secrets.txt'), []],
    [`env: { A: "\${{ secrets.A }}" }\n${test}`, ['uses the secret A']],
    [test.replace('ubuntu-latest', '[self-hosted, linux]'), ['runs on self-hosted, which may be a machine of yours']],
    [test.replace('ubuntu-latest', '{ group: big }'), ['runs on big, which may be a machine of yours']],
    [
      test.replace(
        'ubuntu-latest',
        '"${{ matrix.os }}"\n    strategy: { matrix: { os: [ubuntu-latest, windows-latest] } }',
      ),
      [],
    ],
    [
      test.replace('ubuntu-latest', '"${{ matrix.os }}"\n    strategy: { matrix: { os: [self-hosted] } }'),
      ['runs on self-hosted, which may be a machine of yours'],
    ],
    [job('    environment: production'), ['runs in the environment production, which may have secrets']],
    [job('    environment: { name: production }'), ['runs in the environment production, which may have secrets']],
    [
      'permissions: {}\njobs: { a: { uses: acme/x/.github/workflows/x.yml@v1, secrets: inherit } }',
      ['passes all secrets on to acme/x/.github/workflows/x.yml@v1'],
    ],
    [
      'permissions: {}\njobs: { a: { uses: ./.github/workflows/gone.yml } }',
      ['calls .github/workflows/gone.yml, which could not be read'],
    ],
  ])('%s', (text, expected) => expect(why(text)).toEqual(expected));

  it('is looked for in the workflows that it calls, however they call each other', () => {
    const inner = '.github/workflows/inner.yml';
    const calls = 'permissions: {}\njobs: { a: { uses: ./.github/workflows/inner.yml } }';
    expect(why(calls, { [inner]: `on: workflow_call${job('    environment: staging')}` })).toEqual([
      'runs in the environment staging, which may have secrets',
    ]);
    expect(why(calls, { [inner]: 'on: workflow_call\njobs: { a: { uses: ./.github/workflows/inner.yml } }' })).toEqual([
      'calls .github/workflows/inner.yml, which could not be read',
    ]);
  });
});

describe('a workflow of the default branch', () => {
  const head = "uses: actions/checkout@v4\n        with: { ref: '${{ github.event.pull_request.head.sha }}' }";
  it.each([
    ['checks out the head', steps(head, 'run: npm test'), 'checks out what is not the base'],
    [
      'checks out what a step says',
      steps("uses: actions/checkout@v4\n        with: { ref: '${{ steps.x.outputs.ref }}' }"),
      'checks out what is not the base',
    ],
    [
      'fetches the pull request',
      steps('run: gh pr checkout ${{ github.event.pull_request.number }}'),
      'fetches the code of the pull request',
    ],
    [
      'puts the title into a script',
      steps('run: echo "${{ github.event.pull_request.title }}"'),
      'puts a text of the pull request into a script',
    ],
    ['takes another run’s files', steps('uses: actions/download-artifact@v4'), 'downloads what another run made'],
  ])('that %s meets it with the cache that the others read', (_, text, how) => {
    const cache = 'can write the cache that the default branch reads';
    expect(of(`on: pull_request_target${text}`)).toEqual([
      { workflow: ci, event: 'pull_request_target', when: 'opened', why: [how, cache] },
    ]);
  });

  it('that only reads its own code has nothing to lose by it, secrets or not', () => {
    const own = steps(
      "uses: actions/checkout@v4\n        with: { ref: '${{ github.event.pull_request.base.sha }}' }",
      'run: label\n        env: { T: "${{ secrets.T }}" }',
    );
    expect(of(`on: [pull_request_target, issue_comment, check_run, status]${own}`)).toEqual([]);
  });

  it('that follows another one is told only where that one runs for our commits', () => {
    const chain = (names: string) =>
      `on:\n  workflow_run:\n    workflows: ${names}\n    branches: ["**"]${steps("uses: actions/checkout@v4\n        with: { ref: '${{ github.event.workflow_run.head_sha }}' }")}`;
    const others = {
      '.github/workflows/test.yml': `name: Tests\non: push${test}`,
      '.github/workflows/n.yml': `name: Nightly\non: schedule${test}`,
    };
    expect(of(chain('[Tests]'), others).map(({ when }) => when)).toEqual(['released']);
    expect(of(chain('[Nightly]'), others)).toEqual([]);
    expect(of(chain('[Tests]').replace('["**"]', '[main]'), others).filter((one) => meets(one, change))).toEqual([]);
  });
});

it('what follows the sandbox itself and takes its files does so before anything is proven', () => {
  const sandbox = { '.github/workflows/self-heal.yml': `name: Self-Heal\non: workflow_dispatch${test}` };
  const after = (filter: string, what: string) => `on:\n  workflow_run: { ${filter} }${steps(what)}`;
  const takes = 'uses: actions/download-artifact@v4';
  expect(of(after('workflows: ["*"], branches: [main]', takes), sandbox)).toMatchObject([{ when: 'pushed' }]);
  expect(of(after('workflows: [CI]', takes), sandbox)).toEqual([]);
  expect(of(after('workflows: [Self-Heal], branches: [stable]', takes), sandbox)).toEqual([]);
  // Its name cannot be read: it may be any.
  const unread = { '.github/workflows/self-heal.yml': `${'['.repeat(5_000)}` };
  expect(of(after('workflows: [CI]', takes), unread)).toContainEqual(expect.objectContaining({ when: 'pushed' }));
  expect(of(after('workflows: ["*"]', 'run: notify'), sandbox)).toEqual([]);
});

describe('a file that cannot be read', () => {
  it.each([
    '',
    'on: push',
    'on: [',
    'on: push\njobs: 3',
    '- a',
    'on: push\non: push\njobs: {}',
    'a: &a [*a]',
    'on: push\njobs: { a: {} }\n---\non: push',
    'jobs: {}',
  ])('is told as one with everything to lose: %j', (text) =>
    expect(of(text)).toEqual([{ workflow: ci, event: 'any', when: 'released', why: ['it could not be read'] }]),
  );

  it.each([
    ['brackets', '['.repeat(5_000)],
    ['braces', `on: push\njobs: ${'{'.repeat(30_000)}`],
    ['aliases', `on: push\njobs:\n  a: &a [x]\n  b: &b [${'*a,'.repeat(300)}]\n  c: [${'*b,'.repeat(300)}]\n`],
    ['characters', `on: push\njobs: { a: {} } # ${'x'.repeat(300_000)}`],
  ])('for its many %s is one, too', (_, text) =>
    expect(of(text)).toEqual([{ workflow: ci, event: 'any', when: 'released', why: ['it could not be read'] }]),
  );

  it('is one that stands behind very much to read', () => {
    const long = `on: push\njobs:\n  a:\n    permissions: {}\nx: [${'a,'.repeat(25_000)}]\n`;
    const paths = Array.from({ length: 20 }, (_, at) => `.github/workflows/${at}.yml`);
    const found = exposures(paths, new Map(paths.map((path) => [path, long])), 'main');
    expect(found.length).toBeGreaterThan(10);
    expect(found.length).toBeLessThan(20);
    expect(new Set(found.flatMap(({ why }) => why))).toEqual(new Set(['it could not be read']));
  });

  it('nor has one that nobody gave', () => {
    expect(exposures([ci], new Map(), 'main')).toHaveLength(1);
  });
});

it('whatever the files hold, it answers', () => {
  const part = fc.constantFrom(
    'on',
    'push',
    'pull_request',
    'jobs',
    'a',
    'steps',
    'run',
    'uses',
    'with',
    'ref',
    'if',
    'env',
    'secrets',
    'permissions',
    'runs-on',
    './.github/workflows/ci.yml',
    '${{ secrets.A }}',
    '${{',
    '}}',
    '&a',
    '*a',
    '[',
    ']',
    '{',
    '}',
    ': ',
    '\n',
    '\n  ',
    '\n    ',
    '- ',
    ',',
    '__proto__',
    'true',
    '"',
  );
  const text = fc.array(part, { maxLength: 60 }).map((parts) => parts.join(''));
  fc.assert(
    fc.property(text, (yaml) => {
      const found = exposures([ci], new Map([[ci, yaml]]), 'main');
      for (const one of found) expect(typeof meets(one, change)).toBe('boolean');
    }),
  );
});

it('and of any value that is YAML', () => {
  const value = fc.object({
    key: fc.constantFrom(
      'a',
      'if',
      'steps',
      'run',
      'uses',
      'with',
      'env',
      'secrets',
      'strategy',
      'matrix',
      'branches',
      'types',
    ),
    maxDepth: 5,
  });
  fc.assert(
    fc.property(value, value, (on, jobs) => {
      exposures(
        [ci],
        new Map([
          [
            ci,
            JSON.stringify({
              on: { push: on, workflow_run: on, pull_request_target: on },
              jobs: { a: jobs, b: { steps: [jobs], uses: './.github/workflows/ci.yml' } },
            }),
          ],
        ]),
        'main',
      );
    }),
  );
});

it('workflow files are those that GitHub runs', () => {
  expect(['.github/workflows/a.yml', '.github/workflows/a.yaml'].every(isWorkflowPath)).toBe(true);
  expect(
    ['.github/workflows/a/b.yml', '.github/workflows/a.md', 'x/.github/workflows/a.yml'].some(isWorkflowPath),
  ).toBe(false);
});

it('files that call each other, and huge ones, are no endless work', () => {
  const many = (count: number) =>
    Array.from({ length: count }, (_, i) => `  j${i}: { uses: ./.github/workflows/w${i % 20}.yml }`).join('\n');
  const paths = Array.from({ length: 20 }, (_, i) => `.github/workflows/w${i}.yml`);
  const text = `on: [push, create, pull_request, workflow_call]\npermissions: {}\njobs:\n${many(100)}`;
  const found = exposures(paths, new Map(paths.map((path) => [path, text])), 'main');
  expect(found).toHaveLength(60);
  const deep = ['['.repeat(12_000), '{a: '.repeat(3_000), '- '.repeat(6_000), 'a:\n'.repeat(4_000)];
  expect(
    exposures(
      [ci],
      new Map([[ci, `on: push\njobs: { a: { env: { B: "${'${{ github.event.'.repeat(2_500)}" } } }`]]),
      'main',
    ),
  ).toHaveLength(1);
  for (const yaml of deep) expect(exposures([ci], new Map([[ci, yaml]]), 'main')).toHaveLength(1);
});
