// A report → the Markdown of the job summary; whatever a repository could have named or printed is escaped.
import type { CommandEnd, SandboxReport, SandboxRun } from '../../src/stages/validation/sandbox-report.ts';

const WHAT: Readonly<Record<SandboxRun['name'], string>> = {
  base: 'the commit that fails, as it is',
  'test-only': "with the candidate's tests, without its fix",
  candidate: 'with everything the candidate changes',
};
const TAIL_LINES = 30;
const TAIL_CHARACTERS = 3_000;

export function summaryOf(report: SandboxReport): string {
  const { limits, testCommand } = report;
  const bounds = `${limits.timeoutSeconds} s, ${limits.memoryMb} MB, ${limits.processes} processes a command`;
  const sandbox = report.engine === 'none' ? '**no sandbox**' : `sandbox: ${report.engine}, network: ${limits.network}`;
  const commands = [report.command, ...(testCommand === undefined ? [] : [testCommand])].map(code).join(', then ');
  return [
    `## Self-Heal ${code(report.incident)}, attempt ${report.attempt}`,
    '',
    `${commands} on candidate ${code(report.candidate.slice(0, 12))} over base ` +
      `${code(report.base.slice(0, 12))} (${sandbox}; ${bounds})`,
    '',
    '| Run | What | Exit | Seconds | Result | Tree |',
    '| --- | --- | ---: | ---: | --- | --- |',
    ...report.runs.flatMap(rows),
    '',
    ...report.runs.flatMap(tails),
    ...(report.error === undefined ? [] : [`**Not carried out:** ${code(report.error)}`, '']),
    `${machine(report)}, from ${report.startedAt} to ${report.finishedAt}.`,
    '',
    'This step runs and reports. Whether the candidate is proven is judged by the Self-Heal App from the report.',
    '',
  ].join('\n');
}

function rows(run: SandboxRun): string[] {
  const name = nameOf(run);
  const tree = run.tree === undefined ? '–' : code(run.tree.slice(0, 12));
  const all = run.testCommand ? [row(`${name}, all tests`, WHAT[run.name], run.testCommand, tree)] : [];
  return [row(name, WHAT[run.name], run, tree), ...all];
}

function row(name: string, what: string, end: CommandEnd, tree: string): string {
  return `| ${name} | ${what} | ${end.exitCode ?? '–'} | ${seconds(end)} | ${resultOf(end)} | ${tree} |`;
}

const seconds = ({ durationMs }: CommandEnd): string => (durationMs / 1000).toFixed(1);

export const nameOf = ({ name, round }: Pick<SandboxRun, 'name' | 'round'>): string =>
  round === 1 ? name : `${name}, round ${round}`;

/** One or two words on how a command ended, with the reason where there is one. */
export function resultOf(end: CommandEnd): string {
  if (end.ended === 'completed') return end.exitCode === 0 ? 'green' : 'red';
  return end.reason === undefined ? end.ended : `${end.ended}: ${code(end.reason)}`;
}

/** The end of what was printed, folded, of whatever was not green. */
function tails(run: SandboxRun): string[] {
  return [run, ...(run.testCommand ? [run.testCommand] : [])].flatMap((end, index) => {
    const isGreen = end.ended === 'completed' && end.exitCode === 0;
    const tail = end.output.trimEnd().split('\n').slice(-TAIL_LINES).join('\n').slice(-TAIL_CHARACTERS);
    if (isGreen || tail === '') return [];
    const title = `The end of what ${nameOf(run)}${index > 0 ? ', all tests,' : ''} printed`;
    return [`<details><summary>${title}</summary><pre>${escaped(tail)}</pre></details>`, ''];
  });
}

function machine({ environment: { system, architecture, processors, memoryMb, runnerImage } }: SandboxReport): string {
  const image = runnerImage === undefined ? '' : `, image ${code(runnerImage)}`;
  return `${code(`${system} ${architecture}`)}, ${processors} processors, ${memoryMb} MB${image}`;
}

/** As HTML code: inside Markdown's own backticks a text could end them. */
function code(text: string): string {
  return `<code>${escaped(text.replace(/[\s\0-\x1f]+/g, ' '))}</code>`;
}

/** Line ends too: an empty line would end the HTML around it. */
function escaped(text: string): string {
  return text.replace(/[&<>"'`|*_[\]\\@#:\n\r]/g, (found) => `&#${found.charCodeAt(0)};`);
}
