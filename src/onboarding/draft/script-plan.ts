// The script of one step → the statements that prepare, which stay a step with the network on, and those that become the sandbox command.
import { z } from 'zod';
import type { Step } from '../../workflows/workflow-file.ts';
import { carried, isKnownBeforeRunner } from './carried-text.ts';
import { ask, type DraftPlan, leave, type Statement, shortLabel } from './draft-plan.ts';
import { statementsOf } from './script-statements.ts';
import { type SourceJob, variablesOf } from './source-job.ts';
import { kindOf, type StatementKind } from './statement-kind.ts';

export interface ScriptQuestion {
  step: Step;
  name: string;
  script: string;
  source: SourceJob;
}

const Mapping = z.record(z.string(), z.unknown()).catch({});
const mostStatements = 500;
/** Understood by the Action's own `bash`. */
const likeBash = /^(?:ba|da)?sh(?: -\w+| pipefail)*(?: \{0\})?$/;

export function planScript(question: ScriptQuestion, plan: DraftPlan): void {
  const { name, source } = question;
  const told = carried(question.script, source.known);
  const statements = statementsOf('text' in told ? told.text : question.script).slice(0, mostStatements);
  if ('why' in told) {
    if (statements.some((one) => isWork(kindOf(one).kind)))
      ask(plan, `The step “${name}” tests or builds, but ${told.why}. Add to \`command\` what the tests need of it.`);
    leave(plan, name, told.why);
    return;
  }
  const whole = Mapping.parse(question.step.whole);
  const given = settingsOf(whole, question, plan);
  if (given === undefined) leave(plan, name, 'its shell or its folder is not known before the run');
  else {
    const title = typeof whole.name === 'string' ? name : undefined;
    sort(statements, { name, title, given, mayFail: whole['continue-on-error'] === true }, plan);
  }
}

interface Given {
  shell: string | undefined;
  directory: string | undefined;
  env: Record<string, string>;
  usedSecret: boolean;
}

function settingsOf(
  whole: Record<string, unknown>,
  { source, name }: ScriptQuestion,
  plan: DraftPlan,
): Given | undefined {
  const text = (value: unknown, fallback: string | undefined): string | undefined =>
    typeof value === 'string' ? value : fallback;
  const shell = carried(text(whole.shell, source.defaults.shell) ?? '', source.known);
  const directory = carried(text(whole['working-directory'], source.defaults.directory) ?? '', source.known);
  if ('why' in shell || 'why' in directory || /[\n\r]/.test(shell.text + directory.text)) return undefined;
  if (shell.text.includes('${{')) return undefined;
  const env: Record<string, string> = {};
  let usedSecret = false;
  for (const [variable, value] of variablesOf(whole.env)) {
    const told = carried(value, source.known);
    const isOurs = /^[A-Za-z_]\w{0,99}$/.test(variable) && !/^(GITHUB|ACTIONS|RUNNER|INPUT)_/i.test(variable);
    if ('text' in told && isOurs) env[variable] = told.text;
    else {
      usedSecret ||= 'why' in told && told.why.includes('secret');
      leave(plan, `${name}: env ${variable}`, 'why' in told ? told.why : 'the name belongs to the runner');
    }
  }
  return { shell: shell.text || undefined, directory: directory.text || undefined, env, usedSecret };
}

const isWork = (kind: StatementKind): boolean => kind === 'test' || kind === 'check';

interface Sorting {
  name: string;
  /** Where the source gives it a name. */
  title: string | undefined;
  given: Given;
  mayFail: boolean;
}

function sort(statements: readonly string[], sorting: Sorting, plan: DraftPlan): void {
  const { name, given } = sorting;
  const outside: string[] = [];
  const inside: Statement[] = [];
  const runs = { outside: false, inside: false };
  for (const text of statements) {
    const { kind, tool } = kindOf(text);
    const place = placeOf(kind, {
      text,
      afterTests: plan.parts.length > 0 || runs.inside,
      usedSecret: given.usedSecret,
      hasServices: plan.hasServices,
    });
    const label = shortLabel(text);
    if (typeof place === 'object') leave(plan, name === label ? name : `${name}: ${label}`, place.why);
    if (kind === 'docker')
      ask(plan, `“${name}” uses docker, which the sandbox has not. Use a command that runs the tests that need none.`);
    if (place === 'both' || place === 'outside') outside.push(text);
    if (place === 'both' || place === 'inside') inside.push({ text, tool });
    if (place === 'outside' && kind === 'install' && tool !== undefined) plan.installs.add(tool);
    if (place === 'outside' || place === 'inside') runs[place] = true;
  }
  if (runs.inside) addPart(inside, sorting, plan);
  if (runs.outside) addStep(outside, sorting, plan);
  if (runs.outside && given.usedSecret)
    ask(plan, `The step “${name}” gets a token in your workflow, and none here: it cannot fetch what is private.`);
}

