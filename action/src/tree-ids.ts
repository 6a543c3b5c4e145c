// A fetched base and candidate → git's ids of the three trees that run: of either, and of the base with the candidate's tests.
import type { Change } from './candidate-changes.ts';
import { git } from './git.ts';

export interface TreeIds {
  readonly base: string;
  readonly testOnly: string;
  readonly candidate: string;
}

/** Made in the index of the fetched repository, which has no work tree: nothing is checked out. */
export async function treeIds(
  gitFolder: string,
  commits: { readonly base: string; readonly candidate: string },
  tests: readonly Change[],
): Promise<TreeIds> {
  const said = async (...args: string[]) => (await git(gitFolder, args)).toString('utf8').trim();
  await git(gitFolder, ['read-tree', commits.base]);
  for (const { path, blob, executable } of tests) {
    const entry = `${executable ? '100755' : '100644'},${blob},${path}`;
    const change = blob === null ? ['--force-remove', '--', path] : ['--add', '--replace', '--cacheinfo', entry];
    // The command wants a work tree, and touches none of it.
    await git(gitFolder, ['--git-dir=.', '--work-tree=.', 'update-index', ...change]);
  }
  return {
    base: await said('rev-parse', `${commits.base}^{tree}`),
    testOnly: await said('write-tree'),
    candidate: await said('rev-parse', `${commits.candidate}^{tree}`),
  };
}
