// A closed incident of shadow mode → its line on the scoreboard: what would have been done, and with what proof.

import type { PatchedFile } from '../../incident/case-file.ts';
import type { Incident } from '../../incident/incident.ts';
import { mayBeShown } from '../../incident/pull-request.ts';
import type { ScoreboardEntry } from '../../incident/scoreboard.ts';
import { hunksBetween } from '../../text/unified-diff.ts';
import { touchedFunctions } from './touched-functions.ts';

const longestName = 80;
const longestSaid = 300;

export async function scoreboardEntry(incident: Incident, toldOn: string): Promise<ScoreboardEntry> {
  const { trigger, patch, validation } = incident.caseFile;
  const would = wouldHave(incident);
  const files = would === 'open' ? (patch?.attempts.at(-1)?.files ?? []).filter(({ isTest }) => !isTest) : [];
  const { runId: id, workflowPath, headBranch: branch, headSha } = trigger.kind === 'issue' ? noRun : trigger;
  return {
    incidentId: incident.id,
    openedAt: incident.openedAt,
    failure: { name: nameOf(incident), url: trigger.url },
    ...(id === 0 ? {} : { run: { id, workflowPath, branch, headSha } }),
    would,
    said: (incident.stopDetail ?? incident.stopReason ?? '')
      .split('\n', 1)
      .join('')
      .slice(0, longestSaid)
      .toWellFormed(),
    files: files.map(({ path }) => path),
    functions: (await Promise.all(files.map(functionsOf))).flat(),
    ...(would === 'open' && validation?.verdict
      ? { proof: { verdict: validation.verdict, runUrl: validation.runUrl, minutes: minutesToProof(incident) } }
      : {}),
    toldOn,
  };
}

const noRun = { runId: 0, workflowPath: '', headBranch: '', headSha: '' };

function wouldHave({ stopReason, caseFile: { validation } }: Incident): ScoreboardEntry['would'] {
  if (stopReason !== 'shadowed') return 'explain';
  return mayBeShown(validation) ? 'open' : 'rerun';
}

function nameOf({ caseFile: { trigger, evidence } }: Incident): string {
  const [first] = evidence?.failures ?? [];
  const failure = first ? (first.test ?? first.message.split('\n', 1).join('')) : undefined;
  const name = failure || (trigger.kind === 'issue' ? trigger.title : trigger.workflowName);
  return name.length > longestName ? `${name.slice(0, longestName).toWellFormed()}…` : name;
}

function minutesToProof({ openedAt, timeline }: Incident): number {
  const proven = timeline.findLast(({ step, kind }) => step === 'conclude' && kind === 'did');
  return minutesBetween(openedAt, proven?.at ?? openedAt);
}

export const minutesBetween = (from: string, to: string): number =>
  Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 60_000));

async function functionsOf({ path, before, after }: PatchedFile): Promise<string[]> {
  const hunks = hunksBetween(before ?? '', after, 0)?.hunks ?? [];
  const lines = hunks.flatMap(({ newStart, newLines }) =>
    Array.from({ length: Math.max(1, newLines) }, (_, line) => newStart + line),
  );
  return touchedFunctions(path, after, lines);
}
