// A JUnit XML report, as nearly every test tool can write one → the failed test cases; nothing where it is no such report.
import { type SaxesAttributePlain, SaxesParser } from 'saxes';
import type { Failure } from '../../incident/failure.ts';
import { failure, typed } from '../failure-parser.ts';
import { readJobLog } from '../read-job-log.ts';
import { tools } from '../tools.ts';

const mostCases = 100;
const longestBody = 100_000;
const crashes = tools.filter((tool) => tool.kind === 'crash');

interface Case {
  attributes: Record<string, string>;
  from: number;
  /** Of its `failure` or `error` element; a `rerunFailure` of a test that passed later has none. */
  problem?: { attributes: Record<string, string>; body: string };
}

/** Entities of the document's own are not expanded, external ones never fetched. */
export function junitXmlFailures(text: string): Failure[] {
  const parser = new SaxesParser();
  const found: Failure[] = [];
  let current: Case | undefined;
  let isProblem = false;
  parser.on('opentag', ({ name, attributes }) => {
    isProblem = false;
    if (name === 'testcase') current = { attributes: plain(attributes), from: parser.line };
    else if (current && !current.problem && (name === 'failure' || name === 'error')) {
      current.problem = { attributes: plain(attributes), body: '' };
      isProblem = true;
    }
  });
  const read = (part: string): void => {
    if (isProblem && current?.problem && current.problem.body.length < longestBody) current.problem.body += part;
  };
  parser.on('text', read);
  parser.on('cdata', read);
  parser.on('closetag', ({ name }) => {
    isProblem = false;
    if (name !== 'testcase') return;
    if (current?.problem && found.length < mostCases) found.push(oneFailure(current, current.problem, parser.line));
    current = undefined;
  });
  // Cut off, or not XML at all: what was read up to there counts.
  parser.on('error', () => {});
  parser.write(text).close();
  return found;
}

const plain = (attributes: Record<string, SaxesAttributePlain | string>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(attributes).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );

function oneFailure({ attributes, from }: Case, problem: NonNullable<Case['problem']>, to: number): Failure {
  const { name = '', classname = '', file, line } = attributes;
  const body = problem.body.trim();
  const trace = traceIn(body);
  const said = problem.attributes.message?.trim() || body.split('\n')[0] || 'failed';
  const { type, message } = typed(said);
  const own = trace?.file ? trace : Number(line) > 0 ? { file, line: Number(line) } : { file };
  const place = { file: own.file, ...(own.line ? { line: own.line } : {}) };
  return failure(
    {
      tool: 'junit',
      test: classname && !name.startsWith(classname) ? `${classname}.${name}` : name,
      ...typeOf(problem.attributes.type ?? type ?? trace?.type),
      message,
      ...(place.file ? { file: place.file, ...(place.line ? { line: place.line } : {}) } : {}),
      frames: trace?.frames ?? [],
    },
    [from, to].map((number) => ({ number, text: '', kind: 'output' as const })),
  );
}

const typeOf = (type: string | undefined): { type?: string } => (type ? { type } : {});

/** The body holds what the language prints of an error. */
function traceIn(body: string): Failure | undefined {
  const { lines } = readJobLog(body);
  return crashes.flatMap((crash) => crash.find(lines)).find(({ frames }) => frames.length > 0);
}
