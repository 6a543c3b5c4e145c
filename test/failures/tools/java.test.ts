// Java's traces, a real one and as loggers print them → the root cause and its place.
import { describe, expect, it } from '@jest/globals';
import { java } from '../../../src/failures/tools/java.ts';
import { failuresIn, fixture } from '../fixture.ts';

const handled = `java.lang.IllegalStateException: card refused
	at com.acme.Payment.take(Payment.java:31)
`;

describe('java', () => {
  it('names the last cause, and gives files the folder of their package', () => {
    expect(failuresIn(fixture('uncaught-java'))).toMatchObject([
      {
        tool: 'java',
        type: 'java.lang.ArithmeticException',
        file: 'shop/Pricing.java',
        line: 3,
        frames: [{ function: 'shop.Pricing.calc' }, { line: 5 }, { line: 7 }],
      },
    ]);
    expect(failuresIn(fixture('uncaught-java'))[0]?.message).toMatch(/^\/ by zero\nraised again as /);
  });

  it('reads traces in logs, with modules and without a place', () => {
    const text = `2026-03-01 12:00:00 ERROR c.e.App - failed
com.example.ShopException: no stock
for item 7
	at java.base/java.util.ArrayList.get(ArrayList.java:435)
	at com.example.Shop$Cart.total(Shop.kt:12)
	at com.example.Native.call(Native Method)
	... 3 more
INFO next`;
    expect(failuresIn(text)).toMatchObject([
      {
        type: 'com.example.ShopException',
        message: 'no stock\nfor item 7',
        file: 'com/example/Shop.kt',
        line: 12,
        at: { from: 2, to: 7 },
      },
    ]);
  });

  it.each([
    ['    [java] ', 'ant'],
    ['app-1  | ', 'a container'],
    ['> ', 'a quote'],
  ])('reads them behind %j of %s', (prefix) => {
    const text = `Exception in thread "main" com.acme.NoPrice: for 3
	at com.acme.Price$.half(Price.scala:9)`;
    const found = failuresIn(text.replace(/^/gm, prefix));
    expect(found).toMatchObject([{ type: 'com.acme.NoPrice', file: 'com/acme/Price.scala', line: 9 }]);
  });

  it('leaves what a build printed besides its own report', () => {
    expect(failuresIn(`${handled}[INFO] BUILD SUCCESS`)).toEqual([]);
    expect(failuresIn(`${handled}BUILD FAILED in 3s`)).toEqual([]);
  });

  it('believes what ended the program before what it survived', () => {
    const text = `${handled}Exception in thread "main" java.lang.NullPointerException
	at com.acme.Main.main(Main.java:8)
${handled}`;
    expect(failuresIn(text)).toMatchObject([
      { type: 'java.lang.NullPointerException', line: 8, at: { from: 3, to: 4 } },
    ]);
  });

  it('reads why Spring Boot does not start', () => {
    const text = `***************************
APPLICATION FAILED TO START
***************************

Description:

Web server failed to start. Port 8080 was already in use.

Action:

Stop the process that listens on port 8080.`;
    expect(failuresIn(text)).toMatchObject([
      { tool: 'java', message: 'Web server failed to start. Port 8080 was already in use.', at: { from: 2, to: 7 } },
    ]);
  });

  it('takes linear time for hostile lines', () => {
    const texts = [
      'at '.repeat(2_600),
      `${'a.'.repeat(4_000)}`,
      `at ${'x.'.repeat(3_900)}(`,
      `${' '.repeat(7_990)}at x`,
    ];
    const lines = Array.from({ length: 200 }, (_, index) => ({
      number: index + 1,
      text: texts[index % texts.length] ?? '',
      kind: 'output' as const,
    }));
    const start = performance.now();
    expect(java.find(lines)).toEqual([]);
    expect(performance.now() - start).toBeLessThan(2_000);
  });
});
