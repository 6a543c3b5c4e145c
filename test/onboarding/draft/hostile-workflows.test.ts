// biome-ignore-all lint/suspicious/noTemplateCurlyInString: expressions of GitHub's, not of ours.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parse, stringify } from 'yaml';
import { z } from 'zod';
import { parseWorkflow } from '../../../simulator/runner/workflow.ts';
import { draftWorkflow } from '../../../src/onboarding/draft/draft-workflow.ts';
import { githubWorkflowProblems } from './github-workflow-problems.ts';
import { hostileTestWorkflow, hostileWorkflow, hostileText as text } from './hostile-workflow.ts';
import { kinds, repositoryOf } from './repositories.ts';

const Mapping = z.record(z.string(), z.unknown());
const Draft = z.strictObject({
  name: z.literal('Self-Heal'),
  'run-name': z.literal('self-heal ${{ inputs.incident }} attempt ${{ inputs.attempt }}'),
  on: z.strictObject({ workflow_dispatch: z.strictObject({ inputs: Mapping }) }),
  permissions: z.strictObject({ contents: z.literal('read') }),
  concurrency: z.strictObject({
    group: z.literal('self-heal-${{ inputs.incident }}'),
    'cancel-in-progress': z.literal(true),
  }),
  jobs: z.strictObject({
    validate: z.strictObject({
      'runs-on': z.union([z.string(), z.array(z.string())]),
      'timeout-minutes': z.literal(60),
      env: z.record(z.string(), z.string()).optional(),
      steps: z.array(Mapping),
    }),
  }),
});
const harmless = /^ ?(github\.workspace|runner\.(arch|tool_cache|temp)|vars\.\w+) ?$/;
const ours = /^ (inputs\.(base|candidate|incident|attempt|tests|files|trigger)|steps\.sandbox\.outputs\.report) $/;

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

const expressions = (value: unknown): string[] =>
  textsIn(value).flatMap((text) =>
    text
      .split('${{')
      .slice(1)
      .map((rest) => rest.split('}}')[0] ?? ''),
  );

/** Everything a draft promises, whatever it was made from. */
function check(files: ReadonlyMap<string, string>): void {
  const draft = draftWorkflow({ paths: [...files.keys()], files, defaultBranch: 'main' });
  expect(parseWorkflow({ path: '.github/workflows/self-heal.yml', text: draft.yaml })).toMatchObject({ ok: true });
  expect(githubWorkflowProblems(draft.yaml)).toEqual([]);
  const { jobs } = Draft.parse(parse(draft.yaml));
  const { steps, env } = jobs.validate;
  const at = steps.findIndex(({ id }) => id === 'sandbox');
  expect(steps.map(({ if: condition }) => condition).filter((one) => one !== undefined)).toEqual(['always()']);
  // Between the checkout and the sandbox stands what came from the source; after the sandbox, the report and nothing else.
  expect(steps).toHaveLength(at + 2);
  expect(steps[0]).toMatchObject({ with: { ref: '${{ inputs.base }}', 'persist-credentials': false } });
  for (const one of expressions([steps.slice(1, at), env])) expect(one).toMatch(harmless);
  const command = Mapping.parse(steps[at]?.with).command;
  for (const one of expressions(command)) expect(one).toMatch(harmless);
  for (const one of expressions([steps[0], { ...Mapping.parse(steps[at]?.with), command: '' }, steps[at + 1]]))
    expect(one).toMatch(ours);
  const withoutNames = steps.map((one) => ({ ...one, name: '' }));
  expect(JSON.stringify([env, withoutNames])).not.toMatch(/MARKED/);
  expect(String(command).trim()).toBe(draft.command);
  expect(draft.command.length).toBeLessThanOrEqual(5_000);
  // Comments are one line each: nothing of a name becomes a line of the file.
  for (const { what } of draft.left) expect(what).not.toMatch(/[\n\r\u2028\u2029]|\$\{\{/);
  for (const one of draft.asks) expect(one).not.toMatch(/[\n\r\u2028\u2029]|\$\{\{/);
}

const path = '.github/workflows/ci.yml';

describe('a draft of anything', () => {
  it('holds its promises for workflows of hostile pieces', () =>
    fc.assert(
      fc.property(hostileWorkflow, (one) => check(new Map([[path, stringify(one)]]))),
      { numRuns: 200 },
    ));

  it('holds them for a job of tests with hostile texts', () =>
    fc.assert(
      fc.property(hostileTestWorkflow, (one) => check(new Map([[path, stringify(one)]]))),
      { numRuns: 220 },
    ));

  it('holds them for broken manifests, too', () =>
    fc.assert(
      fc.property(
        fc.constantFrom(...kinds),
        fc.nat(),
        fc.nat(2_000),
        fc.oneof(text, fc.string()),
        (kind, which, at, put) => {
          const files = new Map(repositoryOf(kind).files);
          const [name, whole] = [...files][which % Math.max(1, files.size)] ?? [path, ''];
          check(files.set(name, whole.slice(0, at % (whole.length + 1)) + put + whole.slice(at % (whole.length + 1))));
        },
      ),
      { numRuns: 80 },
    ));

  it('holds them for text that is no workflow', () =>
    fc.assert(
      fc.property(fc.oneof(fc.string(), text), (one) =>
        check(
          new Map([
            [path, one],
            ['package.json', one],
          ]),
        ),
      ),
      { numRuns: 60 },
    ));

  it('ends for a script made to be slow to read', () => {
    const slow = [
      '-p '.repeat(5_000),
      'a=b '.repeat(5_000),
      '(((('.repeat(5_000),
      "'".repeat(9_999),
      '<<A '.repeat(4_000),
      'npm -w a '.repeat(2_000),
      './'.repeat(900),
      `cat <<A; ${'#'.repeat(5_000)}\nx\nA\n`,
    ];
    for (const one of slow)
      check(
        new Map([
          [path, stringify({ on: 'push', jobs: { a: { steps: [{ run: `npm test\nnpx ${one}` }, { run: one }] } } })],
        ]),
      );
  });

  it('ends for manifests made to be slow to read', () => {
    const names = ['pyproject.toml', 'setup.py', 'composer.json', 'pom.xml', 'build.gradle', 'Makefile', 'Cargo.toml'];
    for (const one of ['\n', ' ', '"scripts":{', 'test\n', '<release> '])
      check(new Map(names.map((name) => [name, one.repeat(150_000 / one.length)])));
  });

  it('ends for workflows that are all at their bounds', () => {
    const head = 'on: push\njobs:\n  a:\n    x: ';
    const body = [
      '{'.repeat(60_000),
      `[${','.repeat(60_000)}]`,
      `\n${'    - *a\n'.repeat(6_000)}`,
      '\n}'.repeat(60_000),
    ];
    const files = body.flatMap((one) => Array.from({ length: 6 }, () => head + one));
    check(new Map(files.map((text, at) => [`.github/workflows/${at}.yml`, text])));
  });

  it('ends for a matrix of all sizes', () => {
    const axis = Array.from({ length: 200 }, (_, at) => `v${at}`);
    const matrix = Object.fromEntries(Array.from({ length: 30 }, (_, at) => [`k${at}`, axis]));
    check(
      new Map([
        [
          path,
          stringify({
            on: 'push',
            jobs: { a: { strategy: { matrix }, steps: [{ run: 'npm test ${{ matrix.k3 }}' }] } },
          }),
        ],
      ]),
    );
  });
});
