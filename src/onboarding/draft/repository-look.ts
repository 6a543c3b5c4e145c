// What is known of a repository → questions about one of its folders: is a file there, and what does it say?

export interface RepositoryLook {
  paths: readonly string[];
  /** What could be read of them. */
  files: ReadonlyMap<string, string>;
  defaultBranch: string;
  lastFailed?: { workflowPath: string; jobName?: string } | undefined;
}

export interface Folder {
  /** Empty for the top. */
  path: string;
  has(name: string | RegExp): boolean;
  text(name: string): string;
}

export function folderOf({ paths, files }: RepositoryLook, path: string): Folder {
  const prefix = path === '' ? '' : `${path}/`;
  const within = paths.filter((one) => one.startsWith(prefix)).map((one) => one.slice(prefix.length));
  const names = new Set(within);
  return {
    path,
    has: (name) => (typeof name === 'string' ? names.has(name) : within.some((one) => name.test(one))),
    text: (name) => (files.get(prefix + name) ?? '').slice(0, 200_000),
  };
}
