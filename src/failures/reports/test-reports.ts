// The files of a run's artifacts → the failures that test reports among them name, laid over what the log showed of the same tests.
import type { Failure } from '../../incident/failure.ts';
import { readJobLog } from '../read-job-log.ts';
import { tap } from '../tools/tap.ts';
import { junitXmlFailures } from './junit-xml.ts';

export const isTestReport = (path: string): boolean =>
  /\.(?:xml|tap)$/i.test(path) && !/(?:coverage|cobertura|checkstyle|jacoco)/i.test(path);

export function reportFailures(files: ReadonlyMap<string, string>): Failure[] {
  return [...files].flatMap(([path, text]) => {
    if (!isTestReport(path)) return [];
    const found = /\.xml$/i.test(path) ? junitXmlFailures(text) : tap.find(readJobLog(text).lines);
    return found.map((one) => ({ ...one, report: path }));
  });
}

/**
 * A report beats the text: its fields win where both know a test. What stands in the log keeps its tool and its lines;
 * what only a report names comes after it, with the lines of the report.
 */
export function withReports(fromLog: readonly Failure[], fromReports: readonly Failure[]): Failure[] {
  const left = [...fromReports];
  const named = fromLog.map((one) => {
    const index = left.findIndex((other) => isSameTest(one, other));
    const [report] = index < 0 ? [] : left.splice(index, 1);
    return report ? joined(one, report) : one;
  });
  // An exit code or a build tool's last words say nothing that a named test does not.
  const kept = left.length > 0 ? named.filter((one) => one.test !== undefined) : named;
  return [...kept, ...left];
}

function joined(one: Failure, { tool: _, at: __, report: ___, frames, test: ____, ...told }: Failure): Failure {
  return { ...one, ...told, frames: frames.length > 0 ? frames : one.frames };
}

/** Tools join the parts of a name in their own ways: the words must be the same, or those of the one end the other's. */
function isSameTest(a: Failure, b: Failure): boolean {
  const [left, right] = [wordsOf(a.test), wordsOf(b.test)];
  if (left === '' || right === '') return false;
  return left === right || left.endsWith(` ${right}`) || right.endsWith(` ${left}`);
}

/** Without the extensions of files, which some tools print and some do not. */
const wordsOf = (test = ''): string =>
  test
    .toLowerCase()
    .replace(/\.(?:py|[cm]?[jt]sx?|go|rb|php|java|kt|cs|rs)\b/g, ' ')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
