// A diagnosis report → text for people, as wide as a terminal bears.
import type { DiagnosisReport } from './diagnosis-report.ts';

type ShownFailure = DiagnosisReport['failures'][number];

const [mostFailures, mostSuspects, mostLeftOut, widest] = [20, 10, 10, 240];
const rule = '─'.repeat(60);

/** `hint`: what to try where no failure was found. */
export function asText(report: DiagnosisReport, hint: string): string {
  const { failures, suspects, excerpt } = report;
  return [
    titleOf(report),
    ...(failures.length === 0 ? [hint] : []),
    '',
    ...listed('Jobs', report.jobs),
    ...failures.slice(0, mostFailures).map(failureText),
    ...more(failures.length - mostFailures, 'failures'),
    ...listed('Changed since the last green run', report.changes),
    ...listed('Environment', report.environment),
    ...(suspects.length === 0 ? [] : ['Suspects', ...suspects.slice(0, mostSuspects).map(suspectText), '']),
    ...(excerpt.text === '' ? [] : [`The excerpt: ${excerpt.tokens} tokens`, rule, excerpt.text.trimEnd(), rule, '']),
    ...(excerpt.leftOut.length === 0 ? [] : ['Left out', ...excerpt.leftOut.slice(0, mostLeftOut).map(leftOutText)]),
    ...more(excerpt.leftOut.length - mostLeftOut, 'definitions'),
    ...(report.requests === undefined ? [] : [`Requests to GitHub: ${report.requests}`]),
  ]
    .join('\n')
    .replace(/[\x00-\x08\x0b-\x1f\x7f-\x9f]/g, '')
    .replace(/\n{3,}/g, '\n\n')
    .trimEnd();
}

function titleOf({ failures, jobs, step, exitCode }: DiagnosisReport): string {
  if (failures.length === 0) return 'No failure found.';
  const count = failures.length === 1 ? '1 failure' : `${failures.length} failures`;
  const inJobs = new Set(failures.map(({ job }) => job)).size;
  if (jobs.length > 0 && inJobs > 1) return `${count} in ${inJobs} jobs`;
  return clipped(
    `${count}${step ? ` in the step "${step}"` : ''}${exitCode === null ? '' : `, exit code ${exitCode}`}`,
  );
}

const clipped = (text: string): string => (text.length > widest ? `${text.slice(0, widest)}…` : text);

const listed = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : [title, ...lines.map((line) => `  ${clipped(line)}`), ''];

const more = (count: number, what: string): string[] =>
  count > 0 ? [`  … and ${count} more ${what}: --json has them all.`, ''] : [];

function failureText(failure: ShownFailure): string {
  const { tool, test, type, message, expected, actual, file, line, column, log, job, report } = failure;
  const place = file ? `${file}${line ? `:${line}${column ? `:${column}` : ''}` : ''}` : undefined;
  const read = log.first === log.last ? `line ${log.first}` : `lines ${log.first} to ${log.last}`;
  const [first = '', ...others] = message.split('\n').filter((text) => text.trim() !== '');
  const said = type && !first.startsWith(type) ? `${type}: ${first}` : first;
  const heading = test ?? place ?? said;
  return [
    `  ✘ [${tool}] ${clipped(heading)}`,
    ...[...(heading === said ? [] : [said]), ...others.filter((text) => !isValue(text, failure)).slice(0, 6)].map(
      (text) => `      ${clipped(text)}`,
    ),
    ...valueText('expected', expected),
    ...valueText('actual', actual),
    ...(place && place !== heading ? [`      at ${place}`] : []),
    `      ${read} of ${report ?? (job ? `the log of ${job}` : 'the log')}`,
    '',
  ].join('\n');
}

/** `Expected: 90`, which has a line of its own already. */
const isValue = (text: string, { expected, actual }: ShownFailure): boolean =>
  [expected, actual].some((value) => value !== undefined && /^\s*[\w ]{1,30}:\s*(.*)$/.exec(text)?.[1] === value);

function valueText(name: string, value: string | undefined): string[] {
  if (value === undefined) return [];
  const [first = '', ...others] = value.split('\n');
  const rest = others.slice(0, 3).map((line) => `               ${clipped(line)}`);
  return [`      ${name.padEnd(8)} ${clipped(first)}`, ...rest, ...(others.length > 3 ? ['               …'] : [])];
}

const suspectText = ({ path, score, reasons, owners }: DiagnosisReport['suspects'][number]): string =>
  [`  ${score.toFixed(2)}  ${path}${owners ? ` (${owners.join(', ')})` : ''}`, ...wrapped(reasons)].join('\n');

/** Reasons side by side as long as a line has room for them. */
function wrapped(reasons: readonly string[]): string[] {
  const lines: string[] = [];
  for (const [index, reason] of reasons.entries()) {
    const text = index === reasons.length - 1 ? reason : `${reason};`;
    const last = lines.at(-1);
    if (last !== undefined && last.length + text.length < 98) lines[lines.length - 1] = `${last} ${text}`;
    else lines.push(`        ${clipped(text)}`);
  }
  return lines;
}

const leftOutText = ({ path, from, to, name, why }: DiagnosisReport['excerpt']['leftOut'][number]): string =>
  `  ${path}:${from}-${to}${name ? ` ${name}` : ''}: ${why}`;
