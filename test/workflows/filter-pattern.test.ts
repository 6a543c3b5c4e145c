import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { passesFilter } from '../../src/workflows/filter-pattern.ts';

// The rows of GitHub's cheat sheet: https://docs.github.com/en/actions/reference/workflow-syntax-for-github-actions#filter-pattern-cheat-sheet
describe('a filter pattern lets through', () => {
  it.each<[string[], string]>([
    [['feature/*'], 'feature/my-branch'],
    [['feature/**'], 'feature/beta-a/my-branch'],
    [['main'], 'main'],
    [['*'], 'releases'],
    [['**'], 'every/branch/name'],
    [['*feature'], 'ver-10-feature'],
    [['v2*'], 'v2.9'],
    [['v[12].[0-9]+.[0-9]+'], 'v2.10.1'],
    [['*.jsx?'], 'page.js'],
    [['*.jsx?'], 'page.jsx'],
    [['**.js'], 'src/js/app.js'],
    [['docs/**'], 'docs/mona/octocat.txt'],
    [['docs/**/*.md'], 'docs/hello.md'],
    [['docs/**/*.md'], 'docs/a/markdown/file.md'],
    [['**/docs/**'], 'dir/docs/my-file.txt'],
    [['**/README.md'], 'README.md'],
    [['*-post.md', '!README*'], 'my-post.md'],
    [['*.md', '!README.md', 'README*'], 'README.doc'],
    [['a\\*'], 'a*'],
    [['self-heal/**'], 'self-heal/0a1b2c3d4e-x'],
  ])('%j: %s', (patterns, name) => {
    expect(passesFilter(patterns, name)).toBe(true);
  });

  it.each<[string[], string]>([
    [['feature/*'], 'feature/a/b'],
    [['*'], 'self-heal/0a1b2c3d4e-x'],
    [['main'], 'mainline'],
    [['*.jsx?'], 'page.jsxx'],
    [['docs/*'], 'docs/a/b'],
    [['**/docs/**'], 'mydocs/a'],
    [['*.md', '!README*'], 'README.md'],
    [['!main'], 'self-heal/x'],
    [['v[0-9]+'], 'v'],
    [['a\\*'], 'ab'],
    [[], 'main'],
  ])('but not %j: %s', (patterns, name) => {
    expect(passesFilter(patterns, name)).toBe(false);
  });

  it('whatever it is made of, and without backtracking', () => {
    const unit = fc.constantFrom('*', '**', '?', '+', '[', ']', 'a', '-', '/', '\\', '!', '.');
    const text = fc.array(unit, { maxLength: 60 }).map((units) => units.join(''));
    fc.assert(
      fc.property(fc.array(text, { maxLength: 4 }), text, (patterns, name) => {
        expect(typeof passesFilter(patterns, name)).toBe('boolean');
      }),
    );
    expect(passesFilter([`${'a*'.repeat(150)}b`], 'a'.repeat(4_000))).toBe(false);
  });
});
