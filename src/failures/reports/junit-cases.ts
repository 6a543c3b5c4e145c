// A JUnit XML report → its test cases, with what was wrong with them; nothing where it is no such report.
import { type SaxesAttributePlain, SaxesParser } from 'saxes';

const mostCases = 50_000;
const mostBodies = 100;
const longestBody = 100_000;
/** Each takes as long as a hundred characters. */
const mostErrors = 10_000;
const pieceLength = 10_000;
/** Every end that fits no beginning is looked for among all that are open. */
const deepest = 1_000;

export interface JunitCase {
  attributes: Record<string, string>;
  /** Lines of the report. */
  from: number;
  to: number;
  isSkipped: boolean;
  /** Of its `failure` or `error` element; a `rerunFailure` of a test that passed later has none. */
  problem?: { attributes: Record<string, string>; body: string };
}

/** Entities of the document's own are not expanded, external ones never fetched. */
export function junitCases(text: string): JunitCase[] {
  const parser = new SaxesParser();
  const found: JunitCase[] = [];
  let current: JunitCase | undefined;
  let isProblem = false;
  let bodies = 0;
  let errors = 0;
  let depth = 0;
  parser.on('opentag', ({ name, attributes }) => {
    isProblem = false;
    depth += 1;
    if (name === 'testcase') {
      const told = plain(attributes);
      current = { attributes: told, from: parser.line, to: parser.line, isSkipped: notRun(told) };
    } else if (current && !current.problem && (name === 'failure' || name === 'error')) {
      current.problem = { attributes: plain(attributes), body: '' };
      bodies += 1;
      isProblem = bodies <= mostBodies;
    } else if (current && (name === 'skipped' || name === 'disabled')) current.isSkipped = true;
  });
  const read = (part: string): void => {
    if (isProblem && current?.problem && current.problem.body.length < longestBody) current.problem.body += part;
  };
  parser.on('text', read);
  parser.on('cdata', read);
  parser.on('closetag', ({ name }) => {
    isProblem = false;
    depth -= 1;
    if (name !== 'testcase') return;
    if (current && found.length < mostCases) found.push({ ...current, to: parser.line });
    current = undefined;
  });
  // Cut off, or not XML at all: what was read up to there counts. It is not closed: every open element would be one error more.
  parser.on('error', () => {
    errors += 1;
  });
  for (let at = 0; at < text.length && errors < mostErrors && depth < deepest; at += pieceLength)
    parser.write(text.slice(at, at + pieceLength));
  return found;
}

/** Several cases may have one name: the rows of a table, a test that was run again. */
export function caseName({ attributes: { name = '', classname = '' } }: JunitCase): string {
  return classname && !name.startsWith(classname) ? `${classname}.${name}` : name;
}

/** GoogleTest and CTest say it in an attribute. */
const notRun = ({ status = '', result = '' }: Record<string, string>): boolean =>
  [status, result].some((word) => /^(?:notrun|skipped|suppressed|disabled|ignored)$/i.test(word));

const plain = (attributes: Record<string, SaxesAttributePlain | string>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(attributes).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
