// Errors that nobody caught, from Node.js itself and as people paste them → type, message, root cause and place.
import { describe, expect, it } from '@jest/globals';
import { failuresIn, fixture, jobLog } from '../fixture.ts';

const root = '/home/runner/work/shop/shop';

describe('node', () => {
  it.each([
    [
      'uncaught-uncaught.mjs',
      {
        type: 'TypeError',
        message: "Cannot read properties of undefined (reading 'value')\nraised again as Error: could not start",
        file: `${root}/uncaught.mjs`,
        line: 1,
        column: 44,
      },
    ],
    ['uncaught-plain.cjs', { type: 'Error', file: `${root}/plain.cjs`, line: 1 }],
    [
      'uncaught-syntax.cjs',
      { type: 'SyntaxError', message: "Unexpected token ';'", file: `${root}/syntax.cjs`, line: 1 },
    ],
    [
      'uncaught-reject.mjs',
      {
        type: 'Error',
        message: 'one\nraised again as AggregateError: all failed',
        file: `${root}/reject.mjs`,
        line: 1,
      },
    ],
  ])('reads %s', (name, expected) => {
    expect(failuresIn(fixture(name))).toMatchObject([{ tool: 'node', ...expected }]);
  });

  const trace =
    "TypeError: Cannot read properties of undefined (reading 'id')\n    at total (/srv/app/src/cart.js:14:22)\n    at Layer.handle (/srv/app/node_modules/express/lib/router/layer.js:95:5)";
  const lines = trace.split('\n');

  it.each([
    ['as it is', trace],
    ['quoted', lines.map((line) => `> ${line}`).join('\n')],
    ['in a fence, in a list', `- it broke:\n\n  \`\`\`\n${lines.map((line) => `  ${line}`).join('\n')}\n  \`\`\`\n`],
    ['with a logger’s prefix', lines.map((line, second) => `2026-03-01T12:00:0${second}Z ERROR ${line}`).join('\n')],
    ['from a container', lines.map((line) => `web-1  | ${line}`).join('\n')],
    ['after “Uncaught”', `Uncaught ${trace}`],
    ['with Windows line ends', `${lines.join('\r\n')}\r\n`],
    ['in one line of JSON', JSON.stringify({ level: 50, err: { type: 'TypeError', stack: trace }, msg: 'boom' })],
    ['between prose', `Since yesterday we see this at 12:30:45:\n\n${trace}\n\nAny idea?`],
  ])('reads a trace %s', (_, text) => {
    expect(failuresIn(text)).toMatchObject([
      {
        tool: 'node',
        type: 'TypeError',
        message: "Cannot read properties of undefined (reading 'id')",
        file: '/srv/app/src/cart.js',
        line: 14,
        column: 22,
      },
    ]);
    expect(failuresIn(text)[0]?.frames).toHaveLength(2);
  });

  it('keeps two traces apart', () => {
    const two = `${trace}\n\nRangeError: too much\n    at f (C:\\app\\b.js:1:2)`;
    expect(failuresIn(two).map((failure) => failure.type)).toEqual(['TypeError', 'RangeError']);
  });

  it('reads messages of several lines and types with a code', () => {
    const text =
      'AssertionError [ERR_ASSERTION]: Expected values to be equal:\n+ actual\n- expected\n    at check (a.mjs:1:2)';
    expect(failuresIn(text)).toMatchObject([
      { type: 'AssertionError', message: 'Expected values to be equal:\n+ actual\n- expected' },
    ]);
  });

  const inJob = (output: string) => failuresIn(jobLog([{ command: 'node main.js', output, exitCode: 1 }]));

  it('reads the trace that a program prints as its last words', () => {
    expect(inJob(`Releasing…\n${trace}\nRelease failed.`)).toMatchObject([
      { tool: 'node', type: 'TypeError', line: 14 },
    ]);
  });

  it('prefers the error that ended the process to those it went on after', () => {
    const end =
      '/srv/app/src/end.js:3\nthrow new RangeError("end");\n^\n\nRangeError: end\n    at f (/srv/app/src/end.js:3:7)';
    expect(inJob(`${trace}\nretrying\n${end}\n\nNode.js v24.1.0`)).toMatchObject([{ type: 'RangeError', line: 3 }]);
  });

  it.each([
    ['a handled error', `${trace}\nretrying\n1\n2\n3\n4`],
    ['a warning', '(node:7) [DEP0001] DeprecationWarning: old\n    at f (/srv/app/a.js:1:2)'],
    ['console.trace', 'Trace: here\n    at f (/srv/app/a.js:1:2)'],
  ])('leaves %s in a job that failed otherwise', (_, output) => {
    expect(inJob(output)).toMatchObject([{ tool: expect.not.stringMatching('node') }]);
  });

  it('reads a full heap with what stands above it', () => {
    const text =
      '<--- Last few GCs --->\n\n[1:0x1] 66 ms: Mark-Compact\n\nFATAL ERROR: Ineffective mark-compacts near heap limit Allocation failed - JavaScript heap out of memory\n 1: 0xb08e80 node::Abort() [node]';
    expect(failuresIn(text)).toMatchObject([{ tool: 'node', type: 'FATAL ERROR', at: { from: 1, to: 5 } }]);
  });

  it('names the first of several causes that a wrapped AggregateError lists', () => {
    const text =
      'Error: closed\n    at f (/w/a.js:1:1) {\n  [cause]: AggregateError: none\n      at g (/w/b.js:2:2) {\n    [errors]: [\n      TypeError: x\n          at h (/w/c.js:3:3),\n      RangeError: y\n          at i (/w/d.js:4:4)\n    ]\n  }\n}';
    expect(failuresIn(text)).toMatchObject([
      {
        type: 'TypeError',
        message: 'x\nraised again as AggregateError: none\nraised again as Error: closed',
        file: '/w/c.js',
      },
    ]);
  });
});
