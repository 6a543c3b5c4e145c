// Java's traces, a real one and as loggers print them → the root cause and its place.
import { describe, expect, it } from '@jest/globals';
import { failuresIn, fixture } from '../fixture.ts';

describe('java', () => {
  it('names the last cause, and gives files the folder of their package', () => {
    expect(failuresIn(fixture('uncaught-java'))).toMatchObject([
      {
        tool: 'java',
        type: 'java.lang.ArithmeticException',
        message: '/ by zero',
        file: 'shop/Pricing.java',
        line: 3,
        frames: [{ function: 'shop.Pricing.calc' }, { line: 5 }, { line: 7 }],
      },
    ]);
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
});
