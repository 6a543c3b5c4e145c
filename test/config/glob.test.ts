// Globs as policies write them.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { matchesAny } from '../../src/config/glob.ts';

const matches = (path: string, glob: string) => matchesAny(path, [glob], false);

describe('matchesAny', () => {
  it.each([
    ['.github/workflows/ci.yml', '.github/**'],
    ['.github/.hidden/x', '.github/**'],
    ['.GitHub/Workflows/x', '.github/**'],
    ['a/b/package.json', '**/package.json'],
    ['package.json', '**/package.json'],
    ['a/.env.local', '**/.env.*'],
    ['src/a.gen.ts', 'src/*.gen.*'],
    ['a/b/c/d', 'a/**/d'],
    ['a/d', 'a/**/d'],
    ['docs/x/y.md', 'docs/'],
    ['docs/y.md', '/docs/*.md'],
    ['build.gradle', 'build.gradle{,.kts}'],
    ['Taskfile.yml', '{Makefile,Taskfile.{yml,yaml}}'],
    ['a/x.py', 'a/?.py'],
    ['a', '**'],
  ])('%s is in %s', (path, glob) => expect(matches(path, glob)).toBe(true));

  it.each([
    ['src/github/x', '.github/**'],
    ['.github', '.github/**'],
    ['a/b.py', '*.py'],
    ['docs.md', 'docs/'],
    ['a/xy.py', 'a/?.py'],
    ['package.json.txt', '**/package.json'],
    ['a/b/c', 'a/*'],
  ])('%s is not in %s', (path, glob) => expect(matches(path, glob)).toBe(false));

  it('answers as told where braces multiply beyond reason', () => {
    const glob = '{a,b}'.repeat(30);
    expect([matchesAny('x', [glob], true), matchesAny('x', [glob], false)]).toEqual([true, false]);
  });

  it('agrees with a plain path, and everything below `**`, for any path', () => {
    const segment = fc.stringMatching(/^\.?[a-z]{1,5}$/);
    fc.assert(
      fc.property(fc.array(segment, { minLength: 2, maxLength: 5 }), (parts) => {
        const path = parts.join('/');
        expect([matches(path, path), matches(path, `${parts[0]}/**`), matches(path, `**/${parts.at(-1)}`)]).toEqual([
          true,
          true,
          true,
        ]);
        expect(matches(`${path}x`, path)).toBe(false);
      }),
    );
  });

  it('is done with hostile globs before anybody waits', () => {
    expect(matches(`${'a/'.repeat(200)}b`, `${'**/'.repeat(60)}c`)).toBe(false);
    expect(matches('a'.repeat(4_000), `${'*a'.repeat(90)}b`)).toBe(false);
  });
});
