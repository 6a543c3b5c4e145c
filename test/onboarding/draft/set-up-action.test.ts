// biome-ignore-all lint/suspicious/noTemplateCurlyInString: expressions of GitHub's, not of ours.
import { describe, expect, it } from '@jest/globals';
import { setUpAction } from '../../../src/onboarding/draft/set-up-action.ts';

const known = { leg: new Map([['node', '24']]), env: new Map<string, string>(), inputs: new Map<string, string>() };
const used = (uses: string, given: Record<string, unknown> = {}) =>
  setUpAction({ if: undefined, uses, run: undefined, with: given, whole: {} }, known);

describe('a step with an Action', () => {
  it.each([
    'actions/setup-node@v4',
    'actions/setup-python@0a5c61591373683505ea898e09a3ea4f39ef2b9c',
    'ruby/setup-ruby@v1',
    'dtolnay/rust-toolchain@stable',
    'pnpm/action-setup@v4',
    'snok/install-poetry@v1',
    'gradle/actions/setup-gradle@v4',
    'shivammathur/setup-php@v2',
  ])('is kept where it installs a tool: %s', (uses) => expect(used(uses)).toMatchObject({ step: { uses } }));

  it.each([
    ['actions/cache@v4', /other workflows/],
    ['actions/upload-artifact@v4', /uploads/],
    ['actions/download-artifact@v4', /another run/],
    ['codecov/codecov-action@v4', /service/],
    ['docker/setup-buildx-action@v3', /deploys/],
    ['google-github-actions/setup-gcloud@v2', /deploys/],
    ['actions/github-script@v7', /writes to GitHub/],
    ['cypress-io/github-action@v6', /only commands/],
    ['somebody/something@v1', /not known/],
    ['a/setup-x@v1\nrun: b', /not known/],
    ['a/setup-x@${{ matrix.node }}', /not known/],
    ['./.github/actions/setup', /this repository/],
  ])('is left out: %s', (uses, why) => expect(used(uses)).toMatchObject({ why: expect.stringMatching(why) }));

  it('has no caches, no credentials, and values that are known', () =>
    expect(
      used('actions/setup-node@v5', {
        'node-version': '${{ matrix.node }}',
        'check-latest': true,
        cache: 'npm',
        'cache-dependency-path': 'x',
        'registry-url': 'https://npm.example.com',
        token: '${{ secrets.X }}',
        architecture: '${{ needs.a.outputs.b }}',
      }),
    ).toEqual({
      step: {
        uses: 'actions/setup-node@v5',
        with: { 'node-version': '24', 'check-latest': true, 'package-manager-cache': false },
      },
      dropped: ['architecture'],
      credentials: ['registry-url', 'token'],
    }));

  it.each([
    ['actions/setup-go@v5', { cache: false }],
    ['astral-sh/setup-uv@v6', { 'enable-cache': false }],
    ['gradle/actions/setup-gradle@v4', { 'cache-disabled': true }],
    ['oven-sh/setup-bun@v2', { 'no-cache': true }],
  ])('is told not to cache where it does by itself: %s', (uses, given) =>
    expect(used(uses)).toMatchObject({ step: { with: given } }),
  );

  it('has no input whose name no Action has', () =>
    expect(used('actions/setup-node@v4', { '': 0, 'a b': 1, 'x\ny': true, 'node-version': 24 })).toMatchObject({
      step: { with: { 'node-version': 24 } },
      dropped: ['', 'a b', 'x\ny'],
    }));
});
