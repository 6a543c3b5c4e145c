// pytest's short summary, or its verbose progress where no summary is left → the ids of the tests that failed, with their messages.
import type { LogLine } from '../job-log.ts';

export interface Entry {
  status: 'FAILED' | 'ERROR';
  /** `tests/test_price.py::TestPrice::test_zero[a - b]`; of a sub-test, its parameters follow: ` (count=2)`. */
  id: string;
  /** What the section above calls it. */
  heading: string;
  message: string;
  lines: LogLine[];
}

export const summaryLine = /^=+ short test summary info =+$/;
const entryLine = /^(?<status>FAILED|ERROR|SUBFAIL|SUBFAILED(?<part>[[(].{1,300}[\])])?) (?<rest>\S.*)$/;
const otherLine =
  /^(?:PASSED|SKIPPED|XFAIL|XPASS|RERUN|SUBPASS|SUBSKIP|SUBPASSED|=+ .* =+$|!+ .* !+$|\d+ (?:failed|passed|error|skipped|warning))/;
const longestMessage = 40;

/** Without the title of a summary only what can be nothing else is believed. */
export function summaryEntries(lines: readonly LogLine[]): Entry[] {
  const start = lines.findIndex(({ text }) => summaryLine.test(text));
  const found = new Map<string, Entry>();
  let latest: Entry | undefined;
  for (const line of lines.slice(start + 1)) {
    const entry = entryOf(line, start >= 0);
    if (entry) {
      latest = entry;
      const key = `${entry.status} ${entry.id} ${entry.message}`;
      if (!found.has(key)) found.set(key, entry);
    } else if (otherLine.test(line.text) || line.kind === 'error' || start < 0) latest = undefined;
    else if (latest && latest.lines.length < longestMessage) {
      latest.lines.push(line);
      latest.message += `\n${line.text}`;
    }
  }
  return [...found.values()].filter((entry) => !/^contains \d+ failed subtests?$/.test(entry.message));
}

function entryOf(line: LogLine, isInSummary: boolean): Entry | undefined {
  if (!/^(?:FAILED|ERROR|SUBFAIL)/.test(line.text)) return undefined;
  const groups = entryLine.exec(line.text)?.groups;
  if (!groups?.rest) return undefined;
  const { id: plain, message } = split(groups.rest);
  const isId = isInSummary ? /::|^\S+$/.test(plain) : /^\S+\.py::/.test(plain);
  if (!isId) return undefined;
  const part = groups.part ? ` ${groups.part}` : '';
  const status = groups.status === 'ERROR' ? 'ERROR' : 'FAILED';
  return { status, id: plain + part, heading: headingOf(plain) + part, message, lines: [line] };
}

/** Parameters may hold what otherwise ends an id: `test_text[a - b] - AssertionError: …`. */
function split(rest: string): { id: string; message: string } {
  const dash = rest.indexOf(' - ');
  const open = rest.indexOf('[');
  const isOpen = open >= 0 && open < dash && rest[dash - 1] !== ']';
  const close = isOpen ? rest.indexOf('] - ', dash) : dash - 1;
  const end = dash < 0 || (close < 0 && rest.endsWith(']')) ? rest.length : close < 0 ? dash : close + 1;
  return { id: rest.slice(0, end).trimEnd(), message: rest.slice(end + 3) };
}

/** `tests/x.py::TestLoad::test_chain[a]` is headed `TestLoad.test_chain[a]`; a file that cannot be collected, by its path. */
function headingOf(id: string): string {
  const bracket = id.indexOf('[');
  const [plain, parameters] = bracket < 0 ? [id, ''] : [id.slice(0, bracket), id.slice(bracket)];
  const [file = plain, ...rest] = plain.split('::');
  return rest.length === 0 ? file + parameters : rest.join('.') + parameters;
}

const progressLine =
  /^(?:\[gw\d+\] \[ *\d+%\] (?<status>[A-Z]{5,8}) (?<id>\S+\.py::.+)|(?<id2>\S+\.py::.+?) (?<status2>[A-Z]{5,8}) +\[ *\d+%\])$/;

/** `tests/x.py::test_a FAILED [ 50%]`, `[gw0] [ 50%] FAILED tests/x.py::test_a`; the last word on a test counts. */
export function progressEntries(lines: readonly LogLine[]): Entry[] {
  const last = new Map<string, Entry | undefined>();
  for (const line of lines) {
    if (!line.text.includes('.py::') || !line.text.includes('%]')) continue;
    const { status, id, status2, id2 } = progressLine.exec(line.text)?.groups ?? {};
    const [outcome, name] = [status ?? status2, (id ?? id2)?.trimEnd()];
    if (!outcome || !name) continue;
    const isFailed = outcome === 'FAILED' || outcome === 'ERROR';
    last.set(name, isFailed ? { status: outcome, id: name, heading: '', message: '', lines: [line] } : undefined);
  }
  return [...last.values()].filter((entry) => entry !== undefined);
}
