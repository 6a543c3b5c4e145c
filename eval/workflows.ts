// A case's command → the two workflows of its repository: CI, and the sandbox workflow as users copy it.
import { readFile } from 'node:fs/promises';
import { isMap, isSeq, parseDocument, stringify } from 'yaml';
import type { Case } from './case.ts';

const template = new URL('../demo/repositories/pricing/.github/workflows/self-heal.yml', import.meta.url);

type Wanted = Pick<Case, 'command' | 'env' | 'needs'>;

export async function workflows(one: Wanted): Promise<Record<string, string>> {
  return {
    '.github/workflows/ci.yml': ciWorkflow(one),
    '.github/workflows/self-heal.yml': sandboxWorkflow(await readFile(template, 'utf8'), one),
  };
}

/** The one that runs this: the machine's own may be older. Other languages have to do with what is installed. */
const setUpNode = { uses: 'actions/setup-node@v4', with: { 'node-version': process.versions.node } };
const setUp = ({ needs }: Wanted): object[] => (needs.includes('node') ? [setUpNode] : []);

function ciWorkflow(one: Wanted): string {
  const { command, env } = one;
  return stringify({
    name: 'CI',
    on: { push: { branches: ['main'] }, pull_request: null },
    permissions: { contents: 'read' },
    ...(Object.keys(env).length > 0 ? { env } : {}),
    jobs: {
      test: {
        'runs-on': 'ubuntu-latest',
        'timeout-minutes': 5,
        steps: [{ uses: 'actions/checkout@v4' }, ...setUp(one), { name: 'Run the tests', run: command }],
      },
    },
  });
}

/** The template's own set-up step is for its language. */
function sandboxWorkflow(text: string, one: Wanted): string {
  const { command, env } = one;
  const document = parseDocument(text);
  const steps = document.getIn(['jobs', 'validate', 'steps']);
  if (!isSeq(steps)) throw new TypeError(`${template.pathname} has no steps at jobs.validate.steps`);
  steps.items = steps.items.filter((step) => !String(isMap(step) ? step.get('uses') : '').startsWith('actions/setup-'));
  steps.items.splice(1, 0, ...setUp(one).map((step) => document.createNode(step)));
  const sandbox = steps.items.findIndex((step) => isMap(step) && step.get('id') === 'sandbox');
  const at = (...rest: string[]) => ['jobs', 'validate', 'steps', sandbox, 'with', ...rest];
  document.setIn(at('command'), command);
  const names = Object.keys(env);
  if (names.length > 0) {
    document.setIn(['env'], env);
    document.setIn(at('environment'), names.join('\n'));
  }
  return document.toString();
}
