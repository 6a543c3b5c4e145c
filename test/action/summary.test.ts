// A report as Markdown and as JSON: complete, readable, and not to be broken by what a repository prints or names.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { marked } from 'marked';
import { DEFAULTS, parseInputs } from '../../action/src/inputs.ts';
import { ReportDraft } from '../../action/src/report.ts';
import { summaryOf } from '../../action/src/summary.ts';
import type { SandboxRun } from '../../src/stages/validation/sandbox-report.ts';

const settings = (more: Record<string, string> = {}) => {
  const given: Record<string, string> = {
    ...DEFAULTS,
    ...{ base: 'a'.repeat(40), candidate: 'b'.repeat(40), incident: 'i-1', command: 'npm test', directory: '/w' },
    ...more,
  };
  return parseInputs((name) => given[name] ?? '');
};
const run = {
  round: 1,
  startedAt: '2026-03-02T08:30:10.000Z',
  reports: [],
  exitCode: 1 as number | null,
  ended: 'completed' as const,
  durationMs: 1234,
  overlayDigest: 'd',
  output: 'x',
  outputTruncated: false,
} satisfies Omit<SandboxRun, 'name'>;
const end = { exitCode: 1, durationMs: 1234, output: 'x', outputTruncated: false };

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
    draft.add({ ...run, name: 'base', tree: 'c'.repeat(40) });
    draft.add({ ...run, name: 'base', round: 2 });
    draft.add({ ...run, name: 'test-only', exitCode: null, ended: 'skipped', reason: 'no test' });
    const { exitCode: _, ...rest } = end;
    draft.add({ ...run, name: 'candidate', exitCode: 0, testCommand: { ...rest, exitCode: null, ended: 'timed-out' } });
    const rows = summaryOf(draft.finish())
      .split('\n')
      .filter((line) => line.startsWith('|'));
    expect(rows.slice(2)).toEqual([
      '| base | the commit that fails, as it is | 1 | 1.2 | red | <code>cccccccccccc</code> |',
      '| base, round 2 | the commit that fails, as it is | 1 | 1.2 | red | – |',
      "| test-only | with the candidate's tests, without its fix | – | 1.2 | skipped: <code>no test</code> | – |",
      '| candidate | with everything the candidate changes | 0 | 1.2 | green | – |',
      '| candidate, all tests | with everything the candidate changes | – | 1.2 | timed-out | – |',
    ]);
  });

  it('shows the end of what a red run printed, and nothing of a green one', () => {
    const draft = new ReportDraft(settings());
    draft.add({ ...run, name: 'base', output: `${'line\n'.repeat(500)}the\n\n<b>end</b>\n` });
    draft.add({ ...run, name: 'candidate', exitCode: 0, output: 'all is well' });
    const html = String(marked.parse(summaryOf(draft.finish()), { gfm: true }));
    expect(html.match(/<pre>/g)).toHaveLength(1);
    expect(html).toContain('the&#10;&#10;&#60;b&#62;end');
    expect(html).not.toContain('all is well');
    expect(html.length).toBeLessThan(4_000);
  });

  it('names the machine and the time', () => {
    const draft = new ReportDraft(settings(), { ImageOS: 'ubuntu24', ImageVersion: '20261101.1' });
    expect(draft.finish().environment).toMatchObject({
      runnerImage: 'ubuntu24 20261101.1',
      architecture: process.arch,
    });
    expect(summaryOf(draft.finish())).toMatch(/processors, \d+ MB, image <code>ubuntu24 20261101\.1<\/code>, from 20/);
  });

  it('has no markup that comes from a command, a reason or an error', () => {
    const nasty = fc.array(
      fc.constantFrom('<img src=x>', '|', '\n\n# H', '`', '</code>', '@someone', '[a](http://b)', '&lt;', '\\'),
    );
    fc.assert(
      fc.property(nasty, (parts) => {
        const text = `x${parts.join('')}`;
        const draft = new ReportDraft(settings({ command: text }));
        draft.add({
          ...run,
          name: 'base',
          exitCode: null,
          ended: 'killed',
          reason: text,
          output: `${text}\n\n${text}`,
        });
        draft.error = text;
        const html = String(marked.parse(summaryOf(draft.finish()), { gfm: true }));
        expect(html).not.toMatch(/<img|<a |<h1/);
        expect(html.match(/<tr>/g)).toHaveLength(2);
        expect(html.match(/<code>/g)).toHaveLength(7);
        expect(html.match(/<pre>/g)).toHaveLength(1);
        expect(summaryOf(draft.finish())).not.toContain('@someone');
      }),
    );
  });
});
