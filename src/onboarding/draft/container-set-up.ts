// The image that a job runs in → the set-up Action that gives a runner the same language.
import type { DraftStep } from './draft-plan.ts';

const official: readonly [RegExp, (version: string) => DraftStep][] = [
  [/^node$/, (version) => ({ uses: 'actions/setup-node@v4', with: { 'node-version': version } })],
  [/^python$/, (version) => ({ uses: 'actions/setup-python@v5', with: { 'python-version': version } })],
  [/^golang$/, (version) => ({ uses: 'actions/setup-go@v5', with: { 'go-version': version, cache: false } })],
  [/^ruby$/, (version) => ({ uses: 'ruby/setup-ruby@v1', with: { 'ruby-version': version } })],
  [
    /^(?:eclipse-temurin|openjdk)$/,
    (version) => ({ uses: 'actions/setup-java@v4', with: { distribution: 'temurin', 'java-version': version } }),
  ],
];

export function containerSetUp(image: string): DraftStep | undefined {
  const found = /^(?:docker\.io\/)?(?:library\/)?([a-z-]{1,40}):(\d{1,4}(?:\.\d{1,4}){0,2})(?:-[\w.-]{1,60})?$/.exec(
    image,
  );
  if (!found) return undefined;
  const [, name = '', version = ''] = found;
  return official.find(([pattern]) => pattern.test(name))?.[1](version);
}
