// JUnit XML and TAP from artifacts → failures; the log's own are completed by them.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { junitXmlFailures } from '../../../src/failures/reports/junit-xml.ts';
import { isTestReport, reportFailures, withReports } from '../../../src/failures/reports/test-reports.ts';
import { Failure } from '../../../src/incident/failure.ts';

const pytest = `<?xml version="1.0" encoding="utf-8"?>
<testsuites><testsuite name="pytest" errors="0" failures="1" skipped="1" tests="3">
<testcase classname="tests.test_price" name="test_adds" time="0.001" />
<testcase classname="tests.test_price" name="test_zero[0-&quot;a&quot;]" time="0.002"><failure message="ZeroDivisionError: division by zero">Traceback (most recent call last):
  File "/home/runner/work/shop/shop/tests/test_price.py", line 12, in test_zero
    share(1, 0)
  File "/home/runner/work/shop/shop/shop/price.py", line 3, in share
    return total / parts
ZeroDivisionError: division by zero</failure></testcase>
<testcase classname="tests.test_price" name="test_later" time="0"><skipped message="later" /></testcase>
</testsuite></testsuites>
`;

describe('reportFailures', () => {
  it('reads a JUnit report', () => {
    const found = reportFailures(new Map([['reports/junit.xml', pytest]]));
    expect(found).toMatchObject([
      {
        tool: 'junit',
        test: 'tests.test_price.test_zero[0-"a"]',
        type: 'ZeroDivisionError',
        message: 'division by zero',
        file: '/home/runner/work/shop/shop/shop/price.py',
        line: 3,
        report: 'reports/junit.xml',
        at: { from: 4, to: 9 },
      },
    ]);
    for (const one of found) expect(Failure.parse(one)).toEqual(one);
  });

  it('takes no flake for a failure', () => {
    const flaky = `<testsuite><testcase name="a" classname="C"><flakyFailure message="x">y</flakyFailure></testcase>
<testcase name="b" classname="C" file="test/b.js" line="4"><failure type="AssertionError" message="no"><![CDATA[no]]></failure><rerunFailure message="no again"/></testcase></testsuite>`;
    expect(junitXmlFailures(flaky)).toMatchObject([
      { test: 'C.b', type: 'AssertionError', message: 'no', file: 'test/b.js', line: 4 },
    ]);
  });

  it('reads TAP', () => {
    const text = 'TAP version 13\nok 1 - adds\nnot ok 2 - divides\n  ---\n  message: division by zero\n  ...\n1..2\n';
    expect(reportFailures(new Map([['out/report.tap', text]]))).toMatchObject([
      { tool: 'tap', test: 'divides', message: 'division by zero', at: { from: 3 } },
    ]);
  });

  it('leaves coverage and other XML alone', () => {
    expect(isTestReport('coverage/cobertura.xml')).toBe(false);
    expect(
      reportFailures(
        new Map([
          ['pom.xml', '<project><name>shop</name></project>'],
          ['a.txt', pytest],
        ]),
      ),
    ).toEqual([]);
  });

  it('expands no entities and survives anything', () => {
    const bomb = `<!DOCTYPE a [<!ENTITY x "${'y'.repeat(100)}"><!ENTITY z "&x;&x;&x;">]><testsuite><testcase name="t"><failure message="&z;">&z;</failure></testcase></testsuite>`;
    expect(JSON.stringify(junitXmlFailures(bomb)).length).toBeLessThan(300);
    fc.assert(
      fc.property(fc.string(), (text) => void junitXmlFailures(`<testsuite><testcase name="a"><failure>${text}`)),
      {
        numRuns: 100,
      },
    );
  });
});

describe('withReports', () => {
  const one = (fields: Partial<Failure>): Failure => ({
    tool: 'pytest',
    message: 'm',
    frames: [],
    at: { from: 7, to: 9 },
    ...fields,
  });
  const [reported] = reportFailures(new Map([['junit.xml', pytest]]));
  if (!reported) throw new Error('the report names a failure');

  it('completes what the log shows of the same test, and keeps its place there', () => {
    const log = one({ test: 'tests/test_price.py::test_zero[0-"a"]', message: 'cut off' });
    const { report: _, ...rest } = reported;
    expect(withReports([log], [reported])).toEqual([{ ...rest, tool: 'pytest', test: log.test, at: log.at }]);
  });

  it('adds what only the report names, and drops the bare exit code for it', () => {
    expect(withReports([one({ tool: 'shell', message: 'exit code 1' })], [reported])).toEqual([reported]);
    expect(withReports([one({ test: 'another' })], [reported]).map(({ test }) => test)).toEqual([
      'another',
      reported.test,
    ]);
    expect(withReports([one({ tool: 'shell' })], [])).toHaveLength(1);
  });
});