type Place = 'both' | 'outside' | 'inside' | { why: string };

interface Circumstances {
  text: string;
  afterTests: boolean;
  usedSecret: boolean;
  hasServices: boolean;
}

const usesService =
  /\bdb[:_-]|migrat|schema|psql|createdb|pg_isready|mysql|redis|mongo|kafka|rabbitmq|wait-?for|wait-on/i;

function placeOf(kind: StatementKind, { text, afterTests, usedSecret, hasServices }: Circumstances): Place {
  if (kind === 'state') return 'both';
  if (isWork(kind)) return 'inside';
  if (kind === 'install') return 'outside';
  if (kind === 'send') return { why: 'it publishes, deploys or sends something away' };
  if (kind === 'docker') return { why: 'the sandbox has no docker' };
  // What it is for is not known, so neither is whether it does without.
  if (usedSecret) return { why: 'it uses a secret or a token, and there are none in this workflow' };
  if (hasServices && kind === 'other' && usesService.test(text)) return { why: 'it needs a service of the job' };
  if (kind === 'git' && (afterTests || /\b(?:diff|status|pre-commit|commitlint|gitlint|lint-staged)\b/.test(text)))
    return { why: 'the sandbox has no git history' };
  // What later steps see of it, they see in the sandbox, too.
  if (kind === 'other' && /GITHUB_(?:ENV|PATH)\b/.test(text)) return 'outside';
  if (kind === 'other' && afterTests && /GITHUB_(?:OUTPUT|STEP_SUMMARY)\b/.test(text))
    return { why: 'it only says something about the run' };
  if (kind === 'fetch' && afterTests) return { why: 'it uses the network after the tests' };
  return afterTests && kind === 'other' ? 'inside' : 'outside';
}

function addPart(statements: Statement[], { name, given, mayFail }: Sorting, plan: DraftPlan): void {
  const { shell, directory } = given;
  if (shell !== undefined && !likeBash.test(shell)) {
    leave(plan, name, `its shell is ${shortLabel(shell)}, and the command runs in bash`);
    ask(plan, `The step “${name}” has a shell of its own. Put what it tests into \`command\`, in bash.`);
    return;
  }
  if (given.usedSecret)
    ask(
      plan,
      `The step “${name}” gets a secret in your workflow, and none here. Tests that need it will fail: leave them out of \`command\`.`,
    );
  if (shell !== undefined && /-\w*[li]/.test(shell))
    ask(plan, `The step “${name}” needs a login shell. Check that \`command\` finds its tools without one.`);
  const literal = Object.entries(given.env).filter(([variable, value]) => {
    if (!value.includes('${{')) return true;
    if (isKnownBeforeRunner(value)) plan.env[variable] ??= value;
    else leave(plan, `${name}: env ${variable}`, 'it has an expression that cannot be resolved');
    return false;
  });
  plan.parts.push({ statements, directory, env: Object.fromEntries(literal), mayFail });
}

function addStep(outside: readonly string[], { title, given, mayFail }: Sorting, plan: DraftPlan): void {
  const run = outside.join('\n');
  for (const [, variable = ''] of run.matchAll(
    /\becho +["']?([A-Za-z_]\w{0,99})=[^\n]{0,500}>> *["']?\$\{?GITHUB_ENV/g,
  ))
    plan.environment.add(variable);
  plan.steps.push({
    ...(title === undefined ? {} : { name: title }),
    run,
    shell: given.shell,
    'working-directory': given.directory,
    ...(mayFail ? { 'continue-on-error': true as const } : {}),
    ...(Object.keys(given.env).length > 0 ? { env: given.env } : {}),
  });
}
