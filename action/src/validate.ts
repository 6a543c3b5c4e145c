// Settings → base, candidate and engine checked, the runs carried out, and everything noted in the report's draft.
import { mkdir, mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import type { SandboxRun } from '../../src/stages/validation/sandbox-report.ts';
import { ActionError } from './action-error.ts';
import { chooseEngine } from './choose-engine.ts';
import type { SandboxRequest } from './engines/engine.ts';
import { sandboxEnvironment } from './environment.ts';
import { fetchCandidate } from './fetch-candidate.ts';
import { contains, type Host, readHost } from './host.ts';
import type { Settings } from './inputs.ts';
import { planMounts } from './layout.ts';
import { scratchMb } from './limits.ts';
import type { ReportDraft } from './report.ts';
import { carryOutRuns, planRuns } from './runs.ts';
import { withoutSecrets } from './without-secrets.ts';
import { checkPrepared } from './work-trees.ts';

export interface Runner {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The runner's folder for this job's temporary files. */
  readonly temporary: string;
  readonly home: string;
  readonly cancelled: AbortSignal;
  readonly onRun: (run: SandboxRun) => void;
  readonly onWarning: (message: string) => void;
}

export async function validate(settings: Settings, runner: Runner, draft: ReportDraft): Promise<void> {
  const { base, candidate, directory, token } = settings;
  draft.modifiedPaths = await checkPrepared(directory, base);
  const folder = await mkdtemp(join(runner.temporary, 'self-heal-work-'));
  const repositoryUrl = repositoryUrlOf(runner.environment);
  const gitFolder = join(folder, 'candidate.git');
  const told = settings.files;
  const fetch = { base, candidate, repositoryUrl, token, gitFolder, told, tests: settings.tests };
  const { files, trees } = await fetchCandidate(fetch);
  draft.changedPaths = files.map(({ path }) => path);
  draft.trees = trees;
  const plan = planRuns(files, settings.tests, trees);

  const host = await readHost(hostQuestion(settings, runner));
  const requestFor = (workTree: string) => requestOf(settings, runner, host, workTree);
  const engine = await chooseEngine({ engine: settings.engine, image: settings.image, host, folder, requestFor });
  draft.engine = engine.name;
  try {
    const copies = join(folder, 'trees');
    await mkdir(copies);
    const onRun = (ended: SandboxRun) => {
      const run = withoutSecrets(ended);
      draft.add(run);
      runner.onRun(run);
    };
    await carryOutRuns({
      engine,
      user: host.user,
      directory,
      folder: copies,
      plan,
      asked: settings,
      requestFor,
      onRun,
    });
  } finally {
    // All that can be known is known by now: tidying up must not turn it into an error.
    await engine
      .close()
      .catch((error: unknown) => runner.onWarning(`${engine.name} was not tidied up: ${String(error)}`));
  }
}

function repositoryUrlOf(environment: Runner['environment']): string {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository } = environment;
  if (!server || !repository || !/^[\w.-]+\/[\w.-]+$/.test(repository)) {
    throw new ActionError(
      'GITHUB_SERVER_URL and GITHUB_REPOSITORY are not set: this Action works in a workflow job only.',
    );
  }
  return `${server}/${repository}`;
}

function hostQuestion({ directory, readOnlyPaths, writablePaths }: Settings, runner: Runner) {
  const named = [...readOnlyPaths, ...writablePaths];
  const keepOut = [runner.temporary, ...workspaceOf(runner.environment)];
  for (const path of named) {
    const uncovered = ['/', runner.home, directory, ...keepOut].find((place) => contains(path, place));
    if (uncovered !== undefined || /\.sock$/.test(path)) {
      throw new ActionError(
        `\`${readOnlyPaths.includes(path) ? 'read-only' : 'writable'}-paths\` names ${path}, which would show ${uncovered ?? 'a socket'} to the tests. Name a narrower folder.`,
      );
    }
  }
  return { path: runner.environment.PATH ?? '', home: runner.home, directory, keepOut, named };
}

function workspaceOf({ GITHUB_WORKSPACE: workspace }: Runner['environment']): string[] {
  return workspace ? [workspace] : [];
}

function requestOf(settings: Settings, runner: Runner, host: Host, workTree: string): SandboxRequest {
  const { command, directory, limits, readOnlyPaths, writablePaths } = settings;
  const ownImage = settings.image !== undefined;
  // A path that images do not have: over a folder of theirs, runc keeps that folder's owner and mode.
  const home = ownImage ? '/home/sandbox' : host.home;
  const paths = { readOnlyPaths, writablePaths };
  const layout = { host, home, directory, workTree, ...paths, scratchMb: scratchMb(limits), ownImage };
  const environment = { home, extra: settings.environment, ownImage };
  return {
    command,
    mounts: planMounts(layout),
    directory,
    workTree,
    environment: sandboxEnvironment(runner.environment, environment),
    limits,
    cancelled: runner.cancelled,
  };
}
