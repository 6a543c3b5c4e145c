import { existsSync } from 'node:fs';
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

const job = (steps: string, overrides: Overrides = {}, top = ''): Promise<Ran> =>
  runSteps(repository, steps, overrides, top);

describe('a step’s environment', () => {
  it('is GitHub’s, and holds nothing of the machine’s own', async () => {
    process.env.SOMEBODYS_SECRET = 'from the host';
    const ran = await job('- run: env | sort');
    delete process.env.SOMEBODYS_SECRET;
    const lines = outputOf(ran);
    expect(lines).toEqual(
      expect.arrayContaining([
        'CI=true',
        'GITHUB_ACTIONS=true',
        'GITHUB_ACTION=__run',
        'GITHUB_ACTOR=ada',
        'GITHUB_API_URL=http://127.0.0.1:9/api/v3',
        'GITHUB_EVENT_NAME=push',
        'GITHUB_JOB=a',
        'GITHUB_REF=refs/heads/main',
        'GITHUB_REF_NAME=main',
        'GITHUB_REPOSITORY=octo/demo',
        'GITHUB_RUN_ATTEMPT=1',
        'GITHUB_RUN_ID=41',
        'GITHUB_RUN_NUMBER=3',
        `GITHUB_SHA=${repository.sha}`,
        'GITHUB_WORKFLOW=.github/workflows/ci.yml',
        'RUNNER_ENVIRONMENT=github-hosted',
      ]),
    );
    expect(lines.join('\n')).not.toMatch(/SOMEBODYS_SECRET|GITHUB_TOKEN|NODE_OPTIONS|JEST/);
    const path = lines.find((line) => line.startsWith('PATH='));
    expect(path).not.toContain('node_modules');
  });

  it('layers env of workflow, job and step, with expressions', async () => {
    const ran = await job(
      `- env: {A: step, C: '%{env.B}-%{github.ref_name}'}
  run: echo $A $B $C
- run: echo $A`,
      {},
      'env: {A: workflow, B: "2"}\n',
    );
    expect(outputOf(ran)).toEqual(['step 2 2-main', 'workflow']);
  });

  it('gives a secret only to the step that names it', async () => {
    const ran = await job(
      `- env: {KEY: '%{secrets.KEY}'}
  run: test "$KEY" = s3cret-value && echo has it
- run: env | grep -c KEY || echo has not`,
      { secrets: { KEY: 's3cret-value' } },
    );
    expect(outputOf(ran)).toEqual(['has it', '0', 'has not']);
  });
});

describe('environment files', () => {
  it('carry outputs, variables and paths to later steps', async () => {
    const ran = await job(`
- id: one
  run: |
    echo "v=1" >> "$GITHUB_OUTPUT"
    printf 'many<<EOF\\na\\nb\\nEOF\\n' >> "$GITHUB_OUTPUT"
    echo "FROM=file" >> "$GITHUB_ENV"
    mkdir -p "$RUNNER_TEMP/bin" && printf '#!/bin/sh\\necho tool' > "$RUNNER_TEMP/bin/my-tool" && chmod +x "$RUNNER_TEMP/bin/my-tool"
    echo "$RUNNER_TEMP/bin" >> "$GITHUB_PATH"
    echo "FROM now: $FROM"
- run: echo "%{steps.one.outputs.v} %{toJSON(steps.one.outputs.many)} $FROM"; my-tool`);
    expect(outputOf(ran)).toEqual(['FROM now: ', '1 anb file', 'tool']);
    expect(ran.conclusion).toBe('success');
  });

  it('collect the summary, masked', async () => {
    const ran = await job(`- run: 'echo "# Done s3cret-value" >> "$GITHUB_STEP_SUMMARY"'`, {
      secrets: { KEY: 's3cret-value' },
    });
    expect(ran.jobs.a?.summary?.trim()).toBe('# Done ***');
  });

  it.each([
    ['echo nonsense >> "$GITHUB_OUTPUT"', "##[error]Invalid format 'nonsense'"],
    [
      'echo NODE_OPTIONS=x >> "$GITHUB_ENV"',
      "##[error]Can't store NODE_OPTIONS output parameter using '$GITHUB_ENV' command.",
    ],
  ])('fail the step that writes %s', async (script, message) => {
    const ran = await job(`- run: '${script}'`);
    expect(outputOf(ran)).toContain(message);
    expect(stepConclusions(ran)).toEqual(['failure']);
  });
});

