// Failed JUnit tests as Maven Surefire, Gradle and Ant report them.
import { describe, expect, it } from '@jest/globals';
import { failuresIn } from '../fixture.ts';

describe('junit', () => {
  it.each(['zero(com.shop.PriceTest)', 'com.shop.PriceTest.zero'])('reads Surefire’s report of %s', (name) => {
    const text = `[INFO] Running com.shop.PriceTest
[ERROR] Tests run: 2, Failures: 1, Errors: 0, Skipped: 0, Time elapsed: 0.1 s <<< FAILURE! - in com.shop.PriceTest
[ERROR] ${name}  Time elapsed: 0.01 s  <<< FAILURE!
org.opentest4j.AssertionFailedError: expected: <10> but was: <0>
	at org.junit.jupiter.api.AssertionUtils.fail(AssertionUtils.java:55)
	at com.shop.PriceTest.zero(PriceTest.java:12)

[INFO] Results:
[ERROR] Failures:
[ERROR]   PriceTest.zero:12 expected: <10> but was: <0>`;
    expect(failuresIn(text)).toMatchObject([
      {
        tool: 'junit',
        test: 'com.shop.PriceTest.zero',
        type: 'org.opentest4j.AssertionFailedError',
        message: 'expected: <10> but was: <0>',
        file: 'com/shop/PriceTest.java',
        line: 12,
      },
    ]);
  });

  it('reads Gradle’s report, nested names and all', () => {
    const text = `> Task :test FAILED

PriceTest > zero() FAILED
    java.lang.ArithmeticException: / by zero
        at com.shop.Price.calc(Price.java:3)

PriceTest > pairs(int, int) > com.shop.PriceTest.pairs(int, int)[2] FAILED
    java.lang.AssertionError at PriceTest.java:20

3 tests completed, 2 failed
FAILURE: Build failed with an exception.`;
    expect(failuresIn(text)).toMatchObject([
      {
        test: 'PriceTest.zero',
        type: 'java.lang.ArithmeticException',
        message: '/ by zero',
        file: 'com/shop/Price.java',
        line: 3,
      },
      { test: 'com.shop.PriceTest.pairs(int, int)[2]', type: 'java.lang.AssertionError' },
    ]);
  });

  it('reads Ant’s report', () => {
    const text = `    [junit] Testsuite: shop.PriceTest
    [junit] Tests run: 2, Failures: 0, Errors: 1, Skipped: 0, Time elapsed: 1.4 sec
    [junit] Testcase: half took 0.1 sec
    [junit] Testcase: zero took 1.4 sec
    [junit] 	Caused an ERROR
    [junit] / by zero
    [junit] java.lang.ArithmeticException: / by zero
    [junit] 	at shop.Price.calc(Price.java:3)
    [junit] 

BUILD FAILED`;
    expect(failuresIn(text)).toMatchObject([
      {
        test: 'shop.PriceTest.zero',
        type: 'java.lang.ArithmeticException',
        message: '/ by zero',
        file: 'shop/Price.java',
        line: 3,
      },
    ]);
  });

  it('leaves a test that passed when it was run again', () => {
    const text = `[ERROR] Tests run: 1, Failures: 1, Errors: 0, Skipped: 0, Time elapsed: 0.1 s <<< FAILURE! -- in com.acme.FlakyTest
[ERROR] com.acme.FlakyTest.sometimes -- Time elapsed: 0.01 s <<< FAILURE!
java.lang.AssertionError: not yet
	at com.acme.FlakyTest.sometimes(FlakyTest.java:12)

[INFO] Results:
[INFO] 
[WARNING] Flakes: 
[WARNING] com.acme.FlakyTest.sometimes
[ERROR]   Run 1: FlakyTest.sometimes:12 not yet
[INFO]   Run 2: PASS
[INFO] 
[WARNING] Tests run: 1, Failures: 0, Errors: 0, Skipped: 0, Flakes: 1
[INFO] BUILD SUCCESS`;
    expect(failuresIn(text)).toEqual([]);
  });

  it.each([
    'PriceTest > zero() FAILED\n    java.lang.AssertionError at PriceTest.java:20\n\nBUILD SUCCESSFUL in 3s',
    'PriceTest > zero() FAILED\n    java.lang.AssertionError at PriceTest.java:20\n\nPriceTest > zero() PASSED',
    '> Task :test FAILED\n    java.lang.AssertionError',
    'src/a.test.ts > adds FAILED\n  Error: no class',
  ])('leaves %j', (text) => {
    expect(failuresIn(text)).toEqual([]);
  });

  it('reads what only the list at the end tells', () => {
    const text = `[INFO] Running com.acme.PriceTest
[INFO] Results:
[ERROR] Failures: 
[ERROR]   PriceTest.sum:13->check:40 expected: <3> but was: <4>
[ERROR] Tests run: 1, Failures: 1, Errors: 0, Skipped: 0`;
    expect(failuresIn(text)).toMatchObject([
      { test: 'com.acme.PriceTest.sum', expected: '3', actual: '4', file: 'com/acme/PriceTest.java', line: 13 },
    ]);
  });
});
