import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { dispatchInputs, workflowProblems } from '../../src/onboarding/setup-workflow.ts';

const inputs = dispatchInputs.map((name) => `      ${name}: { type: string, required: true }`).join('\n');
const right = `name: Self-Heal
run-name: self-heal \${{ inputs.incident }} attempt \${{ inputs.attempt }}
on:
  workflow_dispatch:
    inputs:
${inputs}
permissions:
  contents: read
jobs:
  validate:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: self-heal-app/self-heal/action@v1
        id: sandbox
      - uses: actions/upload-artifact@v4
        if: always()
        with:
          name: self-heal-report
          path: \${{ steps.sandbox.outputs.report }}
`;

describe('a self-heal workflow', () => {
  it('that is right has no problems', () => expect(workflowProblems(right)).toEqual([]));

  it.each<[string, string, RegExp]>([
    ['is no YAML', 'jobs: [', /cannot be read/],
    ['is empty', '', /cannot be read/],
    ['starts otherwise', right.replace('workflow_dispatch', 'push'), /no `on: workflow_dispatch`/],
    ['lacks inputs', right.replace(/^ +(files|trigger): .*\n/gm, ''), /does not declare the inputs `files`, `trigger`/],
    ['declares none', right.replace(/ +inputs:\n( {6}.*\n)+/, ''), /does not declare the inputs `incident`, /],
    [
      'requires another one',
      right.replace('    inputs:\n', '    inputs:\n      who: { required: true }\n'),
      /requires inputs that Self-Heal does not send: `who`/,
    ],
    ['may write', right.replace('contents: read', 'contents: write'), /the token of `validate` may do more/],
    ['says nothing of its token', right.replace('permissions:\n  contents: read\n', ''), /`validate` may do more/],
    [
      'gives a job more',
      right.replace('    runs-on', '    permissions: write-all\n    runs-on'),
      /`validate` may do more/,
    ],
    ['keeps its report', right.replace('self-heal-report', 'report'), /no step uploads/],
  ])('that %s has one problem', (_, text, problem) => {
    expect(workflowProblems(text)).toEqual([expect.stringMatching(problem)]);
  });

  it.each<[string, string]>([
    [
      'an input with a default',
      right.replace('    inputs:\n', '    inputs:\n      who: { required: true, default: me }\n'),
    ],
    [
      'permissions of the job',
      right
        .replace('permissions:\n  contents: read\n', '')
        .replace('    runs-on', '    permissions: { contents: read }\n    runs-on'),
    ],
    ['no permissions at all', right.replace('permissions:\n  contents: read', 'permissions: {}')],
    ['a workflow that is called', right.replace(/ {4}steps:[\s\S]*/, '    uses: ./.github/workflows/prove.yml\n')],
  ])('may have %s', (_, text) => expect(workflowProblems(text)).toEqual([]));

  it('whatever it is, is survived', () => {
    fc.assert(fc.property(fc.string(), (text) => Array.isArray(workflowProblems(text))));
  });
});
