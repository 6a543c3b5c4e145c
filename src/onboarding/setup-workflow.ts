// The text of `.github/workflows/self-heal.yml` → what keeps it from proving a fix, in words; none where it is right.
import { z } from 'zod';
import { type Job, readWorkflow, type Workflow } from '../workflows/workflow-file.ts';

/** What the App sends with a dispatch: GitHub refuses an input that is not declared, and a required one that is not sent. */
export const dispatchInputs = ['incident', 'attempt', 'base', 'candidate', 'tests', 'files', 'trigger'] as const;
const artifactName = 'self-heal-report';

const Mapping = z.record(z.string(), z.unknown());
const Dispatch = z.object({ inputs: Mapping.catch({}) }).catch({ inputs: {} });
const Input = z
  .object({ required: z.boolean().catch(false), default: z.unknown().optional() })
  .catch({ required: false, default: '' });

export function workflowProblems(text: string): string[] {
  const workflow = readWorkflow(text);
  if (!workflow) return ['it cannot be read: it is no YAML, or has no `on` or no `jobs`'];
  if (!workflow.on.has('workflow_dispatch')) return ['it has no `on: workflow_dispatch`, by which Self-Heal starts it'];
  return [...inputProblems(workflow), ...permissionProblems(workflow), ...reportProblems(workflow)];
}

function inputProblems({ on }: Workflow): string[] {
  const { inputs } = Dispatch.parse(on.get('workflow_dispatch') ?? {});
  const missing = dispatchInputs.filter((name) => !(name in inputs));
  const unknown = Object.entries(inputs).filter(([name, input]) => {
    const { required, default: usual } = Input.parse(input ?? {});
    return !dispatchInputs.some((one) => one === name) && required && (usual === undefined || usual === '');
  });
  return [
    ...(missing.length > 0 ? [`\`workflow_dispatch\` does not declare the inputs ${quoted(missing)}`] : []),
    ...(unknown.length > 0
      ? [`it requires inputs that Self-Heal does not send: ${quoted(unknown.map(([name]) => name))}`]
      : []),
  ];
}

const quoted = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(', ');

/** Code of a candidate is on its way through these jobs. */
function permissionProblems({ permissions, jobs }: Workflow): string[] {
  const loose = jobs.filter((job) => !readsOnly(job.permissions ?? permissions)).map(({ name }) => name);
  if (loose.length === 0) return [];
  return [`the token of ${quoted(loose)} may do more than \`permissions: contents: read\``];
}

function readsOnly(permissions: unknown): boolean {
  if (permissions === 'read-all') return true;
  const given = Mapping.safeParse(permissions);
  return given.success && Object.entries(given.data).every(([, level]) => level === 'read' || level === 'none');
}

/** A workflow that is called, here or elsewhere, may hand it over where it is not seen. */
function reportProblems({ jobs }: Workflow): string[] {
  if (jobs.some((job) => job.calls !== undefined || usesLocalAction(job))) return [];
  const hands = jobs.some(({ steps }) => steps.some((step) => step.with.name === artifactName));
  return hands ? [] : [`no step uploads the sandbox's report as the artifact \`${artifactName}\``];
}

const usesLocalAction = ({ steps }: Job): boolean => steps.some(({ uses }) => uses?.startsWith('./') === true);
