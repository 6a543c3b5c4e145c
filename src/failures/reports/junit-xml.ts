// A JUnit XML report, as nearly every test tool can write one → the failed test cases; nothing where it is no such report.
import type { Failure } from '../../incident/failure.ts';
import { failure, typed } from '../failure-parser.ts';
import { readJobLog } from '../read-job-log.ts';
import { tools } from '../tools.ts';
import { caseName, type JunitCase, junitCases } from './junit-cases.ts';

const mostFailures = 100;
const crashes = tools.filter((tool) => tool.kind === 'crash');

export function junitXmlFailures(text: string): Failure[] {
  return junitCases(text)
    .filter((one) => one.problem !== undefined)
    .slice(0, mostFailures)
    .flatMap((one) => (one.problem ? [oneFailure(one, one.problem)] : []));
}

function oneFailure(of: JunitCase, problem: NonNullable<JunitCase['problem']>): Failure {
  const { file, line } = of.attributes;
  const body = problem.body.trim();
  const trace = traceIn(body);
  const said = problem.attributes.message?.trim() || body.split('\n')[0] || 'failed';
  const { type, message } = typed(said);
  const own = trace?.file ? trace : Number(line) > 0 ? { file, line: Number(line) } : { file };
  const place = { file: own.file, ...(own.line ? { line: own.line } : {}) };
  return failure(
    {
      tool: 'junit',
      test: caseName(of),
      ...typeOf(problem.attributes.type ?? type ?? trace?.type),
      message,
      ...(place.file ? { file: place.file, ...(place.line ? { line: place.line } : {}) } : {}),
      frames: trace?.frames ?? [],
    },
    [of.from, of.to].map((number) => ({ number, text: '', kind: 'output' as const })),
  );
}

const typeOf = (type: string | undefined): { type?: string } => (type ? { type } : {});

/** The body holds what the language prints of an error. */
function traceIn(body: string): Failure | undefined {
  const { lines } = readJobLog(body);
  return crashes.flatMap((crash) => crash.find(lines)).find(({ frames }) => frames.length > 0);
}
