// A failure that names no file, and its command → the manifest or configuration that it is about.
import { fileName } from '../../failures/paths/tree-lookup.ts';
import type { Failure } from '../../incident/failure.ts';

interface Area {
  tools: RegExp;
  commands: RegExp;
  files: RegExp;
  what: string;
}

const areas: readonly Area[] = [
  {
    tools: /^(npm|yarn|pnpm|bun)$/,
    commands: /\b(npm|yarn|pnpm|bun)\s+(ci|i|install|add)\b/,
    files:
      /^(package\.json|package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|pnpm-workspace\.yaml|bun\.lock|\.npmrc)$/,
    what: 'what npm, yarn or pnpm install',
  },
  {
    tools: /^(tsc|typescript)$/,
    commands: /\btsc\b/,
    files: /^tsconfig[\w.-]{0,40}\.json$/,
    what: 'how TypeScript is compiled',
  },
  {
    tools: /^(webpack|vite|rollup|esbuild)$/,
    commands: /\b(webpack|vite|rollup|esbuild)\b/,
    files: /^(webpack|vite|rollup|esbuild)\.config\.\w{1,5}$|^package\.json$/,
    what: 'how it is bundled',
  },
  {
    tools: /^(docker|buildkit|podman)$/,
    commands: /\b(docker|podman|buildah)\b/,
    files: /^(Dockerfile|Containerfile)(\.[\w.-]{1,40})?$|^(docker-)?compose(\.[\w-]{1,40})?\.ya?ml$|^\.dockerignore$/,
    what: 'how the image is built',
  },
  {
    tools: /^(pip|poetry|uv|pipenv|tox|conda)$/,
    commands: /\b(pip3?|poetry|uv|pipenv|tox|conda)\b/,
    files:
      /^(requirements[\w.-]{0,40}\.(txt|in)|pyproject\.toml|setup\.(py|cfg)|Pipfile|poetry\.lock|uv\.lock|tox\.ini|environment\.ya?ml)$/,
    what: 'what Python installs',
  },
  { tools: /^cargo$/, commands: /\bcargo\b/, files: /^Cargo\.(toml|lock)$/, what: 'what Cargo builds' },
  {
    tools: /^(go|go-build|go-mod)$/,
    commands: /\bgo\s+(mod|build|get|install)\b/,
    files: /^go\.(mod|sum|work)$/,
    what: 'what the Go module needs',
  },
  { tools: /^(maven|mvn)$/, commands: /\bmvnw?\b/, files: /^pom\.xml$/, what: 'what Maven builds' },
  {
    tools: /^gradle$/,
    commands: /\bgradlew?\b/,
    files: /^((build|settings)\.gradle(\.kts)?|gradle\.properties|libs\.versions\.toml|gradle-wrapper\.properties)$/,
    what: 'what Gradle builds',
  },
  {
    tools: /^(bundler|bundle|gem)$/,
    commands: /\bbundle\b/,
    files: /^Gemfile(\.lock)?$|\.gemspec$/,
    what: 'what Bundler installs',
  },
  { tools: /^composer$/, commands: /\bcomposer\b/, files: /^composer\.(json|lock)$/, what: 'what Composer installs' },
  {
    tools: /^(dotnet|nuget|msbuild)$/,
    commands: /\b(dotnet|nuget|msbuild)\b/,
    files: /\.(cs|fs|vb)proj$|\.slnx?$|^(Directory\.\w{1,20}\.props|NuGet\.config|global\.json)$/i,
    what: 'what .NET builds',
  },
  {
    tools: /^swift$/,
    commands: /\bswift\s+(build|package|test)\b/,
    files: /^Package\.(swift|resolved)$/,
    what: 'what the Swift package needs',
  },
  {
    tools: /^(cmake|ctest|make)$/,
    commands: /\b(cmake|make)\b/,
    files: /^(CMakeLists\.txt|CMakePresets\.json|GNUmakefile|[Mm]akefile)$/,
    what: 'how it is built',
  },
];

const mostFiles = 6;

/** The nearest to the root first. */
export function configurationOf(
  placeless: readonly Failure[],
  command: string,
  treePaths: readonly string[],
): { path: string; reason: string }[] {
  const said = command.slice(0, 4_000);
  const named = areas.filter(({ tools }) => placeless.some(({ tool }) => tools.test(tool)));
  const meant = named.length > 0 ? named : areas.filter(({ commands }) => commands.test(said));
  return meant
    .flatMap(({ files, what }) =>
      treePaths
        .filter((path) => files.test(fileName(path)))
        .map((path) => ({ path, reason: `says ${what}, and the failure names no file` })),
    )
    .sort((a, b) => depth(a.path) - depth(b.path) || (a.path < b.path ? -1 : 1))
    .slice(0, mostFiles);
}

const depth = (path: string): number => path.split('/').length;
