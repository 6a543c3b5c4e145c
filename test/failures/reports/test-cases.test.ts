// Test reports → every case in them and what became of it, also where the report is broken.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { testCases } from '../../../src/failures/reports/test-cases.ts';

const of = (path: string, text: string) =>
  testCases(new Map([[path, text]])).map(({ name, status }) => `${status} ${name}`);

describe('cases of JUnit XML', () => {
  it('passed, failed, skipped', () => {
    const text = `<testsuites><testsuite><testcase classname="C" name="a"/><testcase classname="C" name="b"><failure/></testcase>
      <testcase classname="C" name="c"><error message="x"/></testcase><testcase classname="C" name="d"><skipped/></testcase>
      <testcase classname="C" name="C.e" status="notrun"/><testcase name="f"><rerunFailure/></testcase></testsuite></testsuites>`;
    expect(of('r/junit.xml', text)).toEqual([
      'passed C.a',
      'failed C.b',
      'failed C.c',
      'skipped C.d',
      'skipped C.e',
      'passed f',
    ]);
  });

  it('of a report that broke off are those before', () => {
    expect(of('a.xml', '<testsuite><testcase name="a"/><testcase name="b"><failu')).toEqual(['passed a']);
  });

  it.each([
    ['errors', '<a>&b;</a>'.repeat(15_000)],
    ['ends', '</b>'.repeat(15_000)],
    ['beginnings', '<a>'.repeat(50_000)],
  ])('of a report that goes on with nothing but %s are those before', (_, rest) => {
    const report = `<testsuite><testcase name="a"/>${rest}<testcase name="b"/></testsuite>`;
    expect(of('a.xml', report)).toEqual(['passed a']);
  });

  it('are none of coverage, or of what is no report', () => {
    expect(of('coverage.xml', '<testcase name="a"/>')).toEqual([]);
    expect(of('notes.txt', 'ok 1 - a')).toEqual([]);
  });
});

describe('cases of TAP', () => {
  it('passed, failed, skipped, to be done, nested', () => {
    const text = `TAP version 13
# Subtest: cart
    ok 1 - adds # time=0.4ms
    not ok 2 - removes
      ---
      error: 'no'
      ...
    ok 3 - later # SKIP not yet
    not ok 4 - some day # TODO
    1..4
not ok 1 - cart
okay, nothing
`;
    expect(of('r.tap', text)).toEqual([
      'passed adds',
      'failed removes',
      'skipped later',
      'skipped some day',
      'failed cart',
    ]);
  });
});

it('reads anything without an error', () => {
  const anything = fc.oneof(
    fc.string(),
    fc.string().map((text) => `<testsuite><testcase name="${text}">`),
  );
  fc.assert(
    fc.property(anything, fc.constantFrom('a.xml', 'a.tap'), (text, path) => {
      for (const { name } of testCases(new Map([[path, text]]))) expect(typeof name).toBe('string');
    }),
  );
});
