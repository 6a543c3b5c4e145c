// A report → the Markdown of the job summary; whatever a repository could have named is escaped.
import type { SandboxReport, SandboxRun } from '../../src/stages/validation/sandbox-report.ts';

const WHAT: Readonly<Record<SandboxRun['name'], string>> = {
  base: 'the commit that fails, as it is',
  'test-only': "with the candidate's tests, without its fix",
  candidate: 'with everything the candidate changes',
};

export function summaryOf(report: SandboxReport): string {
  const { limits } = report;
  const bounds = `${limits.timeoutSeconds} s, ${limits.memoryMb} MB, ${limits.processes} processes a run`;
  const sandbox = report.engine === 'none' ? '**no sandbox**' : `sandbox: ${report.engine}, network: ${limits.network}`;
  return [
    `## Self-Heal ${code(report.incident)}, attempt ${report.attempt}`,
    '',
    `${code(report.command)} on candidate ${code(report.candidate.slice(0, 12))} over base ` +
      `${code(report.base.slice(0, 12))} (${sandbox}; ${bounds})`,
    '',
    '| Run | What | Exit | Seconds | Result |',
    '| --- | --- | ---: | ---: | --- |',
    ...report.runs.map(row),
    '',
    ...(report.error === undefined ? [] : [`**Not carried out:** ${code(report.error)}`, '']),
    'This step runs and reports. Whether the candidate is proven is judged by the Self-Heal App from the report.',
    '',
  ].join('\n');
}

function row(run: SandboxRun): string {
  const seconds = (run.durationMs / 1000).toFixed(1);
  return `| ${run.name} | ${WHAT[run.name]} | ${run.exitCode ?? '–'} | ${seconds} | ${resultOf(run)} |`;
}

/** One or two words on how a run ended, with the reason where there is one. */
export function resultOf(run: SandboxRun): string {
  if (run.ended === 'completed') return run.exitCode === 0 ? 'green' : 'red';
  return run.reason === undefined ? run.ended : `${run.ended}: ${code(run.reason)}`;
}

/** As HTML code: inside Markdown's own backticks a text could end them. */
function code(text: string): string {
  const escaped = text
    .replace(/[\s\0-\x1f]+/g, ' ')
    .replace(/[&<>"'`|*_[\]\\@#:]/g, (found) => `&#${found.charCodeAt(0)};`);
  return `<code>${escaped}</code>`;
}
