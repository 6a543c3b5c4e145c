// Lines of a log → the places where a command died: what many tools also say in passing is believed only just above one.
import type { LogLine } from '../job-log.ts';

export interface Death {
  /** Position of the line that says so; past the last line where no runner says it. */
  at: number;
  exitCode?: number;
}

const copied = /^(?:##\[error\]|Error: )Process completed with exit code (\d{1,10})\.?$/;
const runners = new Set(['Post job cleanup.', 'Cleaning up orphan processes']);

/** Output without a runner ends where it ends; a runner's log without an error has no death. */
export function deathsIn(lines: readonly LogLine[]): Death[] {
  const found: Death[] = [];
  let isRunner = false;
  for (const [at, { kind, text }] of lines.entries()) {
    isRunner ||= kind !== 'output' || runners.has(text);
    const [said, code] = kind === 'error' ? [text, /\bexit code (\d{1,10})\b/.exec(text)?.[1]] : copiedError(text);
    if (said !== undefined) found.push({ at, ...(code === undefined ? {} : { exitCode: Number(code) }) });
  }
  return found.length > 0 || isRunner ? found : [{ at: lines.length }];
}

function copiedError(text: string): readonly [string?, string?] {
  const code = copied.exec(text)?.[1];
  return code === undefined ? [] : [text, code];
}

/** The death that follows within so many lines; they stand in order, and a log may have one a line. */
export function deathAfter(deaths: readonly Death[], position: number, reach: number): Death | undefined {
  let [low, high] = [0, deaths.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((deaths[middle]?.at ?? 0) < position) low = middle + 1;
    else high = middle;
  }
  const death = deaths[low];
  return death && death.at - position <= reach ? death : undefined;
}

const failedReport =
  /\b[1-9]\d{0,6} (?:\w{1,20} )?(?:failed|failing|failures?|errors?)\b|\b(?:failed|failures|errors): {0,3}[1-9]|^# fail [1-9]|^--- FAIL|^FAILED? |^test result: FAILED|^FAILURES!|^ERRORS!|^not ok \d/i;
const reportReach = 60;

/** A test tool had said what failed before this line: then that counts, however the process ended. */
export const reportsFailedTests = (lines: readonly LogLine[], before: number): boolean =>
  lines
    .slice(Math.max(0, before - reportReach), before)
    .some(({ kind, text }) => kind === 'output' && text.length < 500 && failedReport.test(text.trim()));

const wentOn =
  /^\d{1,6} (?:examples?|runs|tests), |^Finished in \d|^OK \(|^OK, but|^Tests: {1,12}\d|^Bundle complete!|\b0 failures\b/;

/** Whoever reports on its tests or its work afterwards did not die of what it printed before. */
export const wentOnAfter = (lines: readonly LogLine[], position: number, { at }: Death): boolean =>
  lines.slice(position, at).some(({ text }) => wentOn.test(text));
