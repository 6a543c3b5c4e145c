// actions/setup-node on a machine that has its Nodes already: puts the one that fits first on the PATH.
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { type Execution, processEnvironment } from '../execution.ts';
import { findProgram } from '../programs.ts';
import { fitsVersion } from '../version-spec.ts';
import type { Action, ActionInputs } from './action.ts';
import { group, tryTool } from './tool.ts';

interface Found {
  file: string;
  version: string;
}

async function versionOf(execution: Execution, program: string): Promise<string | undefined> {
  const found = findProgram(program, processEnvironment(execution).PATH ?? '');
  if (!found) return undefined;
  const cwd = execution.job.directories.workspace;
  const { exitCode, lines } = await tryTool(execution, { program: found, args: ['--version'], cwd, silent: true });
  return exitCode === 0 ? lines[0]?.trim() : undefined;
}

function wantedVersion(execution: Execution, inputs: ActionInputs): string {
  const file = inputs.get('node-version-file');
  if (inputs.get('node-version') || !file) return inputs.get('node-version');
  const text = readFileSync(resolve(execution.job.directories.workspace, file), 'utf8').trim();
  if (!file.endsWith('.json')) return text.split('\n')[0]?.replace(/^(nodejs|node)\s+/, '') ?? '';
  return /"node"\s*:\s*"([^"]+)"/.exec(text)?.[1] ?? '';
}

/** The machine's Node and the one that runs this simulator; the first that fits, or else the first. */
async function chooseNode(execution: Execution, spec: string): Promise<Found | undefined> {
  const onPath = findProgram('node', processEnvironment(execution).PATH ?? '');
  const candidates: Found[] = [];
  for (const file of [onPath, process.execPath]) {
    const version = file && (await versionOf(execution, file));
    if (file && version) candidates.push({ file, version });
  }
  return candidates.find(({ version }) => fitsVersion(version, spec)) ?? candidates[0];
}

export const setupNode: Action = {
  inputs: {
    'always-auth': { default: 'false' },
    'node-version': {},
    'node-version-file': {},
    architecture: {},
    'check-latest': { default: 'false' },
    'registry-url': {},
    scope: {},
    // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression, evaluated when the step runs
    token: { default: '${{ github.token }}' },
    cache: {},
    'cache-dependency-path': {},
    'package-manager-cache': { default: 'true' },
    mirror: {},
    'mirror-token': {},
  },
  async main(execution, inputs) {
    const { job } = execution;
    const spec = wantedVersion(execution, inputs);
    const node = await chooseNode(execution, spec);
    if (!node)
      throw new Error(
        `Unable to find Node version '${spec}' for platform ${process.platform} and architecture ${process.arch}.`,
      );
    if (fitsVersion(node.version, spec)) job.log.write(`Found in cache @ ${dirname(node.file)}`);
    else job.log.write(`Node ${spec} is not on this machine; going on with its ${node.version}`);
    job.paths.unshift(dirname(node.file));
    const tools: string[] = [];
    for (const program of ['node', 'npm', 'yarn'])
      tools.push(`${program}: ${(await versionOf(execution, program)) ?? ''}`);
    group(execution, 'Environment details', tools);
    if (inputs.get('cache')) job.log.write(`${inputs.get('cache')} cache is not found`);
    Object.assign(execution.outputs, { 'node-version': node.version, 'cache-hit': 'false' });
  },
};
