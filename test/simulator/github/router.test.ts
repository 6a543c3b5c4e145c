import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Router } from '../../../simulator/github/router.ts';

const router = new Router({
  'GET /repos/{owner}/{repo}': 'repository',
  'GET /repos/{owner}/{repo}/commits/{ref}': 'commit',
  'GET /repos/{owner}/{repo}/commits/{ref}/check-runs': 'checks',
  'GET /repos/{owner}/{repo}/contents/{path}': 'contents',
  'PUT /repos/{owner}/{repo}/contents/{path}': 'write',
});

describe('Router', () => {
  it.each([
    ['GET', '/repos/o/r', 'repository', { owner: 'o', repo: 'r' }],
    ['GET', '/repos/o/r/commits/a/b', 'commit', { owner: 'o', repo: 'r', ref: 'a/b' }],
    ['GET', '/repos/o/r/commits/a%2Fb/check-runs', 'checks', { owner: 'o', repo: 'r', ref: 'a/b' }],
    ['GET', '/repos/o/r/commits/a/b/check-runs', 'checks', { owner: 'o', repo: 'r', ref: 'a/b' }],
    ['GET', '/repos/o/r/contents/', 'contents', { owner: 'o', repo: 'r', path: '' }],
    ['PUT', '/repos/o/r/contents/src/a.py', 'write', { owner: 'o', repo: 'r', path: 'src/a.py' }],
  ])('%s %s is %s', (method, path, target, params) => {
    expect(router.match(method, path)).toMatchObject({ target, params });
  });

  it.each([
    ['POST', '/repos/o/r'],
    ['GET', '/repos/o'],
    ['GET', '/repos/o/r/commits'],
    ['GET', '/repos/%zz/r'],
  ])('%s %s is nothing', (method, path) => {
    expect(router.match(method, path)).toBeNull();
  });

  it('gives any encoded path back as it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (path) => {
        fc.pre(!path.endsWith('/'));
        const found = router.match('PUT', `/repos/o/r/contents/${encodeURIComponent(path)}`);
        expect(found?.params.path).toBe(path);
      }),
    );
  });
});
