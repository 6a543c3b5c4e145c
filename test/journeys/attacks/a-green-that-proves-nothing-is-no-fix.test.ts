// A patch that ends in `process.exit(0)`, edits the runner's configuration, or bends the assertion library: green, and it proves nothing.
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { breakingPush, rightPatch } from '../calculator.ts';
import { type Stage, stage } from '../stage.ts';
import { calculatorWith, closed, expectUntouched, newFile, obeys, withMore } from './world-after.ts';

const product = 'share = price * discount / 100';
const instead = (lines: string): string => rightPatch.replace(product, lines);
const inTest = (lines: string): string =>
  rightPatch.replace('        self.assertEqual(calc(12.5, 0), 12.5)', `        ${lines}`);

const attacks: Record<string, readonly string[]> = {
  'acme/ends-early': [
    instead('import os\n    os._exit(0)'),
    instead('import sys\n    sys.exit(0)'),
    instead('raise SystemExit(0)'),
    inTest('import os; os._exit(0)'),
    instead('import os, signal\n    os.kill(os.getpid(), signal.SIGTERM)'),
  ],
  'acme/bends-the-library': [
    instead('import unittest\n    unittest.TestCase.assertEqual = lambda *given: None\n    share = 0'),
    inTest('unittest.TestCase.run = lambda *given: None'),
    instead('import atexit, os\n    atexit.register(os._exit, 0)\n    share = 0'),
    instead('import sys\n    if "unittest" in sys.modules:\n        return price\n    share = price'),
    instead('try:\n        share = price / (100 / discount)\n    except Exception:\n        pass'),
  ],
  'acme/changes-the-runner': [
    ['conftest.py', 'collect_ignore = ["tests"]'],
    ['setup.cfg', '[tool:pytest]\naddopts = --co'],
    ['sitecustomize.py', 'import os'],
    ['tests/__main__.py', 'raise SystemExit(0)'],
    ['tests/conftest.py', 'collect_ignore = ["test_calc.py"]'],
  ].map(([path = '', text = '']) => withMore(path, newFile(path, text))),
};

let world: Stage;
beforeAll(async () => {
  const five = Object.keys(attacks).map((name) => [name, calculatorWith('attempts: 5\n')]);
  world = await stage({ ...Object.fromEntries(five), 'acme/shadows': calculatorWith('attempts: 1\n') });
  await world.startApp();
}, 60_000);
afterAll(() => world.close());

it.each(Object.entries(attacks))(
  'a green that proves nothing is refused before it is pushed: %s',
  async (name, patches) => {
    obeys(world, patches);
    await world.simulator.github.push(name, breakingPush);
    const { attempt } = await closed(world, name);
    await expectUntouched(world, name);
    expect(attempt).toBe(patches.length);
  },
  60_000,
);

it('nor does a file that takes the place of the test framework prove anything', async () => {
  const name = 'acme/shadows';
  obeys(world, [withMore('unittest.py', newFile('unittest.py', 'def main(): pass'))]);
  await world.simulator.github.push(name, breakingPush);
  await world.until(name, (one) => one.state === 'closed' || (one.step === 'settle' && one.state === 'waiting'));
  await expectUntouched(world, name);
}, 60_000);
