// What is known of a repository → the self-heal workflow drafted for it, with what was left out and what a person has to check.
import { ask, type DraftPlan, emptyPlan, type LeftOut, shortLabel } from './draft-plan.ts';
import { planOfJob } from './job-plan.ts';
import { inFolder, manifestsOf, planOfManifests } from './manifest-plan.ts';
import { prepareOffline } from './offline.ts';
import { reportGlobs } from './report-globs.ts';
import { folderOf, type RepositoryLook } from './repository-look.ts';
import { sandboxCommand } from './sandbox-command.ts';
import { chooseSourceJob } from './source-job.ts';
import { kindOf } from './statement-kind.ts';
import { workflowYaml } from './workflow-yaml.ts';

export interface WorkflowDraft {
  yaml: string;
  command: string;
  from: { workflow: string; job: string } | { manifest: string } | 'nothing';
  /** Of the tool that tests: `npm`, `cargo`; `unknown` where there is none. */
  kind: string;
  left: LeftOut[];
  /** What a person has to check or fill in. */
  asks: string[];
}

interface Planned {
  plan: DraftPlan;
  from: WorkflowDraft['from'];
}

const placeholder = "echo 'Put the command that runs the tests here.' >&2; exit 1";

export function draftWorkflow(repository: RepositoryLook): WorkflowDraft {
  const { plan, from } = planned(repository);
  const top = folderOf(repository, '');
  const kind = kindOfPlan(plan);
  prepareOffline(plan, (path) => folderOf(repository, path));
  const environment = environmentOf(plan);
  const command = commandOf(plan);
  const reports = reportGlobs(plan.parts, top);
  const { left, asks } = plan;
  const yaml = workflowYaml({ plan, command, reports, environment, head: headOf(from, plan) });
  return { yaml, command, from, kind, left, asks };
}

function planned(repository: RepositoryLook): Planned {
  const source = chooseSourceJob(repository);
  if (source) {
    const plan = planOfJob(source);
    if (plan.parts.length > 0) {
      installByManifest(plan, repository);
      return { plan, from: { workflow: source.path, job: source.job.name } };
    }
  }
  const ofManifests = planOfManifests(repository);
  if (ofManifests) return { plan: ofManifests.plan, from: { manifest: ofManifests.manifest } };
  const plan = emptyPlan();
  ask(plan, 'No command that runs tests was found. Put it into `command`, and what it needs into steps before it.');
  return { plan, from: 'nothing' };
}

const families = [
  ['npm', 'pnpm', 'yarn', 'bun'],
  ['pip', 'poetry', 'uv', 'pipenv', 'tox', 'nox'],
  ['bundler'],
  ['composer'],
  ['dotnet'],
];

/** A job that installs in an Action of its own, or in a container image: the manifest says how it is done usually. */
function installByManifest(plan: DraftPlan, repository: RepositoryLook): void {
  const used = new Set(plan.parts.flatMap(({ statements }) => statements.map(({ tool }) => tool)));
  const isInstalled = (tool: string): boolean =>
    families.find((family) => family.includes(tool))?.some((one) => [...plan.installs].some((has) => has === one)) ??
    true;
  const found = manifestsOf(repository).find(
    ({ manifest: { tool } }) =>
      tool !== undefined && [...used].some((one) => one !== undefined && sameFamily(one, tool)) && !isInstalled(tool),
  );
  const cannotBeSeen = plan.left.some(({ why }) => /Action of this repository|runner itself/.test(why));
  const isNode = found && families[0]?.includes(found.manifest.tool ?? '');
  if (!found || !(isNode || cannotBeSeen)) return;
  const have = new Set(plan.steps.map(({ uses }) => uses?.split('@', 1)[0]));
  const directory = found.folder.path === '' ? undefined : found.folder.path;
  const steps = found.manifest.steps.filter(({ uses }) => uses === undefined || !have.has(uses.split('@', 1)[0]));
  plan.steps.push(...steps.map((step) => inFolder(step, directory)));
  ask(plan, `The job has no step that installs packages, so the draft follows ${shortLabel(found.manifest.file)}.`);
}

const sameFamily = (one: string, other: string): boolean =>
  families.some((family) => family.includes(one) && family.includes(other));

function kindOfPlan({ parts, installs }: DraftPlan): string {
  const statements = parts.flatMap((part) => part.statements);
  const testing = statements.filter(({ text }) => kindOf(text).kind === 'test');
  const [first] = [...testing, ...statements].flatMap(({ tool }) => (tool === undefined ? [] : [tool]));
  const [installed] = installs;
  // `pytest` alone says only that it is Python; who installed it says more.
  return (first === undefined || first === 'pip' ? (pythonOf(installs) ?? first) : first) ?? installed ?? 'unknown';
}

const pythonOf = (installs: ReadonlySet<string>): string | undefined =>
  ['uv', 'poetry', 'pipenv'].find((tool) => installs.has(tool));

/** What the Action refuses to pass on by name. */
const refused = /^(GITHUB|ACTIONS|RUNNER|INPUT)_|TOKEN|SECRET|PASSWORD|PASSWD|CREDENTIAL|PRIVATE|API_?KEY|ACCESS_?KEY/i;
const mostNames = 50;

/** Values stand in the repository's own workflow, so they are no secrets, whatever their names are. */
function environmentOf(plan: DraftPlan): string[] {
  for (const [name, value] of Object.entries(plan.env))
    if (refused.test(name) && !value.includes('${{')) plan.exports[name] ??= value;
  return [...new Set([...Object.keys(plan.env), ...plan.environment])]
    .filter((name) => !refused.test(name))
    .slice(0, mostNames);
}

function commandOf(plan: DraftPlan): string {
  if (plan.parts.length === 0) return placeholder;
  const whole = sandboxCommand(plan);
  if (whole !== undefined) return whole;
  plan.parts = plan.parts.filter(({ statements }) => statements.some(({ text }) => kindOf(text).kind === 'test'));
  ask(
    plan,
    'The steps of the job are too long for one command. Put them into a script of the repository, and call it in `command`.',
  );
  return sandboxCommand(plan) ?? placeholder;
}

const mostTold = 12;

function headOf(from: WorkflowDraft['from'], { left, asks }: DraftPlan): string[] {
  const source =
    from === 'nothing'
      ? 'Drafted by Self-Heal; nothing in the repository said how it is tested.'
      : 'manifest' in from
        ? `Drafted by Self-Heal from ${from.manifest}.`
        : `Drafted by Self-Heal from the job ${shortLabel(from.job)} of ${shortLabel(from.workflow)}.`;
  const list = (title: string, lines: readonly string[]): string[] => {
    const more = lines.length > mostTold ? [`- and ${lines.length - mostTold} more`] : [];
    return lines.length === 0 ? [] : [title, ...lines.slice(0, mostTold).map((line) => `- ${line}`), ...more];
  };
  return [
    source,
    ...list('Check before you commit it:', asks),
    ...list(
      'Left out:',
      left.map(({ what, why }) => `${what}: ${why}`),
    ),
  ];
}
