// The paths of a repository's tree → the few files that a draft is made from.
import { sandboxWorkflowPath } from '../../incident/sandbox-workflow.ts';

const workflow = /^\.github\/workflows\/[^/]+\.ya?ml$/;
const manifest =
  /^(?:package\.json|pyproject\.toml|setup\.cfg|tox\.ini|noxfile\.py|requirements[\w.-]*\.txt|Pipfile|go\.mod|Cargo\.toml|rust-toolchain(?:\.toml)?|pom\.xml|build\.gradle(?:\.kts)?|Gemfile|\.ruby-version|\.nvmrc|\.node-version|\.python-version|\.tool-versions|Makefile|composer\.json|global\.json)$/;
const elsewhere = /(?:^|\/)(?:node_modules|vendor|third_party|testdata|fixtures?|examples?|\.venv)\//;
const mostWorkflows = 40;
const mostManifests = 40;
const deepest = 2;

export function pathsToRead(paths: readonly string[]): string[] {
  const workflows = paths.filter((path) => workflow.test(path) && path !== sandboxWorkflowPath);
  const manifests = paths
    .filter((path) => manifest.test(path.split('/').at(-1) ?? '') && depth(path) <= deepest && !elsewhere.test(path))
    .sort((a, b) => depth(a) - depth(b) || (a < b ? -1 : 1));
  return [...workflows.slice(0, mostWorkflows), ...manifests.slice(0, mostManifests)];
}

const depth = (path: string): number => path.split('/').length - 1;
