// The workflow files that we hand to people: they fit the Action, ask for nothing they do not need, and cannot be injected into.

import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import * as z from 'zod';

const Step = z.object({
  uses: z.string().optional(),
  run: z.string().optional(),
  if: z.string().optional(),
  with: z.record(z.string(), z.coerce.string()).default({}),
});
const Workflow = z.object({
  'run-name': z.string(),
  on: z.strictObject({
    workflow_dispatch: z.object({
      inputs: z.record(z.string(), z.object({ required: z.boolean(), type: z.literal('string') })),
    }),
  }),
  permissions: z.record(z.string(), z.string()),
  jobs: z.strictObject({
    validate: z.strictObject({ 'runs-on': z.string(), 'timeout-minutes': z.number(), steps: z.array(Step) }),
  }),
  concurrency: z.object({ group: z.string(), 'cancel-in-progress': z.boolean() }),
  name: z.string(),
});
const ActionFile = z.object({ inputs: z.record(z.string(), z.object({ required: z.boolean() })) });

const sent = ['incident', 'attempt', 'base', 'candidate', 'tests', 'files', 'trigger'];
const expression = (text: string) => `\${{ ${text} }}`;
const inDocs =
  /```yaml\n(name: Self-Heal\n[\s\S]*?)```/.exec(readFileSync('docs/self-heal-workflow.md', 'utf8'))?.[1] ?? '';
const action = ActionFile.parse(parse(readFileSync('action/action.yml', 'utf8')));

describe.each([
  ['docs/self-heal-workflow.md', inDocs],
  ...['pricing', 'orders'].map((name): [string, string] => {
    const path = `demo/repositories/${name}/.github/workflows/self-heal.yml`;
    return [path, readFileSync(path, 'utf8')];
  }),
])('the workflow in %s', (_path, text) => {
  const workflow = Workflow.parse(parse(text));
  const { steps } = workflow.jobs.validate;
  const using = (name: string) => steps.filter(({ uses }) => uses?.startsWith(`${name}@`));

  it('takes what the App sends, and is named so that the App finds it again', () => {
    const { inputs } = workflow.on.workflow_dispatch;
    expect(Object.keys(inputs)).toEqual(sent);
    // A patch may bring no test; everything else is always there.
    expect(Object.keys(inputs).filter((name) => !inputs[name]?.required)).toEqual(['tests']);
    expect(workflow['run-name']).toBe(
      `self-heal ${expression('inputs.incident')} attempt ${expression('inputs.attempt')}`,
    );
  });

  it('may only read contents, keeps no credentials, and names no secret', () => {
    expect(workflow.permissions).toEqual({ contents: 'read' });
    expect(using('actions/checkout').map((step) => step.with)).toEqual([
      { ref: expression('inputs.base'), 'persist-credentials': expect.anything() },
    ]);
    expect(text).toContain('persist-credentials: false');
    expect(text).not.toMatch(/\{\{[^}]*secrets|id-token|actions\/cache|\bcache:/);
  });

  it('gives the Action inputs that it has, all that it requires, and no expression to a script', () => {
    const [sandbox, ...more] = using('self-heal-app/self-heal/action');
    expect(more).toEqual([]);
    const given = Object.keys(sandbox?.with ?? {});
    const required = Object.entries(action.inputs).flatMap(([name, input]) => (input.required ? [name] : []));
    expect(given).toEqual(expect.arrayContaining(required));
    expect(Object.keys(action.inputs)).toEqual(expect.arrayContaining(given));
    for (const name of sent) expect([name, sandbox?.with[name]]).toEqual([name, expression(`inputs.${name}`)]);
    for (const { run } of steps) expect(run ?? '').not.toContain('${{');
  });

  it('delivers the report whatever happened', () => {
    const last = steps.at(-1);
    expect(last?.uses).toMatch(/^actions\/upload-artifact@/);
    expect(last?.if).toBe('always()');
    expect(last?.with).toMatchObject({ name: 'self-heal-report', path: expression('steps.sandbox.outputs.report') });
  });
});
