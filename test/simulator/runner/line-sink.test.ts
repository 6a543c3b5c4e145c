import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  createRepository,
  type Overrides,
  outputOf,
  type Ran,
  runSteps,
  stepConclusions,
  type TestRepository,
} from './run-workflow.ts';

let repository: TestRepository;
beforeAll(async () => {
  repository = await createRepository();
});
afterAll(() => repository.remove());

const job = (steps: string, overrides: Overrides = {}): Promise<Ran> => runSteps(repository, steps, overrides);

describe('workflow commands', () => {
  it('annotate, group and mask', async () => {
    const ran = await job(`
- run: |
    echo "::group::Build"
    echo "::endgroup::"
    echo "::error file=src/a.js,line=3,endLine=4,title=Bad::boom%0Atwice"
    echo "::warning::careful"
    echo "::notice file=$GITHUB_WORKSPACE/b.js::look"
    echo "::debug::hidden"
    echo "::add-mask::hush-hush"
    echo "hush-hush"`);
    expect(outputOf(ran)).toEqual([
      '##[group]Build',
      '##[endgroup]',
      '##[error]boom',
      'twice',
      '##[warning]careful',
      '##[notice]look',
      '***',
    ]);
    expect(ran.jobs.a?.annotations).toEqual([
      { path: 'src/a.js', startLine: 3, endLine: 4, level: 'failure', title: 'Bad', message: 'boom\ntwice' },
      {
        path: '.github',
        startLine: expect.any(Number),
        endLine: expect.any(Number),
        level: 'warning',
        message: 'careful',
      },
      { path: 'b.js', startLine: 1, endLine: 1, level: 'notice', message: 'look' },
    ]);
    expect(ran.conclusion).toBe('success');
  });

  it('are output while they are stopped, until exactly the token resumes them', async () => {
    const ran = await job(`
- run: |
    echo "::stop-commands::tok"
    echo "::error::not a command"
    echo "::other::"
    echo "::error::nor is this"
    echo "::tok::"
    echo "::error::a command"`);
    expect(outputOf(ran)).toEqual([
      '::stop-commands::tok',
      '::error::not a command',
      '::other::',
      '::error::nor is this',
      '::tok::',
      '##[error]a command',
    ]);
    expect(ran.jobs.a?.annotations.map((annotation) => annotation.message)).toEqual(['a command']);
  });

  it('refuse a predictable token and the disabled commands', async () => {
    const ran = await job(`
- run: echo "::stop-commands::error"
- if: always()
  run: echo "::set-env name=A::1"
- if: always()
  run: echo "A is '$A'"`);
    expect(stepConclusions(ran)).toEqual(['failure', 'failure', 'success']);
    expect(outputOf(ran).at(-1)).toBe("A is ''");
    expect(outputOf(ran).join('\n')).toContain('The `set-env` command is disabled.');
  });

  it('still set outputs in the old way, with a warning', async () => {
    const ran = await job(`
- id: old
  run: echo "::set-output name=v::1"
- run: echo "v=%{steps.old.outputs.v}"`);
    expect(outputOf(ran)[0]).toContain('##[warning]The `set-output` command is deprecated');
    expect(outputOf(ran)[1]).toBe('v=1');
  });

  it('give at most ten annotations of a kind', async () => {
    const ran = await job(
      `- run: for i in $\{LIST}; do echo "::error::$i"; done\n  env: {LIST: 1 2 3 4 5 6 7 8 9 10 11 12}`,
    );
    expect(ran.jobs.a?.annotations).toHaveLength(10);
    expect(outputOf(ran)).toHaveLength(12);
  });

  it('find problems with a registered matcher', async () => {
    const ran = await job(`
- run: |
    echo '{"problemMatcher":[{"owner":"lint","pattern":[{"regexp":"^(.+):(\\\\d+): (.*)$","file":1,"line":2,"message":3}]}]}' > m.json
    echo "::add-matcher::m.json"
    echo "src/a.py:7: is wrong"
    echo "::remove-matcher owner=lint::"
    echo "src/a.py:8: is wrong"`);
    expect(outputOf(ran)).toEqual(['##[error]src/a.py:7: is wrong', 'src/a.py:8: is wrong']);
    expect(ran.jobs.a?.annotations).toMatchObject([{ path: 'src/a.py', startLine: 7, message: 'is wrong' }]);
  });
});

describe('masks', () => {
  it('hide secrets in every form the runner knows', async () => {
    const ran = await job(
      `- run: |
    echo "$KEY"; printf %s "$KEY" | base64; printf %s "user:$KEY" | base64
    node -e 'console.log(JSON.stringify(process.env.KEY), encodeURIComponent(process.env.KEY))'
  env: {KEY: '%{secrets.KEY}'}`,
      { secrets: { KEY: 'a"b c/d-value' } },
    );
    const text = ran.rawLog('a');
    for (const form of ['a"b c/d-value', 'a\\"b', 'a%22b', 'YSJiIGMvZC12YWx1', 'ImIgYy9kLXZhbHVl']) {
      expect(text).not.toContain(form);
    }
  });

  it('hide each line of a secret of many', async () => {
    const ran = await job('- run: echo second-line', { secrets: { KEY: 'first-line\nsecond-line\n' } });
    expect(outputOf(ran)).toEqual(['***']);
  });
});
