// The text of a workflow file → its events, jobs and steps as far as they can be read; anybody's YAML, so nothing is believed.
import { z } from 'zod';
import type { YamlBudget } from '../text/bounded-yaml.ts';
import { readYaml } from '../text/read-yaml.ts';

export interface Workflow {
  name: string | undefined;
  /** What each event is configured with; null where it is only named. */
  on: ReadonlyMap<string, unknown>;
  permissions: unknown;
  env: unknown;
  defaults: unknown;
  jobs: readonly Job[];
}

export interface Job {
  name: string;
  if: unknown;
  permissions: unknown;
  runsOn: unknown;
  matrix: unknown;
  environment: unknown;
  secrets: unknown;
  /** The reusable workflow that it calls. */
  calls: string | undefined;
  steps: readonly Step[];
  /** All of it but its steps. */
  rest: unknown;
}

export interface Step {
  if: unknown;
  uses: string | undefined;
  run: string | undefined;
  with: Readonly<Record<string, unknown>>;
  whole: unknown;
}

const mostJobs = 256;

const Mapping = z.record(z.string(), z.unknown());
const Loose = Mapping.catch({});
const Text = z.string().optional().catch(undefined);

/** Undefined where it is no YAML, beyond its bounds, no mapping, or has no jobs or events that can be told. */
export function readWorkflow(text: string, budget?: YamlBudget): Workflow | undefined {
  const root = Mapping.safeParse(readYaml(text, budget).data).data;
  const on = eventsOf(root?.on);
  const jobs = Mapping.safeParse(root?.jobs).data;
  if (!root || !on || !jobs || Object.keys(jobs).length > mostJobs) return undefined;
  const { permissions, env, defaults } = root;
  return { name: Text.parse(root.name), on, permissions, env, defaults, jobs: Object.entries(jobs).map(jobOf) };
}

function eventsOf(on: unknown): Map<string, unknown> | undefined {
  if (typeof on === 'string') return new Map([[on, null]]);
  const list = z.array(z.string()).safeParse(on);
  if (list.success) return new Map(list.data.map((event) => [event, null]));
  const mapping = Mapping.safeParse(on);
  return mapping.success ? new Map(Object.entries(mapping.data)) : undefined;
}

function jobOf([name, value]: [string, unknown]): Job {
  const { steps, ...rest } = Loose.parse(value);
  return {
    ...{ name, rest, if: rest.if, permissions: rest.permissions, runsOn: rest['runs-on'] },
    ...{ matrix: Loose.parse(rest.strategy).matrix, environment: rest.environment, secrets: rest.secrets },
    calls: Text.parse(rest.uses),
    steps: z.array(z.unknown()).catch([]).parse(steps).map(stepOf),
  };
}

function stepOf(whole: unknown): Step {
  const step = Loose.parse(whole);
  return { if: step.if, uses: Text.parse(step.uses), run: Text.parse(step.run), with: Loose.parse(step.with), whole };
}

const mostNodes = 20_000;

/** Every text in it, in whatever depth; undefined where there is too much to look through. */
export function textsIn(value: unknown): string[] | undefined {
  const texts: string[] = [];
  const open = [value];
  for (let at = 0; at < open.length; at += 1) {
    const next = open[at];
    if (typeof next === 'string') texts.push(next);
    else if (typeof next === 'object' && next !== null) {
      const inner: unknown[] = Object.values(next);
      if (open.length + inner.length > mostNodes) return undefined;
      for (const one of inner) open.push(one);
    }
  }
  return texts;
}

const longestExpression = 10_000;

/** What stands between `${{` and `}}`. */
export function expressionsIn(text: string): string[] {
  const found: string[] = [];
  for (let from = text.indexOf('${{'); from >= 0; ) {
    const end = text.indexOf('}}', from);
    found.push(text.slice(from + 3, end < 0 ? from + longestExpression : end));
    from = end < 0 ? -1 : text.indexOf('${{', end);
  }
  return found;
}
