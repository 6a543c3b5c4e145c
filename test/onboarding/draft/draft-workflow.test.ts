// biome-ignore-all lint/suspicious/noTemplateCurlyInString: expressions of GitHub's, not of ours.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { z } from 'zod';
import { parseWorkflow } from '../../../simulator/runner/workflow.ts';
import { draftWorkflow } from '../../../src/onboarding/draft/draft-workflow.ts';
import { kinds, repositoryOf } from './repositories.ts';

const Action = z.object({ inputs: z.record(z.string(), z.object({ required: z.boolean() })) });
const action = Action.parse(parse(readFileSync('action/action.yml', 'utf8')));
const Draft = z.object({
  jobs: z.object({
    validate: z.object({ steps: z.array(z.object({ id: z.string().optional(), with: z.unknown().optional() })) }),
  }),
});
const path = '.github/workflows/self-heal.yml';

/** With UPDATE_DRAFTS=1 the drafts are written anew; read what changed before you keep it. */
function expected(kind: string, yaml: string): string {
  const file = `test/onboarding/draft/drafts/${kind}.yml`;
  if (process.env.UPDATE_DRAFTS === '1') writeFileSync(file, yaml);
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

describe.each(kinds)('the draft for %s', (kind) => {
  const draft = draftWorkflow(repositoryOf(kind));

  it('is the one that was read and found right', () => expect(draft.yaml).toBe(expected(kind, draft.yaml)));

  it('is a workflow that GitHub would take', () =>
    expect(parseWorkflow({ path, text: draft.yaml })).toMatchObject({ ok: true }));

  it('gives the Action what it knows, and all that it needs', () => {
    const { steps } = Draft.parse(parse(draft.yaml)).jobs.validate;
    const sandbox = steps.find(({ id }) => id === 'sandbox');
    const given = Object.keys(z.record(z.string(), z.unknown()).parse(sandbox?.with));
    expect(given.filter((name) => !(name in action.inputs))).toEqual([]);
    expect(Object.keys(action.inputs).filter((name) => action.inputs[name]?.required && !given.includes(name))).toEqual(
      [],
    );
  });
});

describe('what is told of a draft', () => {
  const of = (kind: string) => draftWorkflow(repositoryOf(kind));

  it('is where it comes from', () => {
    expect(of('npm').from).toEqual({ workflow: '.github/workflows/ci.yml', job: 'test' });
    expect(of('no-workflow').from).toEqual({ manifest: 'package.json' });
    expect(of('nothing')).toMatchObject({ from: 'nothing', kind: 'unknown' });
  });

  it('is the kind of each repository', () =>
    expect(Object.fromEntries(kinds.map((kind) => [kind, of(kind).kind]))).toEqual({
      ...{
        bundler: 'bundler',
        cargo: 'cargo',
        deploy: 'npm',
        go: 'go',
        gradle: 'gradle',
        matrix: 'npm',
        maven: 'maven',
      },
      ...{ monorepo: 'npm', 'no-workflow': 'npm', 'no-workflow-python': 'pip', nothing: 'unknown', npm: 'npm' },
      ...{ pip: 'pip', pnpm: 'pnpm', poetry: 'poetry', services: 'bundler', tox: 'tox', uv: 'uv' },
      'yarn-workspaces': 'yarn',
    }));

  it('is what was left out, and why', () =>
    expect(of('deploy').left).toEqual(
      expect.arrayContaining([
        { what: 'docker/login-action@v3', why: 'it logs in, publishes or deploys' },
        { what: 'Install, test and publish: npm publish', why: 'it publishes, deploys or sends something away' },
        { what: 'Tell the team', why: expect.stringContaining('secret') },
      ]),
    ));

  it('is what a person has to do', () => {
    expect(of('services').asks.join('\n')).toMatch(/services \(postgres, redis\).*container ruby:3\.3.*docker/s);
    expect(of('nothing').asks).toEqual([expect.stringContaining('No command that runs tests was found')]);
    expect(of('npm').asks).toEqual([expect.stringContaining('cannot fetch what is private')]);
    expect(of('go').asks).toEqual([]);
  });

  it('is the command, as it stands in the file', () => {
    const draft = of('maven');
    expect(draft.command).toBe('./mvnw -o -Dmaven.repo.local="$HOME/.m2/repository" -B verify --file pom.xml');
    expect(draft.yaml).toContain(`          command: |\n            ${draft.command}\n`);
  });
});

describe('the job that a draft is made from', () => {
  const job = (run: string, more = '') => `  x:\n    runs-on: ubuntu-latest\n${more}    steps:\n      - run: ${run}\n`;
  const commandOf = (workflows: Record<string, string>, lastFailed?: { workflowPath: string; jobName?: string }) => {
    const files = new Map(Object.entries(workflows).map(([name, text]) => [`.github/workflows/${name}`, text]));
    return draftWorkflow({ paths: [...files.keys()], files, defaultBranch: 'main', lastFailed }).command;
  };
  const two = {
    'a.yml': `on: push\njobs:\n${job('pytest tests/unit')}`,
    'b.yml': `on: push\njobs:\n${job('pytest tests/slow')}${job('make test').replace('x:', 'y:')}`,
  };

  it('is the one that failed last', () => {
    expect(commandOf(two)).toBe('pytest tests/unit');
    expect(commandOf(two, { workflowPath: '.github/workflows/b.yml' })).toBe('pytest tests/slow');
    expect(commandOf(two, { workflowPath: '.github/workflows/b.yml@main', jobName: 'y' })).toBe('make test');
  });

  it.each([
    ['deploys, when another one tests', 'on: push\njobs:\n', job('npm run deploy')],
    ['is not run for a push', 'on: push\njobs:\n', job('pytest', "    if: github.event_name == 'pull_request'\n")],
    ['is started by hand', 'on: workflow_dispatch\njobs:\n', job('pytest')],
    ['belongs to a file that is no YAML', 'on: push\njobs: {{\n', job('pytest')],
    ['has a test with a secret in its text', 'on: push\njobs:\n', job("'pytest --key ${{ secrets.KEY }}'")],
  ])('is not one that %s', (_what, head, jobs) =>
    expect(commandOf({ 'a.yml': head + jobs, 'z.yml': `on: push\njobs:\n${job('go test ./...')}` })).toContain(
      'go test',
    ),
  );

  it('is never our own', () =>
    expect(commandOf({ 'self-heal.yml': `on: push\njobs:\n${job('pytest')}` })).toContain('Put the command'));

  it('may be one of a called workflow, with the inputs it has by itself', () =>
    expect(
      commandOf({
        'called.yml': `on:\n  workflow_call:\n    inputs:\n      suite: { type: string, default: unit }\njobs:\n${job('"pytest tests/${{ inputs.suite }}"')}`,
      }),
    ).toBe('pytest tests/unit'));
});
