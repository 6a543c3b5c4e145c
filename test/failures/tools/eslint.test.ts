// ESLint's rows and what only looks like them, beyond what the fixtures show.
import { describe, expect, it } from '@jest/globals';
import { eslint } from '../../../src/failures/tools/eslint.ts';
import { failuresIn } from '../fixture.ts';

describe('eslint', () => {
  it('reads errors and leaves warnings', () => {
    const text = '/w/my shop/a.ts\n  3:12  error  Unexpected var  no-var\n  4:1  warning  x  y\n';
    expect(failuresIn(text)).toMatchObject([
      { tool: 'eslint', type: 'no-var', message: 'Unexpected var', file: '/w/my shop/a.ts', line: 3, column: 12 },
    ]);
  });

  it('reads rows that the runner marked as errors', () => {
    const lines = ['/w/a.ts', '##[error]  3:12  error  Unexpected var  @shop/ban/no-var'];
    const text = lines.map((line) => `2026-03-01T12:00:00.0000000Z ${line}\n`).join('');
    expect(failuresIn(text)).toMatchObject([{ type: '@shop/ban/no-var', file: '/w/a.ts', line: 3 }]);
  });

  it('takes the warnings of the run that had too many, not of one before', () => {
    const run = (file: string) =>
      `/w/${file}\n  1:1  warning  Unexpected var  no-var\n\n✖ 1 problem (0 errors, 1 warning)\n\n`;
    const found = failuresIn(`${run('a.js')}${run('b.js')}ESLint found too many warnings (maximum: 0).`);
    expect(found).toMatchObject([{ file: '/w/b.js', type: 'no-var' }]);
  });

  it('reads JSON that was cut off', () => {
    const json =
      '[{"filePath":"/w/a.js","messages":[{"ruleId":"no-var","severity":2,"message":"Say \\"let\\".","line":1,"column":2},{"ruleId":"eqe';
    expect(failuresIn(json)).toMatchObject([
      { type: 'no-var', message: 'Say "let".', file: '/w/a.js', line: 1, column: 2 },
    ]);
  });

  it.each([
    '  3:12  error  no file above',
    './a.js\n 12:30  error in the schedule',
    '✖ 0 problems',
    'a: line 3, Error - x',
  ])('leaves %j', (text) => {
    expect(failuresIn(text)).toEqual([]);
  });

  it('is linear on hostile lines', () => {
    const hostile = [
      'a: line 1'.repeat(800),
      '{"ruleId":null,'.repeat(500),
      ` 1:1 error  ${'x  '.repeat(2_500)}`,
      'a:'.repeat(4_000),
    ];
    const lines = [...hostile, `[{"filePath":${hostile[1]}`].map((text, index) => {
      return { number: index + 1, text, kind: 'output' as const };
    });
    expect(eslint.find(lines)).toEqual([]);
  });
});
