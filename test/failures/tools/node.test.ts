// Errors that nobody caught, from Node.js itself and as people paste them → type, message, root cause and place.
import { describe, expect, it } from '@jest/globals';
import { failuresIn, fixture } from '../fixture.ts';

const root = '/home/runner/work/shop/shop';

describe('node', () => {
  it.each([
    [
      'uncaught-uncaught.mjs',
      {
        type: 'TypeError',
        message: "Cannot read properties of undefined (reading 'value')",
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
    ['uncaught-reject.mjs', { type: 'AggregateError', message: 'all failed', file: `${root}/reject.mjs`, line: 1 }],
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
});
