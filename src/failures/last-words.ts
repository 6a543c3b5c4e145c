// The output of a step that no tool's parser knows → the lines that say why it ended: the cause and what follows from it.
import type { Failure } from '../incident/failure.ts';
import { allPassedAt } from './all-passed.ts';
import { failure } from './failure-parser.ts';
import type { GreenLog } from './green-log.ts';
import type { JobLog, LogLine } from './job-log.ts';

/** Wrappers repeat that something failed; what failed stands above them. */
const wrapper =
  /^(?:npm (?:ERR!|error|notice|warn)|error Command failed|info Visit|yarn run|make(?:\[\d+\])?: \*\*\*|\s*ELIFECYCLE|Process completed|Error: Process completed|The command ".*" exited with|Post job cleanup|\[command\]|Cleaning up orphan|##\[end)/i;
const telling =
  /\b(?:errors?|fail(?:ed|s|ures?|ing)?|fatal|cannot|can't|could not|couldn't|unable|not (?:found|exist|allowed|supported|permitted|up-to-date|up to date)|denied|no such|missing|invalid|illegal|unexpected|unknown|undefined|refused|rejected|timed? ?out|killed|panic|exceptions?|abort(?:ed|ing)?|went wrong|mismatch|conflicts?|violat\w{1,10}|does(?: not|n't)|must)\b|^\s*(?:ERR|E):|[✗✖✘❌×]/i;
/** `ENOENT`; only in capitals, or every word with an E were one. */
const code = /\bE[A-Z]{4,20}\b/;
const harmless =
  /\b(?:0 (?:errors?|fail(?:ed|ures?)?)|no errors?|without errors?|(?:errors?|failures?|failed):? 0|warn(?:ing)?s?|deprecat\w{1,5}|error[-_]\w{1,40}|\w{1,40}[-_]errors?)\b/i;
/** Marks of what passed, and names of tests that did. */
const passed = /^\s*(?:[✓✔√]|ok \d|PASS(?:ED)?\b)|\b(?:PASSED|ok|passed)$/;
const progress =
  /^(?:\s*(?:Download|Fetch|Unpack|Install|Resolv|Get:|Hit:|Receiving|go: download|Collecting|Using cached|\d{1,3}%)|\s*$)/i;
const isBlank = (line: LogLine | undefined): boolean => line?.text.trim() === '';

const [furthest, widest, quietLines, shownBelow] = [400, 30, 4, 2];

/** Whether a line says that something is wrong, rather than that nothing is. */
const tells = (text: string): boolean =>
  (telling.test(text) || code.test(text)) && !harmless.test(text) && !passed.test(text);

/** With the log of a passed run: only lines that it does not have. The cause above is named, not the last complaint. */
export function lastWords(log: JobLog, lines: readonly LogLine[], green?: GreenLog): Failure | undefined {
  const end = log.failedStep ? log.errors.find(({ line }) => line >= (log.failedStep?.from ?? 0)) : log.errors.at(-1);
  const said = [log.endedBy, ...errorsOfFailedStep(log)].find(
    (error) => error && !/^Process completed with/.test(error.text) && error.text.trim() !== '',
  );
  const until = lines.filter((line) => line.number < (end?.line ?? Number.POSITIVE_INFINITY));
  const wentWell = allPassedAt(until);
  const before = until.filter((line) => line.kind === 'output' && line.number > wentWell && !wrapper.test(line.text));
  const candidates = green && !green.isEmpty ? before.filter((line) => !green.has(line)) : before;
  const shown = windowOf(candidates.slice(-furthest), green !== undefined);
  const exit = log.exitCode === undefined ? undefined : `exit code ${log.exitCode}`;
  if (said && (shown.length === 0 || !shown.some((line) => tells(line.text)))) {
    const at = lines.filter((line) => line.number === said.line);
    return failure({ tool: 'shell', message: `${said.text.trim()}${exit ? ` (${exit})` : ''}` }, at);
  }
  if (shown.length === 0 && !end) return undefined;
  const at = shown.length > 0 ? shown : lines.filter((line) => line.number === end?.line);
  const cause = shown.find((line) => tells(line.text)) ?? shown.at(-1);
  const message = cause ? `${cause.text.trim()}${exit ? ` (${exit})` : ''}` : (exit ?? end?.text ?? 'failed');
  return failure({ tool: 'shell', message, ...placeIn(shown) }, at);
}

function errorsOfFailedStep({ errors, failedStep }: JobLog): JobLog['errors'] {
  if (!failedStep) return errors;
  return errors.filter(({ line }) => line >= failedStep.from && line <= failedStep.to);
}

/** From the last line that tells something up to the first of those that stand together with it. */
function windowOf(lines: readonly LogLine[], isNew: boolean): LogLine[] {
  const tail = lines.slice(isNew ? -furthest : -60);
  let last = tail.findLastIndex((line) => tells(line.text));
  if (last < 0) last = tail.findLastIndex((line) => !progress.test(line.text));
  if (last < 0) return [];
  let first = last;
  let quiet = 0;
  for (let index = last - 1; index >= 0 && last - index < widest && quiet <= quietLines; index -= 1) {
    const line = tail[index];
    const below = tail[index + 1];
    if (!line || !below || below.number - line.number > quietLines) break;
    // One empty line parts a complaint from the advice on it; two part what does not belong together.
    if (isBlank(line) ? isBlank(below) : progress.test(line.text)) break;
    quiet = tells(line.text) ? 0 : quiet + 1;
    if (quiet === 0) first = index;
  }
  let end = last + 1;
  while (end < tail.length && end <= last + shownBelow && !progress.test(tail[end]?.text ?? '')) end += 1;
  return tail.slice(first, end);
}

const place = /(?<![\w./\\-])((?:[A-Za-z]:)?[\w@.~+/\\-]{1,200}\.[A-Za-z]\w{0,9})(?::|\()(\d{1,7})(?:[:,](\d{1,5}))?/;

function placeIn(lines: readonly LogLine[]): Partial<Pick<Failure, 'file' | 'line' | 'column'>> {
  for (const { text } of lines) {
    const [, file, line, column] = place.exec(text.slice(0, 1_000)) ?? [];
    if (!file || Number(line) < 1 || /^\d+\.\d+/.test(file)) continue;
    return { file, line: Number(line), ...(column ? { column: Number(column) } : {}) };
  }
  return {};
}
