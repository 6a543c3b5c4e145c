import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { marked, type Token } from 'marked';
import type { CaseFile } from '../../../src/incident/case-file.ts';
import type { Incident } from '../../../src/incident/incident.ts';
import { explanation } from '../../../src/stages/review/explanation.ts';
import { incidentReport, proofTable } from '../../../src/stages/review/incident-report.ts';
import { prose } from '../../../src/text/outbound.ts';
import {
  attempt,
  diagnosis,
  evidence,
  incident,
  issueTrigger,
  patchedFile,
  provenValidation,
  runTrigger,
} from '../../incident/sample.ts';

const proven = (papers: Partial<CaseFile> = {}, changes: Partial<Incident> = {}) =>
  incident(
    { step: 'open', ...changes },
    { evidence, diagnosis, patch: { attempts: [attempt] }, validation: provenValidation, ...papers },
  );

interface Shown {
  links: string[];
  headings: string[];
  images: number;
  html: string[];
  text: string;
}

/** What a reader sees of a Markdown text. */
function shown(markdown: string): Shown {
  const seen: Shown = { links: [], headings: [], images: 0, html: [], text: '' };
  marked.walkTokens(marked.lexer(markdown), (token: Token) => {
    if (token.type === 'link') seen.links.push(token.href);
    if (token.type === 'heading') seen.headings.push(token.text);
    if (token.type === 'image') seen.images += 1;
    if (token.type === 'html') seen.html.push(token.raw);
    if (token.type === 'text' && !('tokens' in token && token.tokens)) seen.text += `${token.text}\n`;
  });
  return seen;
}

const ownLinks = [runTrigger.url, evidence.job?.url, provenValidation.runUrl];
const ownHtml =
  /^(<\/?(details|summary|sub|code|br)>|<!-- -->|\s|<summary>(Evidence|Diff|Timeline|Attempt \d+:([^<]|<!-- -->)*)<\/summary>)*$/;

