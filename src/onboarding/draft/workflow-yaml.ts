// A draft plan and its command → the text of `.github/workflows/self-heal.yml`: the fixed frame, the repository's own preparation, the command.
import { Document, isMap, isNode, Scalar } from 'yaml';
import type { DraftPlan, DraftStep } from './draft-plan.ts';

export interface WorkflowText {
  plan: DraftPlan;
  command: string;
  reports: readonly string[];
  /** Names of the job's variables that the tests see. */
  environment: readonly string[];
  /** What the head of the file says of where it comes from. */
  head: readonly string[];
}

/** GitHub refuses a dispatch with an input that is not declared; these seven are what the App sends. */
const inputs: readonly (readonly [string, string])[] = [
  ['incident', "The incident's id"],
  ['attempt', 'The number of this attempt'],
  ['base', 'The failing commit'],
  ['candidate', 'The commit with the fix'],
  ['tests', "The candidate's test files, one a line"],
  ['files', 'All files that the candidate changes, one a line'],
  ['trigger', 'What started the incident'],
];

const handedOver = ['base', 'candidate', 'incident', 'attempt', 'tests', 'files', 'trigger'];
const sandboxAction = 'self-heal-app/self-heal/action@v1';

export function workflowYaml(text: WorkflowText): string {
  const document = new Document(workflowOf(text), { aliasDuplicateObjects: false });
  document.commentBefore = text.head.map((line) => ` ${line}`).join('\n');
  for (const [name] of inputs) {
    const node = document.getIn(['on', 'workflow_dispatch', 'inputs', name], true);
    if (isMap(node)) node.flow = true;
  }
  for (const key of ['on', 'permissions', 'concurrency', 'jobs']) spaceBefore(document, key);
  const steps = ['jobs', 'validate', 'steps'];
  const sandbox = 1 + text.plan.steps.length;
  const note = (index: number, comment: string): void => {
    const node = document.getIn([...steps, index], true);
    if (isNode(node)) node.commentBefore = ` ${comment}`;
  };
  if (sandbox > 1) note(1, 'Prepares the failing commit, with the network on.');
  note(sandbox, 'Runs the tests of the failing commit and of the fix, without network, secrets and token.');
  return document.toString({ lineWidth: 0, flowCollectionPadding: true, blockQuote: 'literal' });
}

function spaceBefore(document: Document, key: string): void {
  const root = document.contents;
  if (!isMap(root)) return;
  const pair = root.items.find((item) => item.key instanceof Scalar && item.key.value === key);
  if (pair && isNode(pair.key)) pair.key.spaceBefore = true;
}

function workflowOf({ plan, command, reports, environment }: WorkflowText): unknown {
  const lines = (values: Iterable<string>): Scalar | undefined => {
    const all = [...values];
    return all.length > 0 ? block(all.join('\n')) : undefined;
  };
  const sandbox = {
    ...Object.fromEntries(handedOver.map((name) => [name, `\${{ inputs.${name} }}`])),
    command: block(command),
    ...present({
      reports: lines(reports),
      'writable-paths': lines(plan.writablePaths),
      environment: lines(environment),
    }),
  };
  return {
    name: 'Self-Heal',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: expressions of GitHub's, not of ours.
    'run-name': 'self-heal ${{ inputs.incident }} attempt ${{ inputs.attempt }}',
    on: { workflow_dispatch: { inputs: Object.fromEntries(inputs.map(inputOf)) } },
    permissions: { contents: 'read' },
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the same.
    concurrency: { group: 'self-heal-${{ inputs.incident }}', 'cancel-in-progress': true },
    jobs: {
      validate: {
        'runs-on': plan.runsOn,
        'timeout-minutes': 60,
        ...(Object.keys(plan.env).length > 0 ? { env: plan.env } : {}),
        steps: [
          checkout(plan),
          ...plan.steps.map(stepOf),
          { uses: sandboxAction, id: 'sandbox', with: sandbox },
          upload,
        ],
      },
    },
  };
}

const inputOf = ([name, description]: readonly [string, string]): [string, unknown] => [
  name,
  { description, type: 'string', ...(name === 'tests' ? { required: false, default: '' } : { required: true }) },
];

const checkout = ({ checkout: own }: DraftPlan): unknown => ({
  uses: 'actions/checkout@v4',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of GitHub's, not of ours.
  with: { ref: '${{ inputs.base }}', 'persist-credentials': false, ...own },
});

const upload = {
  uses: 'actions/upload-artifact@v4',
  if: 'always()',
  with: {
    name: 'self-heal-report',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of GitHub's, not of ours.
    path: '${{ steps.sandbox.outputs.report }}',
    'if-no-files-found': 'error',
  },
};

const stepOf = (step: DraftStep): unknown =>
  present({ ...step, run: step.run?.includes('\n') ? block(step.run) : step.run });

const present = (values: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));

function block(text: string): Scalar {
  const scalar = new Scalar(`${text.trimEnd()}\n`);
  scalar.type = Scalar.BLOCK_LITERAL;
  return scalar;
}
