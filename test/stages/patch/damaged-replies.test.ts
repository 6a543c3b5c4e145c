// Replies damaged in more than a hundred ways → the patch that was meant, whole or its first edits only, or a refusal: never another patch.
import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { mutations } from './mutations.ts';
import { asBlocks, asDiff, patchOf, randomFrom, references, scenarios } from './scenarios.ts';

/** `mended`: so many of the damages at least must be no hindrance. */
const renderings = [
  { form: 'blocks', render: asBlocks, mended: 90 },
  { form: 'a diff', render: asDiff, mended: 75 },
];

describe.each(scenarios)('$name', (scenario) => {
  const meant = references(scenario);

  it.each(renderings)('as $form, undamaged, is applied', async ({ render }) => {
    expect(await patchOf(render(scenario), scenario)).toEqual(meant.at(-1));
  });

  it.each(renderings)('as $form, however damaged, is applied as it is meant or refused', async ({ render, mended }) => {
    const reply = render(scenario);
    const wrong: object[] = [];
    const whole = new Set<string>();
    for (const { name, mutate } of mutations)
      for (const seed of [1, 2]) {
        const damaged = mutate(reply, randomFrom(seed));
        const patch = await patchOf(damaged, scenario);
        if (patch && !meant.some((state) => isDeepStrictEqual(state, patch))) wrong.push({ name, damaged, patch });
        if (damaged !== reply && isDeepStrictEqual(meant.at(-1), patch)) whole.add(name);
        if (damaged === mutate(reply, randomFrom(seed + 1))) break;
      }
    expect(wrong).toEqual([]);
    expect(whole.size).toBeGreaterThanOrEqual(mended);
  });
});
