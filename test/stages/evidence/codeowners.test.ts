import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { codeowners } from '../../../src/stages/evidence/codeowners.ts';

describe('an owner', () => {
  // The examples of https://docs.github.com/en/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners
  it.each([
    ['*  @all', 'a/b/c.ts', ['@all']],
    ['*.js @js', 'src/deep/a.js', ['@js']],
    ['*.js @js', 'src/a.jsx', []],
    ['/build/logs/ @doctocat', 'build/logs/today/1.txt', ['@doctocat']],
    ['/build/logs/ @doctocat', 'x/build/logs/1.txt', []],
    ['docs/* docs@example.com', 'docs/getting-started.md', ['docs@example.com']],
    ['docs/* docs@example.com', 'docs/build-app/troubleshooting.md', []],
    ['apps/ @octocat', 'src/apps/a.ts', ['@octocat']],
    ['/docs/ @doctocat', 'docs/deep/er.md', ['@doctocat']],
    ['/docs @doctocat', 'docs/deep/er.md', ['@doctocat']],
    ['/scripts/ @doctocat @octocat', 'scripts/run.sh', ['@doctocat', '@octocat']],
    ['**/logs @octocat', 'deeply/nested/logs/1.txt', ['@octocat']],
    ['**/logs @octocat', 'logs', ['@octocat']],
    ['src/**/test @qa', 'src/a/b/test/x.ts', ['@qa']],
    ['src/**/test @qa', 'src/test/x.ts', ['@qa']],
    ['src/** @all', 'src/a/b.ts', ['@all']],
    ['file\\ name.txt @spaced', 'file name.txt', ['@spaced']],
    ['a?.go @one', 'ab.go', ['@one']],
    ['*.rb @ruby # and nobody else', 'a.rb', ['@ruby']],
    ['!*.rb @ruby', '!a.rb', []],
    ['# *.rb @ruby', 'a.rb', []],
    ['', 'a.rb', []],
  ])('by %j of %s is %j', (text, path, owners) => {
    expect(codeowners(text)(path)).toEqual(owners);
  });

  it('is whom the last rule that fits names, or nobody', () => {
    const ownersOf = codeowners('* @all\n/apps/ @octocat\n/apps/github\n');
    expect(['a', 'apps/x', 'apps/github'].map(ownersOf)).toEqual([['@all'], ['@octocat'], []]);
  });

  it('is found soon, however many stars a pattern has', () => {
    expect(
      codeowners(`${'*a'.repeat(200)}b @x\n${'**/'.repeat(150)}x @y`)(`${'a/'.repeat(300)}${'a'.repeat(3_000)}`),
    ).toEqual([]);
  });

  it('is a list, whatever the file says', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (text, path) => {
        expect(Array.isArray(codeowners(text)(path))).toBe(true);
      }),
      { numRuns: 50 },
    );
  });
});
