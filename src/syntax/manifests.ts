// A path → whether it is the file in which a language's packages are declared.

const names =
  /(?:^|\/)(?:package\.json|pyproject\.toml|setup\.(?:py|cfg)|Pipfile|requirements[^/]*\.(?:txt|in)|Gemfile|[^/]+\.gemspec|go\.mod|pom\.xml|build\.gradle(?:\.kts)?|Cargo\.toml|composer\.json|[^/]+\.csproj)$/i;

export const isManifest = (path: string): boolean => names.test(path);
