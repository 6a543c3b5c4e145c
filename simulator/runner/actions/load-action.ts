// Finds what `uses:` names: an action built in here, one mapped to a folder, or one in the job's workspace.
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import type { JobState } from '../job-state.ts';
import { stepSchema } from '../workflow-schema.ts';
import type { Action } from './action.ts';
import { downloadArtifact, uploadArtifact } from './artifact.ts';
import { cache } from './cache.ts';
import { checkout } from './checkout.ts';
import { compositeAction } from './composite.ts';
import { javascriptAction } from './javascript.ts';
import { setupNode } from './setup-node.ts';
import { setupPython } from './setup-python.ts';

const builtIn: Record<string, Action> = {
  'actions/cache': cache,
  'actions/cache/restore': cache,
  'actions/cache/save': cache,
  'actions/checkout': checkout,
  'actions/download-artifact': downloadArtifact,
  'actions/setup-node': setupNode,
  'actions/setup-python': setupPython,
  'actions/upload-artifact': uploadArtifact,
};

const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]).transform((value) => String(value ?? ''));
const input = z
  .looseObject({ default: scalar.optional(), deprecationMessage: z.string().optional() })
  .nullable()
  .transform((value) => value ?? {});
const metadataSchema = z.looseObject({
  name: scalar.optional(),
  inputs: z.record(z.string(), input).nullish(),
  outputs: z.record(z.string(), z.looseObject({ value: scalar.optional() }).nullable()).nullish(),
  runs: z.discriminatedUnion('using', [
    z.looseObject({
      using: z.enum(['node12', 'node16', 'node20', 'node24']),
      main: z.string(),
      pre: z.string().optional(),
      post: z.string().optional(),
      'pre-if': z.string().optional(),
      'post-if': z.string().optional(),
    }),
    z.looseObject({ using: z.literal('composite'), steps: z.array(stepSchema) }),
    z.looseObject({ using: z.literal('docker') }),
  ]),
});

function readAction(folder: string, reference: string): Action {
  const file = ['action.yml', 'action.yaml'].map((name) => join(folder, name)).find((path) => existsSync(path));
  if (!file) {
    const advice = 'Did you forget to run actions/checkout before running your local action?';
    throw new Error(`Can't find 'action.yml', 'action.yaml' or 'Dockerfile' under '${folder}'. ${advice}`);
  }
  const parsed = metadataSchema.safeParse(parse(readFileSync(file, 'utf8')));
  if (!parsed.success) throw new Error(`Fail to load ${file}: ${z.prettifyError(parsed.error)}`);
  const { runs } = parsed.data;
  if (runs.using === 'docker') {
    throw new Error(
      `'${reference}' runs in a container, and there are none on this runner. Use a JavaScript or composite action.`,
    );
  }
  const inputs = parsed.data.inputs ?? {};
  if (runs.using === 'composite') return compositeAction(folder, inputs, runs.steps, parsed.data.outputs ?? {});
  return javascriptAction(folder, inputs, runs);
}

function remoteAction(job: JobState, reference: string): Action {
  const [path = '', ref] = reference.split('@');
  if (!ref || path.split('/').length < 2) {
    throw new Error(`Expected format {org}/{repo}[/path]@ref. Actual '${reference}'`);
  }
  const mapped = Object.entries(job.request.localActions).find(([name]) => name.toLowerCase() === path.toLowerCase());
  if (mapped) return readAction(mapped[1], reference);
  const known = path.toLowerCase();
  const action = Object.hasOwn(builtIn, known) ? builtIn[known] : undefined;
  if (!action) throw new Error(`Unable to resolve action \`${reference}\`, repository not found`);
  return action;
}

export const isInWorkspace = (reference: string): boolean => /^\.{1,2}\//.test(reference);

export function loadAction(job: JobState, reference: string): Action {
  if (reference.startsWith('docker://')) {
    throw new Error(
      `'${reference}' is a container, and there are none on this runner. Use a JavaScript or composite action.`,
    );
  }
  if (isInWorkspace(reference)) return readAction(resolve(job.directories.workspace, reference), reference);
  return remoteAction(job, reference);
}
