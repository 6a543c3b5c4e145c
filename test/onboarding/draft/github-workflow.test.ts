// biome-ignore-all lint/suspicious/noTemplateCurlyInString: expressions of GitHub's, not of ours.
// Every workflow file that we draft, show or run is held to GitHub's own parser; so is the simulator's idea of one.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parseWorkflow } from '../../../simulator/runner/workflow.ts';
import { githubWorkflowProblems } from './github-workflow-problems.ts';

const read = (path: string): string => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');
const filesBelow = (folder: string): string[] =>
  readdirSync(new URL(`../../../${folder}`, import.meta.url), { recursive: true, encoding: 'utf8' }).map(
    (name) => `${folder}/${name}`,
  );
const isWorkflow = (path: string): boolean => /\.github\/workflows\/[^/]+\.ya?ml$/.test(path);

const drafts = filesBelow('test/onboarding/draft/drafts');
const repositories = ['.github/workflows', 'demo/repositories', 'test/onboarding/draft/repositories']
  .flatMap(filesBelow)
  .filter(isWorkflow);
const documented = (): string =>
  /\n```yaml\n(name: Self-Heal\n[\s\S]*?)```\n/.exec(read('docs/self-heal-workflow.md'))?.[1] ?? '';

/** Both say the same of it. */
function isRight(text: string): boolean {
  const problems = githubWorkflowProblems(text);
  const simulated = parseWorkflow({ path: '.github/workflows/x.yml', text });
  expect({ simulator: simulated.ok, problems }).toEqual({ simulator: problems.length === 0, problems });
  return simulated.ok;
}

describe('to GitHub and to the simulator', () => {
  it.each(drafts)('the draft %s is right', (path) => expect(isRight(read(path))).toBe(true));

  it.each(repositories)('the workflow %s is right', (path) => expect(isRight(read(path))).toBe(true));

  it('the file of the documentation is right', () => {
    expect(documented()).toContain('self-heal-app/self-heal/action@v1');
    expect(isRight(documented())).toBe(true);
  });

  it('there are drafts, and workflows of the demo', () => {
    expect(drafts.length).toBeGreaterThan(15);
    expect(repositories).toContain('demo/repositories/pricing/.github/workflows/self-heal.yml');
    expect(repositories).toContain('demo/repositories/orders/.github/workflows/self-heal.yml');
  });
});

const sandbox = 'uses: self-heal-app/self-heal/action@v1';

describe('neither GitHub nor the simulator takes', () => {
  it.each<[string, string | RegExp, string]>([
    ['a key that no workflow has', 'name: Self-Heal', 'title: Self-Heal'],
    ['an event that there is not', 'workflow_dispatch:', 'dispatched:'],
    ['an input of an unknown type', 'type: string', 'type: text'],
    ['a right that there is not', 'contents: read', 'contents: all'],
    ['a runner from a context that is not there yet', 'ubuntu-latest', '${{ env.OS }}'],
    ['a bound that is no number', 'timeout-minutes: 60', 'timeout-minutes: an hour'],
    ['a step that does nothing', sandbox, 'name: Sandbox'],
    ['a step that does two things', sandbox, `run: x\n        ${sandbox}`],
    ['a step with an unknown key', sandbox, `image: x\n        ${sandbox}`],
    ['two steps of one id', '- uses: actions/checkout@v4', '- uses: actions/checkout@v4\n        id: sandbox'],
    ['an id that is none', 'id: sandbox', 'id: the sandbox'],
    ['a context that there is not', '${{ inputs.candidate }}', '${{ imputs.candidate }}'],
    ['a function that there is not', 'if: always()', 'if: ever()'],
    ['an expression that never ends', '${{ inputs.candidate }}', '${{ inputs.candidate'],
    ['a need of a job that there is not', 'timeout-minutes: 60', 'needs: build'],
    ['a key that stands twice', 'permissions:', 'name: Again\npermissions:'],
    ['broken YAML', 'steps:', 'steps: ['],
  ])('%s', (_what, part, instead) => {
    const text = documented();
    const broken = text.replace(part, () => instead);
    expect(broken).not.toBe(text);
    expect(isRight(broken)).toBe(false);
  });
});
