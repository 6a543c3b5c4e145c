// A commit or a branch → the tree that everything is read at: its entries, and later the texts of those that are wanted.
import { SelfHealError } from '../../errors.ts';
import type { GitHub, TreeEntry } from '../../ports.ts';

export interface Base {
  entries: TreeEntry[];
  truncated: boolean;
  /** One request; undefined when the branch is gone. At least one path has to be asked for. */
  read(
    paths: readonly string[],
    maxBytes: number,
  ): Promise<{ texts: Map<string, string>; commit: BaseCommit } | undefined>;
}

interface BaseCommit {
  sha: string;
  treeSha: string;
}

type Reader = Pick<GitHub, 'tree' | 'files' | 'filesOf' | 'commit'>;

export async function baseAt(commit: BaseCommit, github: Reader): Promise<Base> {
  const { entries, truncated } = await github.tree(commit.treeSha);
  return {
    entries,
    truncated,
    read: async (paths, maxBytes) => ({ texts: await github.files(commit.sha, paths, maxBytes), commit }),
  };
}

/** Two requests in all: the tree tells its commit, and the texts are read at that. */
export async function baseOf(branch: string, github: Reader): Promise<Base | undefined> {
  const tree = await treeOf(branch, github);
  const { sha } = tree ?? {};
  if (!tree || sha === undefined) return undefined;
  return {
    entries: tree.entries,
    truncated: tree.truncated,
    async read(paths, maxBytes) {
      const { texts, commit } = await github.filesOf(sha, paths, maxBytes);
      if (commit) return { texts, commit };
      // A server that calls the tree by its own name: the commit is asked for, and has to be the one that has it.
      const head = await github.commit(branch);
      if (!head) return undefined;
      if (head.treeSha === sha) return { texts, commit: { sha: head.sha, treeSha: head.treeSha } };
      throw new SelfHealError('github-unavailable', `The branch ${branch} moved while it was read.`);
    },
  };
}

async function treeOf(branch: string, github: Reader) {
  try {
    return await github.tree(branch);
  } catch (thrown) {
    if (thrown instanceof SelfHealError && thrown.code === 'github-not-found') return undefined;
    throw thrown;
  }
}
