// Python's tracebacks, real ones and as people paste them → the exception that came first, and its place.
import { describe, expect, it } from '@jest/globals';
import { readJobLog } from '../../../src/failures/read-job-log.ts';
import { python } from '../../../src/failures/tools/python.ts';
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

  it('names the exceptions in a group, and the group that they were raised in', () => {
    expect(failuresIn(fixture('uncaught-group.py'))).toMatchObject([
      {
        type: 'ValueError',
        message: 'bad one\nraised again as ExceptionGroup: several (1 sub-exception)',
        file: `${root}/group.py`,
        line: 1,
      },
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
    expect(failuresIn(text)).toMatchObject([
      { type: 'ZeroDivisionError', message: 'division by zero\nraised again as RuntimeError: checkout failed' },
    ]);
  });

  it('makes nothing of a traceback that was cut off', () => {
    expect(failuresIn(lines.slice(0, 4).join('\n'))).toEqual([]);
  });

  it('leaves out what was logged or ignored where something was not', () => {
    const other = trace.replace('ZeroDivisionError: division by zero', 'KeyError: 1');
    expect(failuresIn(`ERROR:app:trying again\n${other}\n${trace}`)).toMatchObject([{ type: 'ZeroDivisionError' }]);
    expect(failuresIn(`${trace}\nException ignored in: <object>\n${other}`)).toMatchObject([
      { type: 'ZeroDivisionError' },
    ]);
  });

  it('leaves to pip what pip shows of a package’s build', () => {
    const boxed = lines.map((line) => `      ${line}`).join('\n');
    expect(python.find(readJobLog(`  ╰─> [8 lines of output]\n${boxed}\n      [end of output]`).lines)).toEqual([]);
  });

  it('takes any name for an exception’s, and what the runner marked for part of the trace', () => {
    const text = trace.replace('ZeroDivisionError: division by zero', 'shop.errors.OutOfStock: tea\n  and milk');
    expect(failuresIn(text)).toMatchObject([{ type: 'shop.errors.OutOfStock', message: 'tea\n  and milk' }]);
    const marked = lines.map(
      (line) => `2026-03-01T12:00:00.1234567Z ${line.includes('return') ? '##[error]' : ''}${line}`,
    );
    expect(failuresIn(marked.join('\n'))).toMatchObject([{ type: 'ZeroDivisionError', line: 2 }]);
  });
});
