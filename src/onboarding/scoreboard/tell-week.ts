// Step: looks up what people did about the failures of shadow mode, and tells of the week in the repository's one scoreboard issue.
import type { Incident } from '../../incident/incident.ts';
import type { StopReason } from '../../incident/outcome.ts';
import { mondayAfter, type Scoreboard, type ScoreboardEntry } from '../../incident/scoreboard.ts';
import type { GitHub } from '../../ports.ts';
import { scoreboardEntry } from './entry.ts';
import { scoreboardBody, scoreboardTitle, weekComment } from './scoreboard-words.ts';
import { theirFix } from './their-fix.ts';

export interface ScoreboardDesk {
  github: GitHub;
  /** Closed ones of shadow mode. */
  incidents: readonly Incident[];
  now: Date;
}

const marker = 'scoreboard';
const dayMs = 24 * 3_600_000;
/** The same failure once more, or nobody's: no line of its own. */
const untold: ReadonlySet<StopReason> = new Set(['duplicate', 'already-tried', 'not-ours', 'disabled']);
/** So long a failure waits for people's fix. */
const waitsMs = 28 * dayMs;
const mostLookups = 30;
const mostEntries = 300;

export const putOff = (scoreboard: Scoreboard, now: Date): Scoreboard => ({
  ...scoreboard,
  nextAt: mondayAfter(now).toISOString(),
});

/** May run twice, or be killed anywhere: the issue is found by its marker, and so is the week's comment. */
export async function tellWeek(scoreboard: Scoreboard, desk: ScoreboardDesk): Promise<Scoreboard> {
  const { now } = desk;
  const week = new Date(mondayAfter(now).getTime() - 7 * dayMs).toISOString().slice(0, 10);
  const later: Scoreboard = { ...putOff(scoreboard, now), lookedUntil: now.toISOString() };
  const { entries, isNews } = await lookedUp(scoreboard, week, desk);
  return isNews ? told({ ...later, entries: entries.slice(-mostEntries) }, week, desk) : later;
}

async function lookedUp({ entries }: Scoreboard, week: string, { github, incidents, now }: ScoreboardDesk) {
  const known = new Set(entries.map(({ incidentId }) => incidentId));
  const fresh = await Promise.all(
    incidents.filter((one) => !known.has(one.id) && isTold(one)).map((incident) => scoreboardEntry(incident, week)),
  );
  let lookups = 0;
  let isNews = fresh.length > 0;
  const all: ScoreboardEntry[] = [];
  for (const entry of [...entries, ...fresh]) {
    const isDue = !entry.theirs && now.getTime() - Date.parse(entry.openedAt) < waitsMs && lookups < mostLookups;
    const theirs = isDue ? await theirFix(entry, github) : undefined;
    lookups += isDue && entry.run ? 1 : 0;
    isNews ||= theirs !== undefined;
    all.push(theirs ? { ...entry, theirs, toldOn: week } : entry);
  }
  return { entries: all.sort((a, b) => Date.parse(a.openedAt) - Date.parse(b.openedAt)), isNews };
}

const isTold = ({ stopReason }: Incident): boolean => stopReason !== null && !untold.has(stopReason);

async function told(scoreboard: Scoreboard, week: string, { github }: ScoreboardDesk): Promise<Scoreboard> {
  const { issue: known, entries } = scoreboard;
  const body = scoreboardBody(scoreboard, week);
  const found = await github.ownIssue(marker, known ?? undefined);
  // Closed or deleted by somebody: they do not want it.
  if (found?.state === 'closed' || (!found && known !== null)) return { ...scoreboard, nextAt: null };
  if (found) await github.editOwnIssue(found.number, marker, { body });
  const issue = found ?? (await github.openOwnIssue(marker, { title: scoreboardTitle, body }));
  await github.comment(issue.number, `${marker}-${week}`, weekComment(entries, week));
  return { ...scoreboard, issue: issue.number };
}