describe('the incident report', () => {
  it('says what it has cost GitHub', () => {
    expect(incidentReport(proven({ githubRequests: { sent: 12, unchanged: 1, mints: 5 } })).text).toContain(
      'GitHub was asked 12 times before this pull request.',
    );
    expect(incidentReport(proven()).text).not.toContain('GitHub was asked');
  });

  it('tells what happened, what changes and the proof', () => {
    const { headings, links } = shown(incidentReport(proven()).text);
    expect(headings).toEqual(['What happened', 'What this changes', 'Proof']);
    expect([...new Set(links)].sort()).toEqual([...ownLinks].sort());
  });

  it('shows the proof run by run', () => {
    const { text } = incidentReport(proven());
    expect(text).toContain('| The failing commit, as it is | ✗\u00a0red | 0.2 s | exit code 1 |');
    expect(text).toContain('| This change | ✓\u00a0green | 0.2 s | exit code 0 |');
    expect(text).toContain('Ran `python3 -m unittest` without network, secrets or tokens (bubblewrap)');
  });

  it('says of an issue what was red: not the code as it was, but the new test on it', () => {
    const [base, ...others] = provenValidation.runs ?? [];
    if (!base) throw new Error('the sample has no runs');
    const validation = { ...provenValidation, runs: [{ ...base, was: 'green' as const }, ...others] };
    const { text: report } = incidentReport(proven({ trigger: issueTrigger, validation }));
    expect(report).toMatch(
      /^> \[!NOTE\]\n> Issue #4 reports `.*`\. In the sandbox, the new test is red without this change/,
    );
    expect(report).toContain('| The code, as it is | ✓\u00a0green |');
    expect(incidentReport(proven()).text).toContain('the same command is red without this change and green with it.');
  });

  it('closes the issue that asked, and only for an issue', () => {
    expect(incidentReport(proven({ trigger: issueTrigger })).text).toContain('\n\nFixes #4\n\n');
    expect(incidentReport(proven()).text).not.toMatch(/\b(fixe[sd]|close[sd]?|resolve[sd]?) #/i);
  });

  it('counts the lines of every file, whatever they look like', () => {
    const query = {
      ...patchedFile,
      path: 'q.sql',
      before: '-- an old comment\nselect 1;\n',
      after: '++counter;\nselect 1;\n',
    };
    const test = { ...patchedFile, path: 'tests/b.py', before: null, after: 'a\nb\n', isTest: true };
    const { text: report } = incidentReport(proven({ patch: { attempts: [{ ...attempt, files: [query, test] }] } }));
    expect(report).toContain('| `q.sql` | fix | +1 −1 |\n| `tests/b.py` | new regression test | +2 −0 |');
  });

  it('fits into a pull request, whatever the model wrote', () => {
    const huge = 'a `b` @c\n'.repeat(40_000);
    const { text: report } = incidentReport(
      proven({
        diagnosis: { ...diagnosis, rootCause: huge },
        patch: { attempts: [{ ...attempt, explanation: huge, diff: huge }] },
      }),
    );
    expect(report.length).toBeLessThan(65_536);
  });
});

describe('whoever wrote the words in it', () => {
  const hostile = fc
    .array(
      fc.oneof(
        fc.string({ unit: 'grapheme', maxLength: 12 }),
        fc.constantFrom(
          '@ada',
          '@acme/team',
          'Closes #1',
          'fixes acme/pricing#1',
          '\n\n# Heading\n\n',
          '```\n',
          '~~~',
          '[x](https://evil.example)',
          '![x](https://evil.example/p.png)',
          'https://evil.example',
          'www.evil.example',
          '<https://evil.example>',
          '<img src=x>',
          '<script>',
          '</details>',
          '</summary>',
          '<!--',
          '-->',
          '| a | b |\n| - | - |\n',
          '`',
          '``',
          '$$x$$',
          '&lt;b&gt;',
          '\n> quote\n',
          '\n    indented\n',
          '[ref]: https://evil.example\n',
          'ada@evil.example',
          '\u202e',
          '\u200b',
          'a'.repeat(40),
        ),
      ),
      { maxLength: 12 },
    )
    .map((parts) => parts.join(' '));

  const hostileIncident = fc.tuple(hostile, hostile, hostile).map(([one, two, three]) =>
    proven(
      {
        trigger: { ...runTrigger, workflowName: one, headBranch: two },
        diagnosis: { ...diagnosis, rootCause: one, mechanism: two, change: three },
        evidence: {
          ...evidence,
          excerpt: two,
          failures: [{ tool: 'jest', type: one, message: three, frames: [], at: { from: 1, to: 2 } }],
          ...(evidence.job ? { job: { ...evidence.job, name: three, step: one } } : {}),
          suspects: [{ path: two, score: 1, reasons: [three] }],
        },
        patch: {
          attempts: [
            {
              ...attempt,
              subject: two,
              explanation: three,
              feedback: one,
              diff: three,
              files: [{ ...patchedFile, path: one }],
            },
          ],
        },
        validation: {
          ...provenValidation,
          command: one,
          runs: [{ name: 'base', expected: 'red', was: 'red', detail: two, durationMs: 1 }],
        },
        modelCalls: [
          {
            step: 'x',
            model: three,
            promptVersion: '',
            inputTokens: 1,
            outputTokens: 1,
            thinkingTokens: 0,
            cachedTokens: 0,
            latencyMs: 1,
          },
        ],
      },
      {
        stopReason: 'no-patch',
        stopDetail: three,
        timeline: [{ at: '2026-03-02T08:00:00.000Z', step: 'settle', kind: 'again', text: one }],
      },
    ),
  );

  it.each([
    ['report', incidentReport],
    ['explanation', explanation],
  ])('the %s links nowhere else, pings nobody, and keeps its shape', (_, render) => {
    fc.assert(
      fc.property(hostileIncident, (subject) => {
        const seen = shown(render(subject).text);
        expect(seen.links.filter((link) => !ownLinks.includes(link))).toEqual([]);
        expect(seen.images).toBe(0);
        expect(
          seen.headings.filter(
            (heading) =>
              !/^(What happened|What this changes|Proof|What it found|Where to look|What the sandbox saw)$/.test(
                heading,
              ),
          ),
        ).toEqual([]);
        expect(seen.html.filter((html) => !ownHtml.test(html))).toEqual([]);
        expect(seen.text).not.toMatch(/(?<![\w`])@\w|\b(close[sd]?|fix(es|ed)?|resolve[sd]?):? [\w/.-]*#\d/i);
      }),
      { numRuns: 300 },
    );
  });
});

describe('the words for a proof', () => {
  it('say so where there was no sandbox run', () => {
    expect(proofTable(undefined).text).toBe('_No sandbox run was made._');
  });

  it('do not claim a sandbox where the workflow asked for none', () => {
    const { text: table } = proofTable({ ...provenValidation, engine: 'none' });
    expect(table).not.toContain('without network');
    expect(table).toContain('without a sandbox');
  });

  it('keep code as code and everything around it as plain text', () => {
    expect(prose('`calc` divides by *zero* `x|y`').text).toBe('`calc` divides by \\*zero\\* <code>x&#124;y</code>');
  });
});
