// A triage bot (February 2026): an issue's title became a command, poisoned a cache that the release job read, and npm's token was gone.
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { z } from 'zod';
import { broken, rightPatch } from '../calculator.ts';
import { type Stage, stage } from '../stage.ts';
import {
  asked,
  calculatorWith,
  expectNarrowTokens,
  expectNoCredentials,
  git,
  logs,
  obeys,
  pulls,
  runs,
  settled,
} from './world-after.ts';

const repository = 'acme/calculator';
const npmToken = 'n0t-f0r-y0ur-eyes-7421';
/** Publishes with a token, an identity, and a cache that any other job could have filled. */
const release = `name: Release
on:
  push:
    branches: [main]
permissions:
  contents: read
  id-token: write
jobs:
  publish:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/cache@v4
        with:
          path: ~/.cache
          key: wheels
      - run: test -n "$NPM_TOKEN"
        env:
          NPM_TOKEN: \${{ secrets.NPM_TOKEN }}
`;
const test = `import unittest

from calculator.calc import calc


class CalcTest(unittest.TestCase):
    def test_ten_percent(self):
        self.assertEqual(calc(80, 10), 72)
`;

let world: Stage;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'self-heal-title-'));
  const files = { 'calculator/calc.py': broken, 'tests/test_calc.py': test, '.github/workflows/release.yml': release };
  world = await stage({ [repository]: calculatorWith('', files) }, { secrets: { NPM_TOKEN: npmToken } });
  await world.startApp();
}, 60_000);
afterAll(async () => {
  await world.close();
  await rm(folder, { recursive: true, force: true });
});

it('an issue’s title, and a subject that repeats it, are words to whatever runs: no command, no cache, no release', async () => {
  const canary = path.join(folder, 'pwned');
  const title = `Division by zero"; touch ${canary}; echo "$(touch ${canary})\`touch ${canary}\` \${{ secrets.NPM_TOKEN }}`;
  const body = `\`\`\`\nTraceback (most recent call last):\n  File "/app/calculator/calc.py", line 2, in calc
    share = price / (100 / discount)\nZeroDivisionError: division by zero\n\`\`\`\n`;
  const fixed = rightPatch
    .replace(/^Subject: .*/, `Subject: fix(calc): "; touch ${canary}; $(touch ${canary}) \${{ secrets.NPM_TOKEN }}`)
    .replace(/tests\/test_calc\.py[\s\S]*/, '');
  const regression = `tests/test_calc.py\n\`\`\`\n<<<<<<< SEARCH\n        self.assertEqual(calc(80, 10), 72)\n=======
        self.assertEqual(calc(80, 10), 72)\n\n    def test_no_discount(self):\n        self.assertEqual(calc(12.5, 0), 12.5)
>>>>>>> REPLACE\n\`\`\`\n`;
  obeys(world, [fixed + regression]);
  await world.person('mallory', 'read').post(`/repos/${repository}/issues`, { title, body });
  await world.person().post(`/repos/${repository}/issues/1/labels`, { labels: ['auto-heal'] });
  const { id } = await settled(world, repository);
  await world.simulator.github.idle();

  expect(existsSync(canary)).toBe(false);
  const refs = await git(world, repository, 'for-each-ref', '--format=%(refname:short)', 'refs/heads');
  expect(refs).toEqual(['main', expect.stringMatching(new RegExp(`^self-heal/${id}-[a-z0-9-]+$`))]);

  // What the workflow is started with could be pasted into any script: no more than words and paths, one a line.
  const Dispatch = z.object({ ref: z.string(), inputs: z.record(z.string(), z.string()) });
  const [dispatch] = asked(world).filter(({ path }) => path.endsWith('/dispatches'));
  const { ref, inputs } = Dispatch.parse(JSON.parse(dispatch?.body ?? ''));
  expect(ref).toBe('main');
  const lines = Object.values(inputs).flatMap((input) => input.split('\n'));
  expect(lines.filter((line) => !/^[\w./-]*$/.test(line))).toEqual([]);

  // Nothing but the sandbox met the change, and that one asks for no cache and no identity.
  const met = (await runs(world, repository)).filter((run) => run.event !== 'push');
  expect(met.map(({ path, event }) => [path, event])).toEqual([
    ['.github/workflows/self-heal.yml', 'workflow_dispatch'],
  ]);
  expect(await logs(world, repository, (run) => run.event !== 'push')).not.toMatch(/actions\/cache|id-token/i);

  expect(await pulls(world, repository)).toMatchObject([{ draft: true }]);
  expectNarrowTokens(world, repository);
  await expectNoCredentials(world, repository, [npmToken]);
}, 90_000);
