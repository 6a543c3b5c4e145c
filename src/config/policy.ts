// The keys of `.github/self-heal.yml` → their schema, with a title, a meaning, a default and an example each.
import { z } from 'zod';
import { autoMerge, budget, Globs, limits, Risk, Share, whole } from './policy-maps.ts';

/** From doing nothing to doing all; whatever asks for the mode compares by this order. */
export const modes = ['off', 'shadow', 'diagnose', 'propose', 'auto-merge'] as const;
export type Mode = (typeof modes)[number];

const settings = {
  mode: z
    .enum(modes)
    .default('propose')
    .meta({
      title: 'Mode',
      description:
        '`off`: nothing. `shadow`: all the work, nothing of it shown. `diagnose`: explains, never patches. `propose`: opens pull requests. `auto-merge`: lets GitHub merge those that `auto-merge` describes.',
      examples: ['diagnose'],
    }),
  branches: Globs.default([]).meta({
    title: 'Further branches',
    description: 'Branches that are healed besides the default one, by name.',
    examples: [['release']],
  }),
  attempts: whole(1, 5)
    .default(3)
    .meta({ title: 'Attempts', description: 'Patches tried for one incident.', examples: [2] }),
  candidates: whole(1, 5)
    .default(1)
    .meta({
      title: 'Candidates',
      description:
        'Replies asked for at each attempt: equal patches count together, the best is validated first, the next best when that fails.',
      examples: [3],
    }),
  models: z
    .array(z.string().min(1).max(100))
    .max(5)
    .default([])
    .meta({
      title: 'Models',
      description:
        'The model of each attempt, the last one for all further ones. Only what the operator allows; what is not is left out, and said once.',
      examples: [['gemini-pro-latest']],
    }),
  budget: z
    .strictObject(budget)
    .prefault({})
    .meta({ title: 'Budget', description: 'What the model may cost.', examples: [{ 'incident-usd': 0.5 }] }),
  reruns: whole(0, 5)
    .default(2)
    .meta({ title: 'Re-runs', description: 'Re-runs of a transient failure.', examples: [1] }),
  'rerun-backoff-seconds': whole(0, 3_600)
    .default(30)
    .meta({
      title: 'Wait before a re-run',
      description: 'Wait before the first re-run; doubled for each further one.',
      examples: [120],
    }),
  'min-confidence': Share.default(0.5).meta({
    title: 'Least confidence',
    description: 'A diagnosis below this is told, not acted on.',
    examples: [0.7],
  }),
  'max-risk': Risk.default('medium').meta({
    title: 'Highest risk',
    description: 'A diagnosis that calls its change riskier is explained and not patched.',
    examples: ['low'],
  }),
  limits: z
    .strictObject(limits)
    .prefault({})
    .meta({ title: 'Size of a patch', description: 'How large a patch may be.', examples: [{ files: 3 }] }),
  allow: Globs.default([]).meta({
    title: 'Allowed paths',
    description:
      'Globs of protected files that may be written all the same (manifests, lockfiles, configuration). Never `.github/**`.',
    examples: [['package.json']],
  }),
  forbid: Globs.default([]).meta({
    title: 'Forbidden paths',
    description:
      'Globs that are never written, besides the built-in ones; those of the organisation and of the repository together.',
    examples: [['src/billing/**']],
  }),
  generated: Globs.default([]).meta({
    title: 'Generated files',
    description:
      'Globs of files that tools write: never edited by hand; those of the organisation and of the repository together. Files whose head says so (`DO NOT EDIT`, `@generated`) are known by themselves.',
    examples: [['src/api/*.gen.ts']],
  }),
  'auto-merge': z
    .strictObject(autoMerge)
    .prefault({})
    .meta({
      title: 'Merging without a person',
      description: 'What `mode: auto-merge` merges.',
      examples: [{ paths: ['src/**'] }],
    }),
  'watch-minutes': whole(1, 20_160)
    .default(1_440)
    .meta({ title: 'Watch after the merge', description: 'How long a merged fix is watched.', examples: [240] }),
  'review-days': whole(1, 90)
    .default(14)
    .meta({
      title: 'Wait for people',
      description: "How long a pull request waits for people, from Self-Heal's last activity on it.",
      examples: [7],
    }),
  'review-rounds': whole(0, 10)
    .default(3)
    .meta({
      title: 'Rounds of review',
      description:
        'How often reviewers may ask for changes, with two further attempts each time; after that Self-Heal says so in the thread.',
      examples: [1],
    }),
  release: z
    .enum(['automatic', 'on-approval', 'never'])
    .default('automatic')
    .meta({
      title: 'Release from quarantine',
      description:
        "Who lets the repository's workflows run on what was proven. `automatic`: Self-Heal, where none of them has anything to lose by it, and else as `on-approval`: somebody with write access approves the pull request or comments `/heal release`. `never`: people push their own commit.",
      examples: ['on-approval'],
    }),
  'redact-emails': z
    .boolean()
    .default(false)
    .meta({
      title: 'E-mail addresses',
      description: 'E-mail addresses are redacted like secrets before a model, a page or the database sees them.',
      examples: [true],
    }),
};

const nested = { budget, limits, 'auto-merge': autoMerge };
const names = [
  ...Object.keys(settings),
  ...Object.entries(nested).flatMap(([map, keys]) => Object.keys(keys).map((key) => `${map}.${key}`)),
];

export const Policy = z
  .strictObject({
    ...settings,
    final: z
      .array(z.enum(names))
      .max(100)
      .default([])
      .meta({
        title: 'Final keys',
        description:
          'Keys that repositories cannot set otherwise. Counts only in the `.github` repository of their owner.',
        examples: [['mode', 'limits.files']],
      }),
  })
  .meta({
    title: 'Policy of Self-Heal',
    description: '`.github/self-heal.yml`: what Self-Heal may do in a repository. Every key is optional.',
  });
export type Policy = z.infer<typeof Policy>;
/** What a file sets, before the defaults. */
export type GivenPolicy = z.input<typeof Policy>;

export const policyPath = '.github/self-heal.yml';
/** The repository of an owner whose policy holds for all of the owner's repositories. */
export const ownersRepository = '.github';

export const defaultPolicy: Policy = Policy.parse({});

/** Of two modes the one that does less. */
export const stricterMode = (a: Mode, b: Mode): Mode => (modes.indexOf(a) < modes.indexOf(b) ? a : b);

/** Whether patches are made; in `shadow` they are shown to nobody. */
export const mayPatch = (mode: Mode): boolean => mode === 'shadow' || modes.indexOf(mode) >= modes.indexOf('propose');
