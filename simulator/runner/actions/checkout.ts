// actions/checkout: fetches the repository's commit into the workspace, with the real action's commands and configuration.
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Execution, StepFailure } from '../execution.ts';
import type { Action, ActionInputs } from './action.ts';
import { checkoutTarget, type Target } from './checkout-target.ts';
import { runTool, type ToolResult, tryTool } from './tool.ts';

interface Place {
  folder: string;
  /** `https://github.com/owner/name`, and where git really finds it. */
  url: string;
  mirror: string;
  /** The key under which the token's header stands in .git/config. */
  headerKey: string;
}

function placeOf(execution: Execution, inputs: ActionInputs): Place {
  const { request, directories } = execution.job;
  const own = `${request.repository.owner}/${request.repository.name}`;
  const server = request.urls.server.replace(/\/$/, '');
  const repository = inputs.get('repository') || own;
  const folder = resolve(directories.workspace, inputs.get('path') || '.');
  if (folder !== directories.workspace && !folder.startsWith(`${directories.workspace}/`)) {
    throw new StepFailure(`Repository path '${folder}' is not under '${directories.workspace}'`);
  }
  const isOwn = repository.toLowerCase() === own.toLowerCase();
  return {
    folder,
    url: `${server}/${repository}`,
    mirror: isOwn ? pathToFileURL(request.repository.gitDirectory).href : '',
    headerKey: `http.${server}/.extraheader`,
  };
}

async function git(execution: Execution, place: Place, args: string[]): Promise<string[]> {
  return runTool(execution, { program: 'git', args, cwd: place.folder });
}

async function initialise(execution: Execution, place: Place): Promise<void> {
  const { log } = execution.job;
  mkdirSync(place.folder, { recursive: true });
  log.write('##[group]Getting Git version info');
  log.write(`Working directory is '${place.folder}'`);
  await git(execution, place, ['version']);
  log.write('##[endgroup]');
  await git(execution, place, ['config', '--global', '--add', 'safe.directory', place.folder]);
  log.write(`Deleting the contents of '${place.folder}'`);
  for (const entry of readdirSync(place.folder)) rmSync(join(place.folder, entry), { recursive: true, force: true });
  log.write('##[group]Initializing the repository');
  await git(execution, place, ['init', place.folder]);
  await git(execution, place, ['remote', 'add', 'origin', place.url]);
  log.write('##[endgroup]');
  log.write('##[group]Disabling automatic garbage collection');
  await git(execution, place, ['config', '--local', 'gc.auto', '0']);
  log.write('##[endgroup]');
}

async function setUpAuth(execution: Execution, place: Place, token: string): Promise<void> {
  const { log, masker } = execution.job;
  const credential = Buffer.from(`x-access-token:${token}`).toString('base64');
  masker.add(credential);
  log.write('##[group]Setting up auth');
  await git(execution, place, ['config', '--local', place.headerKey, `AUTHORIZATION: basic ${credential}`]);
  log.write('##[endgroup]');
}

/** The commits come from the bare repository on disk under the name that they have on the server. */
async function fetchRefs(execution: Execution, place: Place, refspecs: string[], depth: number): Promise<ToolResult> {
  const options = ['--prune', '--no-recurse-submodules', ...(depth > 0 ? [`--depth=${depth}`] : [])];
  return tryTool(execution, {
    program: 'git',
    args: ['-c', 'protocol.version=2', 'fetch', '--no-tags', ...options, 'origin', ...refspecs],
    cwd: place.folder,
    display: (line) => line.replaceAll(place.mirror, place.url),
    env: {
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: `url.${place.mirror}.insteadOf`,
      GIT_CONFIG_VALUE_0: place.url,
    },
  });
}

function assertReadable(execution: Execution, place: Place): void {
  const { request, permissions } = execution.job;
  const hidden = request.repository.private && permissions.contents === undefined;
  if (place.mirror !== '' && !hidden) return;
  execution.job.log.write('remote: Repository not found.');
  execution.job.log.write(`##[error]fatal: repository '${place.url}/' not found`);
  throw new StepFailure("The process '/usr/bin/git' failed with exit code 128");
}

