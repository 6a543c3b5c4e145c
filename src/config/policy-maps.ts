// The keys inside `budget`, `limits` and `auto-merge` of a policy, and the forms that its keys share.
import { z } from 'zod';

export const Globs = z.array(z.string().min(1).max(200)).max(200);
export const whole = (min: number, max: number) => z.number().int().min(min).max(max);
export const Risk = z.enum(['low', 'medium', 'high']);
export const Share = z.number().min(0).max(1);

/** Causes that a patch is built on. */
export const patchedKinds = ['code', 'test', 'configuration', 'dependency'] as const;

export const budget = {
  'incident-usd': z
    .number()
    .min(0)
    .max(1_000)
    .optional()
    .meta({
      title: 'Budget of an incident',
      description: "What the model may cost for one incident, in dollars: only ever less than the operator's limit.",
      examples: [0.5],
    }),
  'day-usd': z
    .number()
    .min(0)
    .max(10_000)
    .optional()
    .meta({
      title: 'Budget of a day',
      description: 'The same for this repository in 24 hours.',
      examples: [5],
    }),
};

export const limits = {
  files: whole(1, 50)
    .default(5)
    .meta({ title: 'Most files', description: 'Files a patch may touch.', examples: [3] }),
  'source-lines': whole(1, 2_000)
    .default(120)
    .meta({ title: 'Most source lines', description: 'Added and removed lines of sources.', examples: [60] }),
  'test-lines': whole(1, 4_000)
    .default(240)
    .meta({ title: 'Most test lines', description: 'Added and removed lines of tests.', examples: [400] }),
  hunks: whole(1, 200)
    .default(20)
    .meta({
      title: 'Most hunks',
      description: 'Places that a patch changes, over all its files.',
      examples: [10],
    }),
  'new-files': whole(0, 50)
    .default(2)
    .meta({ title: 'Most new files', description: 'Files that a patch may add.', examples: [1] }),
};

export const autoMerge = {
  kinds: z
    .array(z.enum(patchedKinds))
    .max(patchedKinds.length)
    .default(['code'])
    .meta({
      title: 'Causes',
      description: 'Causes whose fixes may be merged without a person.',
      examples: [['code', 'test']],
    }),
  paths: Globs.default([]).meta({
    title: 'Paths',
    description:
      'Globs; every source file of the fix has to match one. Test files may be anywhere. Without any nothing is merged.',
    examples: [['src/**']],
  }),
  'max-risk': Risk.exclude(['high'])
    .default('low')
    .meta({
      title: 'Highest risk',
      description: 'A fix of more risk is left to people; one of high risk always is.',
      examples: ['medium'],
    }),
  'min-confidence': Share.default(0.9).meta({
    title: 'Least confidence',
    description:
      'A fix with less confidence is left to people; counted is what earlier fixes here bear out of the stated one.',
    examples: [0.95],
  }),
  method: z
    .enum(['squash', 'merge', 'rebase'])
    .default('squash')
    .meta({ title: 'Merge method', description: 'How the pull request is merged.', examples: ['rebase'] }),
};
