// What a scoreboard knows → the standing issue's title and body, and the comment of a week.
import { policyPath } from '../../config/policy.ts';
import type { Scoreboard, ScoreboardEntry } from '../../incident/scoreboard.ts';
import {
  clippedBody,
  inlineCode,
  joined,
  link,
  type Markdown,
  markdown,
  nothing,
  paragraphs,
  prose,
  table,
  title,
} from '../../text/outbound.ts';

export const scoreboardTitle = title`Self-Heal: what it would have done`;

const mostRows = 50;

export function scoreboardBody({ since, entries }: Pick<Scoreboard, 'since' | 'entries'>, week: string): Markdown {
  return clippedBody(
    paragraphs([
      markdown`Since ${day(since)} Self-Heal runs here in shadow mode: it does all of its work, proof included, and shows none of it. Once a week this issue tells what it would have done, and what people did.`,
      markdown`### All weeks\n\n${totals(entries)}`,
      weekSection(entries, week),
      markdown`${inlineCode('mode: propose')} in ${inlineCode(policyPath)} lets it open pull requests. Close this issue, and there are no more scoreboards here.`,
    ]),
  );
}

export const weekComment = (entries: readonly ScoreboardEntry[], week: string): Markdown =>
  clippedBody(weekSection(entries, week));

function weekSection(entries: readonly ScoreboardEntry[], week: string): Markdown {
  const ofWeek = entries.filter(({ toldOn }) => toldOn === week);
  const more = ofWeek.length - mostRows;
  return paragraphs([
    markdown`### Told on ${week}`,
    table(['Failure', 'Self-Heal would have', 'People', 'In common'], ofWeek.slice(0, mostRows).map(row)),
    more > 0 ? markdown`And ${more} more.` : undefined,
    markdown`“In common”: how many of the files and functions that Self-Heal would have changed people changed, too, until the run was green. Tests are not counted.`,
  ]);
}

const row = (entry: ScoreboardEntry): Markdown[] => [
  link(entry.failure.name, entry.failure.url),
  ourDeed(entry),
  theirDeed(entry),
  inCommon(entry),
];

const dash = markdown`–`;

/** The incident's words begin so, and so does the column. */
const opening = /^It would have /;

function ourDeed({ would, said, proof }: ScoreboardEntry): Markdown {
  if (would === 'explain') return markdown`said why it changes nothing. ${prose(said)}`;
  const deed = prose(said.replace(opening, ''));
  if (!proof) return deed;
  const verdict = proof.verdict === 'proven' ? 'Proven' : 'Partly proven';
  return markdown`${deed} ${link(verdict, proof.runUrl)} after ${minutes(proof.minutes)}.`;
}

function theirDeed({ theirs, run }: ScoreboardEntry): Markdown {
  if (!run) return markdown`an issue: not compared`;
  if (!theirs) return markdown`no green run yet`;
  const green = link('green', theirs.runUrl);
  const after = minutes(theirs.minutes);
  return theirs.kind === 'fixed'
    ? markdown`${green} at ${inlineCode(theirs.sha.slice(0, 7))} after ${after}`
    : markdown`the same commit: ${green} after ${after}`;
}

function inCommon({ files, functions, theirs }: ScoreboardEntry): Markdown {
  if (theirs?.kind !== 'fixed' || files.length === 0) return dash;
  const parts = [
    share('files', files, theirs.files),
    ...(functions.length > 0 ? [share('functions', functions, theirs.functions)] : []),
  ];
  return joined(parts, markdown`<br>`);
}

function share(what: string, ours: readonly string[], theirs: readonly string[]): Markdown {
  const same = ours.filter((one) => theirs.includes(one)).map((one) => inlineCode(one.split('#').at(-1) ?? one));
  return markdown`${same.length} of ${ours.length} ${what}${same.length > 0 ? markdown`: ${joined(same, markdown`, `)}` : nothing}`;
}

function totals(entries: readonly ScoreboardEntry[]): Markdown {
  const would = (kind: ScoreboardEntry['would']) => entries.filter((one) => one.would === kind);
  const opened = would('open');
  const fixed = entries.filter(({ theirs }) => theirs?.kind === 'fixed');
  const both = opened.filter(({ theirs }) => theirs?.kind === 'fixed');
  const sameFile = both.filter(({ files, theirs }) => files.some((path) => theirs?.files.includes(path)));
  const sameFunction = both.filter(({ functions, theirs }) =>
    functions.some((name) => theirs?.functions.includes(name)),
  );
  return table(
    ['Failures looked into', String(entries.length)],
    [
      ['Pull requests it would have opened', opened.length],
      ['Runs it would have run again', would('rerun').length],
      ['Failures it would only have explained', would('explain').length],
      ['Failures that people fixed', fixed.length],
      ['Of both, with a file in common', markdown`${sameFile.length} of ${both.length}`],
      ['Of both, with a function in common', markdown`${sameFunction.length} of ${both.length}`],
      ['From the failure to its proof, median', median(opened.flatMap(({ proof }) => (proof ? [proof.minutes] : [])))],
      ['From the failure to people’s green run, median', median(fixed.flatMap(({ theirs }) => theirs?.minutes ?? []))],
    ],
  );
}

function median(values: readonly number[]): Markdown {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted[Math.floor(sorted.length / 2)];
  return middle === undefined ? dash : minutes(middle);
}

const minutes = (count: number): Markdown =>
  count < 1
    ? markdown`less than a minute`
    : count < 120
      ? markdown`${count} min`
      : count < 48 * 60
        ? markdown`${Math.round(count / 60)} h`
        : markdown`${Math.round(count / 1_440)} days`;

const day = (at: string): string => at.slice(0, 10);
