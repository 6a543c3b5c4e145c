// The section of the report that says what was read, and of whom.
import { describe, expect, it } from '@jest/globals';
import { lexer } from 'marked';
import type { Taint } from '../../../src/incident/case-file.ts';
import { incidentReport } from '../../../src/stages/review/incident-report.ts';
import { shownInReport, whatWasRead } from '../../../src/stages/review/what-was-read.ts';
import { attempt, incident } from '../../incident/sample.ts';

const entry = (changes: Partial<Taint> = {}): Taint => ({
  source: 'job log',
  of: 'test (22)',
  bytes: 120_000,
  redactions: 0,
  suspicious: [],
  went: ['diagnose'],
  ...changes,
});
const withLedger = (...taint: Taint[]) => incident({ step: 'open' }, { taint, patch: { attempts: [attempt] } });

describe('what was read', () => {
  it('names source, author, size, redactions, ways and remarks; what gives orders first', () => {
    const { text } = whatWasRead(
      withLedger(
        entry({ redactions: 3, went: ['diagnose', 'propose'] }),
        entry({ source: 'source file', of: 'pricing/calc.py' }),
        entry({ source: 'source file', of: 'README.md' }),
        entry({
          source: 'issue',
          of: '#4',
          author: 'grace',
          association: 'FIRST_TIMER',
          suspicious: ['asks for approval'],
        }),
      ),
    );
    expect(
      text
        .split('\n')
        .filter((line) => line.startsWith('|'))
        .slice(2),
    ).toEqual([
      '| issue `#4` | grace \\(first timer\\) | 120,000 |  | diagnose, report | asks for approval |',
      '| job log `test (22)` |  | 120,000 | 3 | diagnose, propose, report |  |',
      '| source file `pricing/calc.py` |  | 120,000 |  | diagnose, report |  |',
      '| source file `README.md` |  | 120,000 |  | diagnose |  |',
    ]);
    expect(text).toContain('<summary>What was read</summary>');
  });

  it('stays within thirty rows, whoever chose the names', () => {
    const hostile = entry({ of: 'a|b`</details>\n@ada #1', author: '<img src=x> @ada' });
    const { text } = whatWasRead(withLedger(...Array.from({ length: 40 }, () => hostile)));
    const [table] = lexer(text).filter((token) => token.type === 'table');
    expect(table?.type === 'table' && table.rows).toHaveLength(30);
    expect(text).toContain('_And 10 more._');
    expect(text).not.toMatch(/@ada|<img|#1\b/);
    expect(text.match(/<\/details>/g)).toHaveLength(1);
  });

  it('is a part of the report, and absent where no ledger was kept', () => {
    expect(incidentReport(withLedger(entry())).text).toContain('What was read');
    expect(incidentReport(withLedger()).text).not.toContain('What was read');
    expect(whatWasRead(incident()).text).toBe('');
    expect(shownInReport(incident())).toEqual({});
  });
});
