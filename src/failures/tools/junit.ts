// Failed tests as Surefire, Gradle, Ant and JUnit's own launchers report them → one failure a test.
import type { Failure } from '../../incident/failure.ts';
import { type FailureParser, failure } from '../failure-parser.ts';
import { buildVerdicts } from './build-verdict.ts';
import { javaTrace } from './java-trace.ts';
import { javaValues } from './java-values.ts';
import { antReports } from './junit-ant.ts';
import { gradleReports } from './junit-gradle.ts';
import { launcherReports } from './junit-launcher.ts';
import type { TestReport } from './junit-report.ts';
import { surefireReports } from './junit-surefire.ts';

const tool = 'junit';

export const junit: FailureParser = {
  tool,
  kind: 'test',
  signs: [
    '<<< FAILURE!',
    '<<< ERROR!',
    '[ERROR] Failures:',
    '[ERROR] Errors:',
    'Failed tests:',
    'Tests in error:',
    ' FAILED',
    '\tFAILED',
    '\tCaused an ERROR',
    'MethodSource [className',
    'FAILURES!!!',
  ],
  find(lines) {
    const verdictAt = buildVerdicts(lines);
    const found = new Map<string, Failure>();
    for (const reports of [surefireReports, gradleReports, antReports, launcherReports]) {
      for (const report of reports(lines)) {
        const one = failureOf(report);
        // The build was told to go on, or the test passed when it was run again.
        if (verdictAt(one.at.from) !== 'passed' && !found.has(one.test ?? '')) found.set(one.test ?? '', one);
      }
    }
    return [...found.values()];
  },
};

function failureOf({ owner, method, block, texts, place }: TestReport): Failure {
  const { said, ...trace } = javaTrace(texts, { owner, ...(method ? { method } : {}) });
  const fullOwner = qualified(
    owner,
    trace.frames.map((frame) => frame.function ?? ''),
  );
  const test = method ? `${fullOwner}.${method}` : fullOwner;
  return failure({ tool, test, ...(trace.file ? {} : place), ...trace, ...javaValues(said) }, block);
}

/** Where the report has the class's simple name, a frame of the test tells its package. */
function qualified(owner: string, functions: readonly string[]): string {
  if (owner.includes('.')) return owner;
  const own = functions.find((name) => name.includes(`.${owner}.`));
  return own ? own.slice(0, own.indexOf(`.${owner}.`) + 1 + owner.length) : owner;
}
