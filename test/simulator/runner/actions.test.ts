import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createRepository, type Overrides, type Ran, runSteps, type TestRepository } from './run-workflow.ts';

const script = `
const { appendFileSync } = require('node:fs');
const stage = process.argv[1].match(/(pre|main|post)\\.js$/)[1];
console.log(stage, process.env.INPUT_WHO, process.env['INPUT_TWO_WORDS'], process.env.STATE_from ?? 'nothing');
if (stage !== 'post') appendFileSync(process.env.GITHUB_STATE, 'from=' + stage + '\\n');
if (stage === 'main') appendFileSync(process.env.GITHUB_OUTPUT, 'token-length=' + process.env.INPUT_TOKEN.length + '\\n');
if (stage === 'main' && process.env.INPUT_WHO === 'nobody') {
  console.log('::error::there is nobody');
  process.exitCode = 1;
}
`;
const javascript = `
name: Greeter
inputs:
  who: {default: world}
  two words: {default: a b}
  token: {default: '\${{ github.token }}'}
runs: {using: node24, pre: pre.js, main: main.js, post: post.js}
`;
const composite = `
inputs:
  path: {required: true}
outputs:
  both: {value: "\${{ steps.one.outputs.v }}-\${{ steps.two.outputs.token-length }}"}
runs:
  using: composite
  steps:
    - id: one
      shell: bash
      env: {OUTER: '\${{ env.OUTER }}'}
      run: |
        test -f "\${{ github.action_path }}/action.yml"
        echo "\${{ inputs.path }} $OUTER"
        echo "secret '\${{ secrets.KEY }}'"
        echo v=1 >> $GITHUB_OUTPUT
    - id: two
      uses: octo/greeter@v1
    - if: failure()
      shell: bash
      run: echo inner failure
`;

let repository: TestRepository;
let localActions: Record<string, string>;

beforeAll(async () => {
  repository = await createRepository({
    '.github/actions/local/action.yml': composite,
    'data.txt': 'x',
  });
  const actions: Record<string, string> = {
    'greeter/action.yml': javascript,
    'greeter/pre.js': script,
    'greeter/main.js': script,
    'greeter/post.js': script,
    'both/action.yml': composite,
  };
  for (const [path, text] of Object.entries(actions)) {
    mkdirSync(dirname(join(repository.folder, 'actions', path)), { recursive: true });
    writeFileSync(join(repository.folder, 'actions', path), text);
  }
  localActions = {
    'octo/greeter': join(repository.folder, 'actions', 'greeter'),
    'octo/tools/both': join(repository.folder, 'actions', 'both'),
  };
});
afterAll(() => repository.remove());

const job = (steps: string, overrides: Overrides = {}): Promise<Ran> =>
  runSteps(repository, steps, { localActions, ...overrides });

describe('a JavaScript action', () => {
  it('runs before, in and after its step, with inputs, defaults, state and outputs', async () => {
    const ran = await job(`
- id: g
  uses: octo/greeter@v1
  with: {who: ada}
- run: echo "length %{steps.g.outputs.token-length}"`);
    expect(ran.jobs.a?.steps.map((step) => [step.number, step.name])).toEqual([
      [1, 'Set up job'],
      [2, 'Pre Run octo/greeter@v1'],
      [3, 'Run octo/greeter@v1'],
      [4, 'Run echo "length 22"'],
      [7, 'Post Run octo/greeter@v1'],
      [8, 'Complete job'],
    ]);
    const lines = ran.lines('a');
    expect(lines).toEqual(
      expect.arrayContaining([
        'pre ada a b nothing',
        'main ada a b pre',
        'Post job cleanup.',
        'post ada a b main',
        'length 22',
      ]),
    );
    expect(lines.slice(lines.indexOf('main ada a b pre') - 6, lines.indexOf('main ada a b pre'))).toEqual([
      '##[group]Run octo/greeter@v1',
      'with:',
      '  who: ada',
      '  two words: a b',
      '  token: ***',
      '##[endgroup]',
    ]);
  });

  it('fails without the line that scripts fail with, and is still cleaned up after', async () => {
    const ran = await job('- uses: octo/greeter@v1\n  with: {who: nobody, colour: red}');
    expect(ran.conclusion).toBe('failure');
    const lines = ran.lines('a');
    expect(lines).toContain('##[error]there is nobody');
    expect(lines.join('\n')).not.toContain('Process completed with exit code');
    expect(lines).toContain('post nobody a b main');
    expect(lines).toContain("##[warning]Unexpected input(s) 'colour', valid inputs are ['who', 'two words', 'token']");
  });
});

