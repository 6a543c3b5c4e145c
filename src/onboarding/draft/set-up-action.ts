// A step that uses an Action → the same step where it only installs a tool, without caches and credentials; or why it is left out.
import type { Step } from '../../workflows/workflow-file.ts';
import { carried, type Known } from './carried-text.ts';
import { type DraftStep, shortLabel } from './draft-plan.ts';

export type ActionUse = { step: DraftStep; dropped: string[]; credentials: string[] } | { why: string; ask?: string };

const reference = /^[\w.-]{1,100}\/[\w./-]{1,200}@[\w./+-]{1,200}$/;
/** Whatever is named so installs a tool; the owners below do it to deploy. */
const setsUp = /^[\w.-]+\/(?:actions\/|[\w.-]+\/)?(?:setup-|install-|action-setup$)[\w.-]*$/;
const alsoSetUp = new Set([
  'actions-rs/toolchain',
  'actions-rust-lang/setup-rust-toolchain',
  'abatilo/actions-poetry',
  'arduino/setup-protoc',
  'dtolnay/rust-toolchain',
  'erlef/setup-beam',
  'haskell-actions/setup',
  'jdx/mise-action',
  'mlugg/setup-zig',
  'moonrepo/setup-rust',
  'mymindstorm/setup-emsdk',
  'pdm-project/setup-pdm',
  'prefix-dev/setup-pixi',
  'subosito/flutter-action',
  'taiki-e/install-action',
]);
const deploysWith =
  /^(docker|aws-actions|google-github-actions|azure|hashicorp|digitalocean|superfly|cloudflare|helm|sigstore|anchore)\//;

const credentialKey =
  /token|passw|secret|auth|credential|passphrase|private|^(registry-url|scope|server-.*|gpg-.*|username|netrc|always-auth|settings-path|overwrite-settings)$/i;
const cacheKey = /cache|^(bundler-cache|save-if|restore-keys)$/i;

/** Those that cache unless they are told not to. */
const cachesByItself: readonly [RegExp, Record<string, string | boolean>][] = [
  [/^actions\/setup-go@/, { cache: false }],
  [/^actions\/setup-node@(?:v(?:[5-9]|\d\d)|main)/, { 'package-manager-cache': false }],
  [/^astral-sh\/setup-uv@/, { 'enable-cache': false }],
  [/^gradle\/actions\/setup-gradle@|^gradle\/gradle-build-action@/, { 'cache-disabled': true }],
  [/^actions-rust-lang\/setup-rust-toolchain@|^moonrepo\/setup-rust@|^jdx\/mise-action@/, { cache: false }],
  [/^oven-sh\/setup-bun@/, { 'no-cache': true }],
  [/^mlugg\/setup-zig@/, { 'use-cache': false }],
];

export function setUpAction(step: Step, known: Known): ActionUse {
  const uses = step.uses ?? '';
  if (uses.startsWith('./'))
    return {
      why: 'it is an Action of this repository',
      ask: `Put the steps of ${shortLabel(uses)} that install something into the draft.`,
    };
  const name = uses.split('@', 1)[0]?.toLowerCase() ?? '';
  const isSetUp = (setsUp.test(name) || alsoSetUp.has(name)) && !deploysWith.test(name);
  if (!reference.test(uses) || !isSetUp) return { why: whyNot(name) };
  const kept: Record<string, string | number | boolean> = {};
  const dropped: string[] = [];
  const credentials: string[] = [];
  for (const [key, value] of Object.entries(step.with)) {
    if (credentialKey.test(key)) credentials.push(key);
    else if (cacheKey.test(key) || key === 'arguments') continue;
    // GitHub refuses a file with an empty one.
    else if (!/^[\w.-]{1,100}$/.test(key)) dropped.push(key);
    else if (typeof value === 'number' || typeof value === 'boolean') kept[key] = value;
    else if (typeof value === 'string') {
      const told = carried(value, known);
      if ('text' in told) kept[key] = told.text;
      else dropped.push(key);
    }
  }
  for (const [pattern, setting] of cachesByItself) if (pattern.test(uses.toLowerCase())) Object.assign(kept, setting);
  return { step: { uses, ...(Object.keys(kept).length > 0 ? { with: kept } : {}) }, dropped, credentials };
}

const reasons: readonly [RegExp, string][] = [
  [/^actions\/cache\b|cache/, 'other workflows read what it caches'],
  [/upload-artifact|upload/, 'it uploads what a run made'],
  [/download/, 'it downloads what another run or job made'],
  [/codecov|coveralls|codacy|sonar|test-reporter|publish-unit-test|junit-report/, 'it sends results to a service'],
  [
    /docker|aws-|google-github|azure|gcloud|deploy|publish|release|pages|vercel|netlify|firebase/,
    'it logs in, publishes or deploys',
  ],
  [/github-script|slack|notify|labeler|comment/, 'it writes to GitHub or elsewhere'],
  [/lint|pre-commit|cypress|playwright|test/, 'it is an Action, and only commands can run in the sandbox'],
];

const whyNot = (name: string): string =>
  reasons.find(([pattern]) => pattern.test(name))?.[1] ?? 'it is not known to only install a tool';
