import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fileExpression, matchesFilter } from '../../../simulator/runner/glob.ts';

// The examples of GitHub's filter pattern cheat sheet.
const cheatSheet: [string, string[], string[]][] = [
  ['feature/*', ['feature/my-branch', 'feature/your-branch'], ['feature/beta-a/my-branch', 'feature']],
  ['feature/**', ['feature/beta-a/my-branch', 'feature/your-branch'], ['features/x']],
  ['main', ['main'], ['main2', 'a/main']],
  ['*', ['main', 'releases'], ['all/the/branches']],
  ['**', ['all/the/branches', 'every/tag'], []],
  ['*feature', ['mona-feature', 'feature', 'ver-10-feature'], ['feature-2']],
  ['v2*', ['v2', 'v2.0', 'v2.9'], ['v1']],
  ['v[12].[0-9]+.[0-9]+', ['v1.10.1', 'v2.0.0'], ['v3.0.0', 'v1.x.1', 'v1.0']],
  ['*.jsx?', ['page.js', 'page.jsx'], ['page.jsxx', 'src/page.js']],
  ['**.js', ['index.js', 'js/index.js', 'src/js/app.js'], ['index.jsx']],
  ['docs/*', ['docs/README.md'], ['docs/mona/octocat.txt']],
  ['docs/**/*.md', ['docs/README.md', 'docs/mona/hello-world.md', 'docs/a/markdown/file.md'], ['docs/a.txt']],
  ['**/docs/**', ['docs/hello.md', 'dir/docs/my-file.txt', 'space/docs/plan/space.doc'], ['docsy/a']],
  ['**/README.md', ['README.md', 'js/README.md'], ['README.mdx']],
  ['**/*-post.md', ['my-post.md', 'path/their-post.md'], ['post.txt']],
  ['a\\*b', ['a*b'], ['axb']],
  ['v1.0+', ['v1.0', 'v1.00'], ['v1.']],
];

describe('filter patterns', () => {
  it.each(cheatSheet)('%s', (pattern, matching, others) => {
    for (const name of matching) expect([name, matchesFilter([pattern], name)]).toEqual([name, true]);
    for (const name of others) expect([name, matchesFilter([pattern], name)]).toEqual([name, false]);
  });

  it('takes out with `!` and puts back, in order', () => {
    const patterns = ['releases/**', '!releases/**-alpha', 'releases/9-alpha'];
    expect(matchesFilter(patterns, 'releases/10')).toBe(true);
    expect(matchesFilter(patterns, 'releases/10-alpha')).toBe(false);
    expect(matchesFilter(patterns, 'releases/9-alpha')).toBe(true);
    expect(matchesFilter(['!main'], 'develop')).toBe(false);
  });

  it('matches an escaped name with itself only', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.string({ minLength: 1 }), (name, other) => {
        const escaped = [...name].map((character) => `\\${character}`).join('');
        expect(matchesFilter([escaped], name)).toBe(true);
        expect(matchesFilter([escaped], other)).toBe(name === other);
      }),
    );
  });

  it('survives any pattern, and `**` after it lets everything through', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (pattern, name) => {
        expect(typeof matchesFilter([pattern], name)).toBe('boolean');
        expect(matchesFilter([pattern, '**'], name)).toBe(true);
      }),
    );
  });
});

describe('file patterns', () => {
  it.each([
    ['**/package-lock.json', ['package-lock.json', 'a/b/package-lock.json'], ['package-lock.jsonx']],
    ['src/**', ['src/a', 'src/.hidden/b'], ['srcs/a']],
    ['*.tx?', ['a.txt', '.txt'], ['a/b.txt', 'a.tx']],
    ['./a/[bc].js', ['a/b.js'], ['a/d.js']],
  ])('%s', (pattern, matching, others) => {
    const expression = fileExpression(pattern);
    for (const path of matching) expect([path, expression.test(path)]).toEqual([path, true]);
    for (const path of others) expect([path, expression.test(path)]).toEqual([path, false]);
  });
});