describe('a composite action', () => {
  it('runs its steps with its own inputs, and gives outputs', async () => {
    const ran = await job(
      `
- id: c
  uses: octo/tools/both@main
  env: {OUTER: from-outside}
  with: {path: here}
- run: echo "both %{steps.c.outputs.both}, inner %{steps.one.outputs.v}"`,
      { secrets: { KEY: 's3cret-value' } },
    );
    expect(ran.lines('a')).toEqual(
      expect.arrayContaining(['here from-outside', "secret ''", 'both 1-22, inner ', 'post world a b main']),
    );
    expect(ran.jobs.a?.steps.map((step) => step.name)).toContain('Post Run octo/greeter@v1');
    expect(ran.conclusion).toBe('success');
  });

  it('fails with its step', async () => {
    const ran = await job('- uses: octo/tools/both@main\n  env: {INPUT_WHO: x}\n- run: echo not reached', {
      localActions: { ...localActions, 'octo/greeter': join(repository.folder, 'actions', 'missing') },
    });
    expect(ran.conclusion).toBe('failure');
    expect(ran.lines('a').join('\n')).toContain("Can't find 'action.yml', 'action.yaml' or 'Dockerfile'");
  });

  it('can stand in the repository, once that is checked out', async () => {
    const missing = await job('- uses: ./.github/actions/local\n  with: {path: x}');
    expect(missing.lines('a').join('\n')).toContain('Did you forget to run actions/checkout');
    const ran = await job('- uses: actions/checkout@v4\n- uses: ./.github/actions/local\n  with: {path: local}');
    expect(ran.lines('a')).toContain('local ');
    expect(ran.conclusion).toBe('success');
  });
});

describe('set-up actions', () => {
  it('put the tools on the PATH and tell their versions', async () => {
    const ran = await job(`
- id: n
  uses: actions/setup-node@v4
  with: {node-version: ${process.versions.node.split('.')[0]}, cache: npm}
- run: test "$(node --version)" = "%{steps.n.outputs.node-version}" && echo node fits
- id: p
  uses: actions/setup-python@v5
  with: {python-version: '3.x'}
- run: python -c 'import platform, sys; print(platform.python_version() == "%{steps.p.outputs.python-version}", sys.executable)'
- run: |
    python - <<'END'
    def f():
        raise ValueError('boom')
    f()
    END`);
    const lines = ran.lines('a');
    expect(lines).toContain('node fits');
    expect(lines.join('\n')).toMatch(/True \S*_tool\/Python\/3\.\S+\/bin\/python/);
    expect(ran.jobs.a?.annotations.at(-1)?.message).toBe('Process completed with exit code 1.');
  });

  it('say so where the machine has another version', async () => {
    const ran = await job("- uses: actions/setup-python@v5\n  with: {python-version: '2.6'}");
    expect(ran.lines('a').join('\n')).toMatch(/Python 2\.6 is not on this machine; going on with its 3\./);
    expect(ran.conclusion).toBe('success');
  });

  it('miss the cache', async () => {
    const hash = createHash('sha256').update(createHash('sha256').update('x').digest()).digest('hex');
    const ran = await job(`
- uses: actions/checkout@v4
- id: c
  uses: actions/cache@v4
  with:
    path: x
    key: k-%{hashFiles('**/data.txt')}
- run: echo "hit '%{steps.c.outputs.cache-hit}'"`);
    expect(ran.lines('a')).toEqual(expect.arrayContaining([`Cache not found for input keys: k-${hash}`, "hit ''"]));
  });
});
