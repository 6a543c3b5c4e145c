// What happened to a branch while the tests ran → why the proof has to be made anew on top of it, if it has to.
import type { Attempt, Evidence } from '../../incident/case-file.ts';
import type { Comparison } from '../../ports.ts';
import { isManifest } from '../../syntax/manifests.ts';

const mostTold = 3;

/** A commit that touches nothing of what was read or changed, of the manifests, the workflows and the policy leaves the proof what it is. */
export function movedGround(
  since: Comparison | undefined,
  { sources }: Pick<Evidence, 'sources'>,
  { files }: Pick<Attempt, 'files'>,
): string | undefined {
  if (!since || since.status === 'diverged' || since.status === 'behind') return 'its history was rewritten';
  if (since.truncated) return 'more was changed than GitHub tells';
  const ground = new Set([...files, ...sources].map(({ path }) => path));
  const isGround = (path: string) => ground.has(path) || path.startsWith('.github/') || isManifest(path);
  const touched = since.files
    .flatMap(({ path, previousPath }) => [path, ...(previousPath === undefined ? [] : [previousPath])])
    .filter(isGround);
  if (touched.length === 0) return undefined;
  const more = touched.length > mostTold ? ` and ${touched.length - mostTold} more` : '';
  return `it changed ${touched.slice(0, mostTold).join(', ')}${more}`;
}
