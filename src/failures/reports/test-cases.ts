// The test reports of a run (JUnit XML, TAP) → every test case they name, and what became of it.
import { caseName, junitCases } from './junit-cases.ts';
import { isTestReport } from './test-reports.ts';

export interface TestCase {
  name: string;
  status: 'passed' | 'failed' | 'skipped';
}

const mostTapLines = 100_000;
const tapResult = /^ {0,200}(not )?ok\b(?: \d{1,9})?(?: -)? ?(.*)$/;
const directive = /\s#\s?(?:TODO|SKIP)\b/i;
/** A time, a directive with its reason, the brace of a buffered subtest. */
const afterTitle = /\s# ?(?:time=|TODO|SKIP).*$|(?: \{)$/i;

export function testCases(reports: ReadonlyMap<string, string>): TestCase[] {
  return [...reports].flatMap(([path, text]) => {
    if (!isTestReport(path)) return [];
    return /\.xml$/i.test(path) ? junit(text) : tap(text);
  });
}

const junit = (text: string): TestCase[] =>
  junitCases(text).map((one) => ({
    name: caseName(one),
    status: one.problem ? 'failed' : one.isSkipped ? 'skipped' : 'passed',
  }));

/** Suites are results too in TAP: they count on both sides of a comparison. */
function tap(text: string): TestCase[] {
  return text.split('\n', mostTapLines).flatMap((line): TestCase[] => {
    const [, failed, rest = ''] = tapResult.exec(line.slice(0, 2_000).trimEnd()) ?? [];
    const name = rest.replace(afterTitle, '').trim();
    if (name === '') return [];
    return [{ name, status: directive.test(` ${rest}`) ? 'skipped' : failed ? 'failed' : 'passed' }];
  });
}
