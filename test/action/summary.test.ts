// A report as Markdown and as JSON: complete, readable, and not to be broken by what a repository prints or names.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { marked } from 'marked';
import { DEFAULTS, parseInputs } from '../../action/src/inputs.ts';
import { ReportDraft } from '../../action/src/report.ts';
import { summaryOf } from '../../action/src/summary.ts';

const settings = (more: Record<string, string> = {}) => {
  const given: Record<string, string> = {
    ...DEFAULTS,
    ...{ base: 'a'.repeat(40), candidate: 'b'.repeat(40), incident: 'i-1', command: 'npm test', directory: '/w' },
    ...more,
  };
  return parseInputs((name) => given[name] ?? '');
};
const run = {
  exitCode: 1,
  ended: 'completed',
  durationMs: 1234,
  overlayDigest: 'd',
  output: 'x',
  outputTruncated: false,
} as const;

describe('a report', () => {
  it('is complete at any moment, with the tests that are really changed', () => {
    const draft = new ReportDraft(settings({ tests: 'test/a.js\ntest/b.js' }));
    expect(draft.finish()).toMatchObject({ engine: 'undecided', runs: [], testPaths: [], limits: { network: 'none' } });
    draft.changedPaths = ['a.js', 'test/a.js'];
    draft.engine = 'none';
    draft.error = 'e'.repeat(5_000);
    expect(draft.finish()).toMatchObject({
      testPaths: ['test/a.js'],
      limits: { network: 'unrestricted' },
      error: 'e'.repeat(2_000),
    });
  });
});

describe('the summary', () => {
  it('is one table with a row a run', () => {
    const draft = new ReportDraft(settings());
    draft.engine = 'podman';
    draft.add({ ...run, name: 'base' });
    draft.add({ ...run, name: 'test-only', exitCode: null, ended: 'skipped', reason: 'no test' });
    draft.add({ ...run, name: 'candidate', exitCode: 0 });
    const rows = summaryOf(draft.finish())
      .split('\n')
      .filter((line) => line.startsWith('|'));
    expect(rows.slice(2)).toEqual([
      '| base | the commit that fails, as it is | 1 | 1.2 | red |',
      "| test-only | with the candidate's tests, without its fix | – | 1.2 | skipped: <code>no test</code> |",
      '| candidate | with everything the candidate changes | 0 | 1.2 | green |',
    ]);
  });

  it('has no markup that comes from a command, a reason or an error', () => {
    const nasty = fc.array(
      fc.constantFrom('<img src=x>', '|', '\n\n# H', '`', '</code>', '@someone', '[a](http://b)', '&lt;', '\\'),
    );
    fc.assert(
      fc.property(nasty, (parts) => {
        const text = `x${parts.join('')}`;
        const draft = new ReportDraft(settings({ command: text }));
        draft.add({ ...run, name: 'base', exitCode: null, ended: 'killed', reason: text });
        draft.error = text;
        const html = String(marked.parse(summaryOf(draft.finish()), { gfm: true }));
        expect(html).not.toMatch(/<img|<a |<h1/);
        expect(html.match(/<tr>/g)).toHaveLength(2);
        expect(html.match(/<code>/g)).toHaveLength(6);
        expect(summaryOf(draft.finish())).not.toContain('@someone');
      }),
    );
  });
});
