import { describe, expect, it } from '@jest/globals';
import type { TriggerEvent } from '../../../simulator/runner/contract.ts';
import { dispatchInputs, isTriggered } from '../../../simulator/runner/triggers.ts';
import { parseWorkflow, type Workflow } from '../../../simulator/runner/workflow.ts';

function workflowOn(on: string): Workflow {
  const jobs = 'jobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo\n';
  const parsed = parseWorkflow({ path: '.github/workflows/ci.yml', text: `on: ${on}\n${jobs}` });
  if (!parsed.ok) throw new Error(parsed.message);
  return parsed.workflow;
}

function event(name: string, details: Partial<TriggerEvent> = {}): TriggerEvent {
  return { name, ref: 'refs/heads/main', sha: 'a'.repeat(40), changedPaths: [], payload: {}, ...details };
}

const branch = (name: string, changedPaths: string[] = []) =>
  event('push', { ref: `refs/heads/${name}`, branch: name, changedPaths });
const tag = (name: string) => event('push', { ref: `refs/tags/${name}`, tag: name });
const pull = (action: string, base: string, changedPaths: string[] = []) =>
  event('pull_request', { action, branch: base, ref: 'refs/pull/7/merge', changedPaths });
const finished = (name: string, action: string, head: string) =>
  event('workflow_run', { action, payload: { workflow: { name }, workflow_run: { head_branch: head } } });

const table: [string, string, TriggerEvent, boolean][] = [
  ['a name', 'push', branch('main'), true],
  ['a list', '[push, pull_request]', pull('opened', 'main'), true],
  ['another event', 'push', pull('opened', 'main'), false],
  ['a branch that is named', '{push: {branches: [main]}}', branch('main'), true],
  ['one that is not', '{push: {branches: [main]}}', branch('dev'), false],
  ['a single branch without a list', '{push: {branches: main}}', branch('main'), true],
  ['an ignored branch', "{push: {branches-ignore: ['wip/**']}}", branch('wip/a/b'), false],
  ['a branch not ignored', "{push: {branches-ignore: ['wip/**']}}", branch('main'), true],
  ['a tag without filters', 'push', tag('v1'), true],
  ['a tag where only branches are named', '{push: {branches: [main]}}', tag('v1'), false],
  ['a branch where only tags are named', "{push: {tags: ['v*']}}", branch('main'), false],
  ['a tag that is named', "{push: {tags: ['v*']}}", tag('v1'), true],
  ['an ignored tag', "{push: {tags-ignore: ['v*']}}", tag('v1'), false],
  ['a path that is named', "{push: {paths: ['src/**']}}", branch('main', ['docs/a', 'src/b']), true],
  ['no path that is named', "{push: {paths: ['src/**']}}", branch('main', ['docs/a']), false],
  ['paths do not hold tags back', "{push: {paths: ['src/**']}}", tag('v1'), true],
  ['only ignored paths', "{push: {paths-ignore: ['docs/**']}}", branch('main', ['docs/a']), false],
  ['one path not ignored', "{push: {paths-ignore: ['docs/**']}}", branch('main', ['docs/a', 'b']), true],
  ['taken out paths', "{push: {paths: ['src/**', '!src/x/**']}}", branch('main', ['src/x/a']), false],
  ['branch and path', "{push: {branches: [main], paths: ['a']}}", branch('dev', ['a']), false],
  ['a default type', 'pull_request', pull('synchronize', 'main'), true],
  ['a type that is not one by default', 'pull_request', pull('labeled', 'main'), false],
  ['a named type', '{pull_request: {types: [labeled]}}', pull('labeled', 'main'), true],
  ['named types replace the defaults', '{pull_request: {types: [labeled]}}', pull('opened', 'main'), false],
  ['the base branch', '{pull_request: {branches: [main]}}', pull('opened', 'dev'), false],
  ['paths of a pull request', "{pull_request: {paths: ['a']}}", pull('opened', 'main', ['b']), false],
  ['any activity of issues', 'issues', event('issues', { action: 'labeled' }), true],
  ['only that activity', '{issues: {types: [opened]}}', event('issues', { action: 'labeled' }), false],
  [
    'a finished run',
    '{workflow_run: {workflows: [CI], types: [completed]}}',
    finished('CI', 'completed', 'main'),
    true,
  ],
  ['of another workflow', '{workflow_run: {workflows: [CI]}}', finished('Docs', 'completed', 'main'), false],
  [
    'of another branch',
    '{workflow_run: {workflows: [CI], branches: [main]}}',
    finished('CI', 'completed', 'dev'),
    false,
  ],
  ['a schedule', "{schedule: [{cron: '0 3 * * *'}]}", event('schedule', { payload: { schedule: '0 3 * * *' } }), true],
  [
    'another schedule',
    "{schedule: [{cron: '0 3 * * *'}]}",
    event('schedule', { payload: { schedule: '1 1 * * *' } }),
    false,
  ],
  ['a dispatch', 'workflow_dispatch', event('workflow_dispatch'), true],
  ['a call is no event', 'workflow_call', event('workflow_call'), false],
];

describe('isTriggered', () => {
  it.each(table)('%s: on: %s', (_title, on, what, expected) => {
    expect(isTriggered(workflowOn(on), what)).toBe(expected);
  });
});

describe('dispatchInputs', () => {
  it('is null where there is no workflow_dispatch', () => {
    expect(dispatchInputs(workflowOn('push'))).toBeNull();
  });

  it('is empty where there are no inputs', () => {
    expect(dispatchInputs(workflowOn('workflow_dispatch'))).toEqual({});
  });

  it('tells each input', () => {
    const on = `
  workflow_dispatch:
    inputs:
      level: {type: choice, options: [info, debug], default: info, required: true}
      dry: {type: boolean, default: false}
      note:
`;
    expect(dispatchInputs(workflowOn(on))).toEqual({
      level: { required: true, type: 'choice', options: ['info', 'debug'], default: 'info' },
      dry: { required: false, type: 'boolean', default: 'false' },
      note: { required: false },
    });
  });
});
