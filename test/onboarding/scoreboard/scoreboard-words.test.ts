import { describe, expect, it } from '@jest/globals';
import type { ScoreboardEntry } from '../../../src/incident/scoreboard.ts';
import { scoreboardBody, weekComment } from '../../../src/onboarding/scoreboard/scoreboard-words.ts';
import { entry, theirs } from './sample-entry.ts';

const week = '2026-03-09';
const since = '2026-03-02T09:00:00.000Z';

const bare = (changes: Partial<ScoreboardEntry>): ScoreboardEntry => {
  const { proof: _, ...rest } = entry();
  return { ...rest, files: [], functions: [], ...changes };
};

describe('a week', () => {
  it('compares what would have been done with what people did', () => {
    const { text } = weekComment([entry({ theirs })], week);
    expect(text).toContain(
      '| [test\\_free](https://github.com/acme/shop/actions/runs/71) | opened it. [Proven](https://github.com/acme/shop/actions/runs/72) after 4 min. | [green](https://github.com/acme/shop/actions/runs/80) at `bbbbbbb` after 3 h | 1 of 1 files: `shop/calc.py`<br>1 of 2 functions: `calc` |',
    );
  });

  it('has no row of another week', () => {
    expect(weekComment([entry({ toldOn: '2026-03-02' })], week).text).not.toContain('runs/71');
  });

  it.each([
    ['| run the failed jobs', bare({ would: 'rerun', said: 'It would have run the failed jobs again: a time-out.' })],
    ['said why it changes nothing. Not sure.', bare({ would: 'explain', said: 'Not sure.' })],
    ['no green run yet', entry()],
    ['the same commit: [green](', entry({ theirs: { ...theirs, kind: 'passed-again', minutes: 10 } })],
    ['[Partly proven](', entry({ proof: { verdict: 'partly-proven', runUrl: 'https://x.example/1', minutes: 0 } })],
    ['after less than a minute', entry({ proof: { verdict: 'proven', runUrl: 'https://x.example/1', minutes: 0 } })],
    ['0 of 1 files |', bare({ files: ['a.py'], theirs })],
    ['0 of 1 files<br>', entry({ theirs: { ...theirs, files: ['other.py'] } })],
  ])('tells of “%s”', (words, one) => expect(weekComment([one], week).text).toContain(words));

  it('of many failures fits into a comment', () => {
    const many = Array.from({ length: 200 }, () => entry({ theirs, said: 'x'.repeat(300) }));
    const { text } = weekComment(many, week);
    expect(text).toContain('And 150 more.');
    expect(text.length).toBeLessThan(65_000);
  });

  it('pings nobody and ends no cell, whatever a test is called', () => {
    const { text } = weekComment([entry({ failure: { name: '@ada | #4\n| x', url: 'javascript:alert(1)' } })], week);
    expect(text).not.toMatch(/@ada|#4|javascript/);
    expect(text.split('\n').filter((line) => line.startsWith('|'))).toHaveLength(3);
  });
});

it('the standing issue adds all weeks up', () => {
  const entries = [
    entry({ theirs }),
    entry({ theirs: { ...theirs, files: [], functions: [] }, toldOn: '2026-03-02' }),
    entry({ would: 'rerun' }),
    entry({ would: 'explain' }),
  ];
  const { text } = scoreboardBody({ since, entries }, week);
  const rows = [
    'Since 2026-03-02 Self-Heal runs here in shadow mode',
    '| Failures looked into | 4 |',
    '| Pull requests it would have opened | 2 |',
    '| Runs it would have run again | 1 |',
    '| Failures it would only have explained | 1 |',
    '| Failures that people fixed | 2 |',
    '| Of both, with a file in common | 1 of 2 |',
    '| Of both, with a function in common | 1 of 2 |',
    '| From the failure to its proof, median | 4 min |',
    '| From the failure to people’s green run, median | 3 h |',
  ];
  expect(rows.filter((line) => !text.includes(line))).toEqual([]);
});
