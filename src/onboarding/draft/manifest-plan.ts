// A repository without a workflow that tests → a plan from its manifests: how its language is usually set up and tested.
import { ask, type DraftPlan, type DraftStep, emptyPlan, shortLabel, type Tool } from './draft-plan.ts';
import { nodeManifest } from './manifest-node.ts';
import { otherManifests } from './manifest-others.ts';
import { pythonManifest } from './manifest-python.ts';
import { type Folder, folderOf, type RepositoryLook } from './repository-look.ts';
import { kindOf } from './statement-kind.ts';

export interface Manifest {
  file: string;
  tool: Tool | undefined;
  /** The set-up Action, and what installs. */
  steps: DraftStep[];
  /** Undefined where it is installed, and nothing says how it is tested. */
  command: string | undefined;
  asks: string[];
}

const readers: readonly ((folder: Folder) => Manifest | undefined)[] = [
  nodeManifest,
  pythonManifest,
  ...otherManifests,
];
const mostFolders = 20;

/** At the top first, then in folders. */
export function manifestsOf(look: RepositoryLook): { folder: Folder; manifest: Manifest }[] {
  const folders = [...look.files.keys()]
    .filter((path) => !path.startsWith('.github/') && path.includes('/'))
    .map((path) => path.slice(0, path.lastIndexOf('/')));
  return ['', ...new Set(folders)].slice(0, mostFolders).flatMap((path) => {
    const folder = folderOf(look, path);
    return readers.flatMap((read) => {
      const manifest = read(folder);
      return manifest ? [{ folder, manifest }] : [];
    });
  });
}

export function planOfManifests(look: RepositoryLook): { plan: DraftPlan; manifest: string } | undefined {
  const all = manifestsOf(look);
  const found = all.find(({ manifest }) => manifest.command !== undefined);
  if (!found) return undefined;
  const { folder, manifest } = found;
  const plan = emptyPlan();
  const directory = folder.path === '' ? undefined : folder.path;
  plan.steps.push(...manifest.steps.map((step) => inFolder(step, directory)));
  if (manifest.tool !== undefined) plan.installs.add(manifest.tool);
  const text = manifest.command ?? '';
  const statements = [{ text, tool: kindOf(text).tool ?? manifest.tool }];
  plan.parts.push({ statements, directory, env: {}, mayFail: false });
  const path = (one: { folder: Folder; manifest: Manifest }): string =>
    shortLabel(one.folder.path === '' ? one.manifest.file : `${one.folder.path}/${one.manifest.file}`);
  ask(plan, `No workflow runs the tests, so the draft follows ${path(found)}. Check its command and its versions.`);
  for (const question of manifest.asks) ask(plan, question);
  const others = all.filter((one) => one !== found && one.manifest.command !== undefined).map(path);
  if (others.length > 0) ask(plan, `Its tests are not all: there is ${others.slice(0, 5).join(', ')}, too.`);
  return { plan, manifest: path(found) };
}

/** Actions have no folder of their own, but files that they read. */
export function inFolder(step: DraftStep, directory: string | undefined): DraftStep {
  if (directory === undefined) return step;
  if (step.run !== undefined) return { ...step, 'working-directory': directory };
  const given = Object.entries(step.with ?? {}).map(([key, value]): [string, string | number | boolean] => [
    key,
    /-file$/.test(key) ? `${directory}/${value}` : value,
  ]);
  return { ...step, with: Object.fromEntries(given) };
}
