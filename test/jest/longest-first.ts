// The order of the test files: the longest first, so that no worker is left alone with one at the end.
import { createRequire } from 'node:module';
import type SequencerModule from '@jest/test-sequencer';

// Its types and its `exports` disagree about what an import of it gives.
const { default: Sequencer }: typeof SequencerModule = createRequire(import.meta.url)('@jest/test-sequencer');
type Tests = Parameters<InstanceType<typeof Sequencer>['sort']>[0];

/** Whole Apps and databases: what a first run, which no measured run precedes, starts with. */
const long =
  /[\\/]test[\\/](?:journeys|demo|eval|cli|contracts|main|redteam|adapters[\\/]database|action[\\/]engines)\b/;
const guessedMs = (file: string): number => (long.test(file) ? 10_000 : 500);

export default class LongestFirst extends Sequencer {
  override async sort(tests: Tests): Promise<Tests> {
    // Jest's own order puts the measured durations of the last run into the tests.
    const measured = await super.sort(tests);
    const expectedMs = ({ duration, path }: Tests[number]): number => duration ?? guessedMs(path);
    return measured.toSorted((a, b) => expectedMs(b) - expectedMs(a));
  }
}
