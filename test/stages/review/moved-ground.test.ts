import { expect, it } from '@jest/globals';
import type { Comparison } from '../../../src/ports.ts';
import { movedGround } from '../../../src/stages/review/moved-ground.ts';

const patched = (path: string) => ({ path, before: '', after: 'x', mode: '100644' as const, isTest: false });
const attempt = { files: [patched('src/price.js'), patched('test/new.test.js')] };
const evidence = { sources: [{ path: 'src/tax.js', mode: '100644' as const, text: '' }] };
const since = (paths: readonly string[], more: Partial<Comparison> = {}): Comparison => ({
  ...{ status: 'ahead', url: '', commits: [], truncated: false },
  files: paths.map((path) => ({ path, status: 'modified', patch: '' })),
  ...more,
});
const moved = (comparison: Comparison | undefined) => movedGround(comparison, evidence, attempt);

it.each([
  ['nothing', since([])],
  ['what nobody has read', since(['docs/a.md', 'src/other.js', 'github/x.yml'])],
])('the proof stands where %s was changed', (_, comparison) => {
  expect(moved(comparison)).toBeUndefined();
});

it.each([
  ['a file of the patch', since(['docs/a.md', 'src/price.js']), 'it changed src/price.js'],
  ['a file that was read', since(['src/tax.js']), 'it changed src/tax.js'],
  ['a new file of the same name', since(['test/new.test.js']), 'it changed test/new.test.js'],
  ['a workflow', since(['.github/workflows/ci.yml']), 'it changed .github/workflows/ci.yml'],
  ['the policy', since(['.github/self-heal.yml']), 'it changed .github/self-heal.yml'],
  ['what is installed', since(['package.json']), 'it changed package.json'],
  ['more than is told', since([], { truncated: true }), 'more was changed than GitHub tells'],
  ['its history', since([], { status: 'diverged' }), 'its history was rewritten'],
  ['its head, taken back', since([], { status: 'behind' }), 'its history was rewritten'],
  ['a commit that is gone', undefined, 'its history was rewritten'],
])('it is made again where %s was changed', (_, comparison, why) => {
  expect(moved(comparison)).toBe(why);
});

it('a file that was renamed counts by both names, and only the first are told', () => {
  const renamed = { path: 'src/cost.js', previousPath: 'src/price.js', status: 'renamed', patch: '' };
  expect(moved(since([], { files: [renamed] }))).toBe('it changed src/price.js');
  const many = since(['.github/a', '.github/b', '.github/c', '.github/d', '.github/e']);
  expect(moved(many)).toBe('it changed .github/a, .github/b, .github/c and 2 more');
});
