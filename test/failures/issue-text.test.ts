// Issues as people write them → the traces in them, with the issue's own line numbers; versions, environment and links.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { findFailures } from '../../src/failures/find-failures.ts';
import { readIssue } from '../../src/failures/issue-text.ts';

const home = 'https://github.com/octo/shop';
const failuresIn = (text: string) => findFailures(readIssue(text, home).log);

const trace = [
  'Traceback (most recent call last):',
  '  File "/app/src/shop/price.py", line 12, in share',
  '    return total / parts',
  'ZeroDivisionError: division by zero',
];
const found = [
  { tool: 'python', type: 'ZeroDivisionError', message: 'division by zero', file: '/app/src/shop/price.py', line: 12 },
];
const each = (prefix: string): string => trace.map((line) => `${prefix}${line}`).join('\n');

describe('readIssue', () => {
  it.each([
    ['bare', each('')],
    ['in a fence', `\`\`\`python\n${each('')}\n\`\`\``],
    ['in a fence in a list', `1. Run it\n   \`\`\`\n${each('   ')}\n   \`\`\``],
    ['indented as code', each('    ')],
    ['quoted', each('> ')],
    ['quoted twice, in a fence', `> > \`\`\`\n${each('> > ')}\n> > \`\`\``],
    ['inside details', `<details><summary>Log</summary>\n\n\`\`\`\n${each('')}\n\`\`\`\n\n</details>`],
    ['inside pre, escaped', `<pre>\n${each('').replaceAll('"', '&quot;')}\n</pre>`],
    ['with timestamps', each('2026-03-01T12:00:00.123Z ')],
    ['with a logger’s level', each('2026-03-01 12:00:00,123 ERROR ')],
    ['from docker compose', each('web_1  | ')],
    ['from the journal', each('Mar  1 12:00:00 host shop[812]: ')],
  ])('finds a trace %s', (_, text) => {
    const failures = failuresIn(`It crashes since yesterday:\n\n${text}\n\nAny idea? Thanks!`);
    expect(failures).toMatchObject(found);
  });

  it('numbers lines as the issue has them', () => {
    const text = `Hello\n\n> \`\`\`\n${each('> ')}\n> \`\`\``;
    expect(failuresIn(text)[0]?.at).toEqual({ from: 4, to: 7 });
  });

  it.each([
    ['Version: 1.4.2', ['1.4.2']],
    ['- **Package version**: `v2.0.0-rc.1`', ['2.0.0-rc.1']],
    ['### Version\n\n3.1.0\n\n### Node version\n\n22.1.0', ['3.1.0']],
    ['It worked before we upgraded to 5.2.', ['5.2']],
    ['Node: v22.1.0\nPython 3.12.1\nOS: Ubuntu 24.04', []],
    ['The server at 10.0.0.1 answers 1.5 s later', []],
  ])('reads the affected version: %j', (text, versions) => {
    expect(readIssue(text, home).versions).toEqual(versions);
  });

  it('keeps what is said of the environment', () => {
    const text = '### Environment\n- Node: v22.1.0\n- **OS**: Windows 11\n* Python 3.12\n\nI like Python.\nGo away';
    expect(readIssue(text, home).environment).toEqual(['Node: v22.1.0', 'OS: Windows 11', 'Python 3.12']);
  });

  it('follows links to runs and commits of this repository only', () => {
    const text = `See ${home}/actions/runs/123/attempts/2 and ${home}/actions/runs/77/job/991, broken by ${home}/commit/0a1b2c3d4e.
https://github.com/octo/shop2/actions/runs/5 https://github.com/evil/shop/commit/ffffffff https://github.com.evil.example/octo/shop/actions/runs/6`;
    expect(readIssue(text, home)).toMatchObject({
      runs: [
        { id: 123, attempt: 2 },
        { id: 77, jobId: 991 },
      ],
      commits: ['0a1b2c3d4e'],
    });
  });

  it('gives one line for each of the issue’s, whatever it holds', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('> ', '```', '    x', '<pre>', '', 'a | b', '&lt;', '12:00:01 x', '\t')),
        (lines) => {
          const { log } = readIssue(lines.join('\n'), home);
          expect(log.lineCount).toBeLessThanOrEqual(lines.length);
        },
      ),
      { numRuns: 200 },
    );
  });
});
