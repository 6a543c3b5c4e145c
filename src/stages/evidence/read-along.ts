// A tree and the workflows and manifests read along with the sources → what the rules and the quarantine have to know of it.
import type { Evidence } from '../../incident/evidence.ts';
import { sandboxWorkflowPath } from '../../incident/sandbox-workflow.ts';
import type { TreeEntry } from '../../ports.ts';
import { isManifest } from '../../syntax/manifests.ts';
import { exposures, isWorkflowPath } from '../../workflows/exposure.ts';

const keptPaths = 20_000;
/** With the sources within the fifty files that are one request. */
const readWorkflows = 20;
const readManifests = 6;

export const isRegular = ({ mode }: TreeEntry): boolean => mode === '100644' || mode === '100755';

/** The files to read besides sources. */
export function alongOf(entries: readonly TreeEntry[]): string[] {
  const regular = entries.filter(isRegular).map(({ path }) => path);
  return [...workflowsIn(entries).slice(0, readWorkflows), ...manifestsIn(regular)];
}

type TreePaper = Pick<
  Evidence,
  'paths' | 'treeTruncated' | 'irregularPaths' | 'hasSandboxWorkflow' | 'manifests' | 'exposures'
>;

export function treePaper(
  { entries, truncated }: { entries: readonly TreeEntry[]; truncated: boolean },
  texts: ReadonlyMap<string, string>,
  branch: string,
): TreePaper {
  const paths = entries.filter(isRegular).map(({ path }) => path);
  return {
    paths: paths.slice(0, keptPaths),
    treeTruncated: truncated || paths.length > keptPaths,
    irregularPaths: entries.filter(({ mode }) => mode === '120000' || mode === '160000').map(({ path }) => path),
    hasSandboxWorkflow: paths.includes(sandboxWorkflowPath),
    manifests: manifestsIn(paths).flatMap((path) => {
      const text = texts.get(path);
      return text === undefined ? [] : [{ path, text }];
    }),
    // Where not every path is known, a workflow may be missing.
    ...(truncated ? {} : { exposures: exposures(workflowsIn(entries), texts, branch) }),
  };
}

const workflowsIn = (entries: readonly TreeEntry[]): string[] => entries.map(({ path }) => path).filter(isWorkflowPath);

/** Those nearest to the root name the packages that the repository has. */
const manifestsIn = (paths: readonly string[]): string[] =>
  paths
    .filter((path) => isManifest(path))
    .toSorted((a, b) => a.split('/').length - b.split('/').length)
    .slice(0, readManifests);
