// Python's tracebacks, real ones and as people paste them → the exception that came first, and its place.
import { describe, expect, it } from '@jest/globals';
import { failuresIn, fixture } from '../fixture.ts';

const root = '/home/runner/work/shop/shop';

describe('python', () => {
  it('names the root of a chain, and lists its frames first', () => {
    const [failure, ...others] = failuresIn(fixture('uncaught-chain.py'));
    expect(others).toEqual([]);
    expect(failure).toMatchObject({
      tool: 'python',
      type: 'json.decoder.JSONDecodeError',
      file: `${root}/chain.py`,
      line: 3,
      at: { from: 1, to: 26 },
    });
    expect(failure?.frames.map((frame) => frame.function)).toEqual([
      'raw_decode',
      'decode',
      'loads',
      'parse',
      'main',
      'main',
      '<module>',
    ]);
  });

  it('reads syntax errors, which have no traceback', () => {
    expect(failuresIn(fixture('uncaught-syn.py'))).toMatchObject([
      { type: 'SyntaxError', message: 'invalid syntax', file: `${root}/syn.py`, line: 1 },
    ]);
  });

  it('reads groups and the exceptions in them', () => {
    expect(failuresIn(fixture('uncaught-group.py'))).toMatchObject([
      { type: 'ExceptionGroup', message: 'several (1 sub-exception)' },
      { type: 'ValueError', message: 'bad one', file: `${root}/group.py`, line: 1 },
    ]);
  });

  const trace = `Traceback (most recent call last):
  File "/app/shop/views.py", line 40, in checkout
    total = calc(price, discount)
            ^^^^^^^^^^^^^^^^^^^^^
  File "/app/shop/pricing.py", line 2, in calc
    return price / discount
           ~~~~~~^~~~~~~~~~
ZeroDivisionError: division by zero`;
  const lines = trace.split('\n');

  it.each([
    ['as it is', trace],
    ['quoted', lines.map((line) => `> ${line}`).join('\n')],
    ['quoted, then prose', `${lines.map((line) => `> ${line}`).join('\n')}\n\nIt happens every day.`],
    ['indented', lines.map((line) => `    ${line}`).join('\n')],
    ['in a fence', `\`\`\`python\n${trace}\n\`\`\``],
    [
      'with a logger’s prefix',
      lines.map((line, second) => `2026-03-01 12:00:0${second},123 ERROR app: ${line}`).join('\n'),
    ],
    ['after a logger’s line', `ERROR:app:Exception on /checkout [POST]\n${trace}\n127.0.0.1 - - "POST /checkout" 500`],
    ['from a container', lines.map((line) => `web-1  | ${line}`).join('\n')],
    ['with Windows line ends', `${lines.join('\r\n')}\r\n`],
    ['in one line of JSON', JSON.stringify({ level: 'error', exc_info: trace, app: 'shop' })],
  ])('reads a traceback %s', (_, text) => {
    expect(failuresIn(text)).toMatchObject([
      {
        tool: 'python',
        type: 'ZeroDivisionError',
        message: 'division by zero',
        file: '/app/shop/pricing.py',
        line: 2,
        frames: [{ function: 'calc' }, { function: 'checkout' }],
      },
    ]);
  });

  it('names the cause where an exception was raised from another', () => {
    const text = `${trace}\n\nThe above exception was the direct cause of the following exception:\n\nTraceback (most recent call last):\n  File "/app/run.py", line 1, in main\n    x()\nRuntimeError: checkout failed`;
    expect(failuresIn(text)).toMatchObject([{ type: 'ZeroDivisionError' }]);
  });

  it('makes nothing of a traceback that was cut off', () => {
    expect(failuresIn(lines.slice(0, 4).join('\n'))).toEqual([]);
  });
});