async function fetchTarget(execution: Execution, place: Place, target: Target, depth: number): Promise<void> {
  const { log } = execution.job;
  log.write('##[group]Fetching the repository');
  assertReadable(execution, place);
  const { exitCode } = await fetchRefs(execution, place, target.refspecs(depth), depth);
  if (exitCode !== 0) throw new StepFailure(`The process '/usr/bin/git' failed with exit code ${exitCode}`);
  log.write('##[endgroup]');
}

async function checkOut(execution: Execution, place: Place, target: Target): Promise<void> {
  const { log } = execution.job;
  log.write('##[group]Determining the checkout info');
  const exists = async (ref: string): Promise<boolean> =>
    (
      await tryTool(execution, {
        program: 'git',
        args: ['rev-parse', '--verify', '--quiet', `${ref}^{object}`],
        cwd: place.folder,
        silent: true,
      })
    ).exitCode === 0;
  const args = await target.checkoutArgs(exists);
  log.write('##[endgroup]');
  log.write('##[group]Checking out the ref');
  await git(execution, place, ['checkout', '--progress', '--force', ...args]);
  log.write('##[endgroup]');
}

export const checkout: Action = {
  inputs: {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression, evaluated when the step runs
    repository: { default: '${{ github.repository }}' },
    ref: {},
    // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression, evaluated when the step runs
    token: { default: '${{ github.token }}' },
    'ssh-key': {},
    'ssh-known-hosts': {},
    'ssh-strict': { default: 'true' },
    'ssh-user': { default: 'git' },
    'persist-credentials': { default: 'true' },
    path: {},
    clean: { default: 'true' },
    filter: {},
    'sparse-checkout': {},
    'sparse-checkout-cone-mode': { default: 'true' },
    'fetch-depth': { default: '1' },
    'fetch-tags': { default: 'false' },
    'show-progress': { default: 'true' },
    lfs: { default: 'false' },
    submodules: { default: 'false' },
    'set-safe-directory': { default: 'true' },
    'github-server-url': {},
  },

  async main(execution, inputs) {
    const { job } = execution;
    for (const unsupported of ['ssh-key', 'filter', 'sparse-checkout']) {
      if (inputs.get(unsupported))
        throw new StepFailure(`This runner's actions/checkout does not know '${unsupported}'`);
    }
    const place = placeOf(execution, inputs);
    const target = checkoutTarget(inputs.get('ref'), { ref: String(job.github.ref), sha: String(job.github.sha) });
    job.log.write(`Syncing repository: ${inputs.get('repository')}`);
    await initialise(execution, place);
    const token = inputs.get('token');
    if (token === '') throw new StepFailure('Input required and not supplied: token');
    await setUpAuth(execution, place, token);
    execution.state.headerKey = place.headerKey;
    execution.state.folder = place.folder;
    await fetchTarget(execution, place, target, inputs.number('fetch-depth'));
    await checkOut(execution, place, target);
    if (!inputs.boolean('persist-credentials')) await removeAuth(execution);
    const commit = (await git(execution, place, ['log', '-1', '--format=%H']))[0] ?? '';
    Object.assign(execution.outputs, { ref: target.ref, commit });
  },

  async post(execution) {
    if (!execution.state.folder) return;
    await runTool(execution, { program: 'git', args: ['version'], cwd: execution.job.directories.workspace });
    await removeAuth(execution);
  },
};

/** What a later step deleted or removed itself needs no removing. */
async function removeAuth(execution: Execution): Promise<void> {
  const { folder, headerKey } = execution.state;
  if (!folder || !headerKey) return;
  const pattern = headerKey.replace(/[.*+?^${}()|[\]\\/:]/g, '\\$&');
  const find = { program: 'git', args: ['-C', folder, 'config', '--local', '--name-only', '--get-regexp', pattern] };
  const cwd = execution.job.directories.workspace;
  const found = await tryTool(execution, { ...find, cwd });
  if (found.exitCode !== 0) return;
  await runTool(execution, {
    program: 'git',
    args: ['-C', folder, 'config', '--local', '--unset-all', headerKey],
    cwd,
  });
}