describe('a step’s end', () => {
  it('is decided by its shell', async () => {
    const ran = await job(`
- run: false | true
- shell: bash
  continue-on-error: true
  run: false | true
- shell: python
  run: print("py", 1 + 1)
- shell: node {0}
  run: console.log('js')
- shell: fish
  run: echo`);
    expect(stepConclusions(ran)).toEqual(['success', 'success', 'success', 'success', 'failure']);
    expect(outputOf(ran)).toEqual(expect.arrayContaining(['py 2', 'js']));
    expect(outputOf(ran).at(-1)).toContain('Invalid shell option.');
  });

  it('is told to later steps as outcome and conclusion', async () => {
    const ran = await job(`
- id: x
  continue-on-error: true
  run: exit 1
- id: y
  if: false
  run: echo
- run: echo %{steps.x.outcome} %{steps.x.conclusion} %{steps.y.conclusion} %{job.status}`);
    expect(outputOf(ran).at(-1)).toBe('failure success skipped success');
    expect(ran.conclusion).toBe('success');
  });

  it('comes with its time-out, and takes its children along', async () => {
    const ran = await job(`
- name: Slow
  timeout-minutes: %{fromJSON('0.005')}
  run: |
    sleep 60 & echo $! > pid
    wait
- if: failure()
  run: |
    state() { cut -d' ' -f3 "/proc/$1/stat" 2>/dev/null || echo none; }
    for i in 1 2 3 4 5 6 7 8 9; do case "$(state "$(cat pid)")" in Z | none) echo gone; exit;; esac; sleep 0.1; done
    echo alive`);
    expect(stepConclusions(ran)).toEqual(['failure', 'success']);
    expect(outputOf(ran)).toEqual(["##[error]The action 'Slow' has timed out after 0.005 minutes.", 'gone']);
  });

  it('comes also where the script does not listen to interrupts', async () => {
    const ran = await job(`
- timeout-minutes: %{fromJSON('0.005')}
  run: |
    trap '' INT
    sleep 60; sleep 60`);
    expect(stepConclusions(ran)).toEqual(['failure']);
  });

  it('leaves background processes to the job, which ends them', async () => {
    const ran = await job(
      `
- run: |
    setsid sleep 300 > /dev/null 2>&1 &
    echo $! > pid
- run: kill -0 "$(cat pid)" && echo alive`,
    );
    expect(outputOf(ran)).toContain('alive');
    expect(ran.lines('a').at(-1)).toMatch(/^Terminate orphan process: pid \(\d+\) \(sleep\)$/);
  });

  it('does not take the output away from a background process', async () => {
    const ran = await job(`
- run: |
    (trap 'echo ended > ended' EXIT; for i in 1 2 3 4 5 6 7 8 9; do echo tick; sleep 0.3; done; echo all > ticked) &
- run: while [ ! -e ended ]; do sleep 0.05; done; cat ticked`);
    expect(outputOf(ran).at(-1)).toBe('all');
    expect(ran.conclusion).toBe('success');
  });

  it('fails where an expression cannot be evaluated', async () => {
    const ran = await job("- run: echo %{fromJSON('[')}");
    expect(stepConclusions(ran)).toEqual(['failure']);
    expect(outputOf(ran).at(-1)).toMatch(/##\[error\].*Error parsing JSON/);
  });

  it('fails where the working directory is not there', async () => {
    const ran = await job('- run: pwd\n  working-directory: nowhere');
    expect(outputOf(ran).at(-1)).toContain('No such file or directory');
    expect(ran.conclusion).toBe('failure');
  });
});

describe('after the job', () => {
  it('nothing of its folders is left but the log', async () => {
    const ran = await job('- run: mkdir -p x && echo 1 > x/y && chmod -R a-w x && echo "$GITHUB_WORKSPACE"');
    const workspace = outputOf(ran).at(-1) ?? '';
    expect(workspace.endsWith('/work/demo/demo')).toBe(true);
    expect(existsSync(workspace)).toBe(false);
    expect(existsSync(ran.jobs.a?.logFile ?? '')).toBe(true);
  });
});
