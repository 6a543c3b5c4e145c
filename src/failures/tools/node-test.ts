// The report of node:test, as `spec`, `dot` or TAP → one failure a failed test.
import type { Failure } from '../../incident/failure.ts';
import { blockFrom, type FailureParser, failure } from '../failure-parser.ts';
import type { LogLine } from '../job-log.ts';
import { v8Frame } from '../stack-trace.ts';
import { thrownError } from '../thrown-error.ts';
import { explained } from './crashed-file.ts';
import { diffValues, type Values } from './expect-values.ts';
import { tapFailures } from './tap.ts';

const tool = 'node:test';
const sectionLine = /^\s*(?:✖ failing tests|Failed tests):$/;
const titleLine = /^✖ (.+)$/;
const duration = / \(\d[\d.]{0,30}m?s\)( # .*)?$/;
const endLine = /^test at (.+)$|^[✖⚠ℹ▶] |^\S/;
/** Consequences of what is reported beside them. */
const isConsequence = ({ message }: Failure): boolean =>
  /^\d+ subtests? failed$/.test(message) || message === 'test did not finish before its parent and was cancelled';

export const nodeTest: FailureParser = {
  tool,
  kind: 'test',
  // The dot reporter has no heading for each, and lists are longer than what is kept around one; a crash stands far above.
  signs: ['✖ failing tests:', 'Failed tests:', '\x1b[31m✖ ', 'test at ', "failureType: '", 'Node.js v'],
  find(lines) {
    const all = [...tapFailures(tool, lines), ...reported(lines)];
    const telling = all.filter((one) => !isConsequence(one));
    const named = telling.length > 0 ? telling : all;
    return explained(named, lines, (one) => one.message === 'test failed', resultOf);
  },
};

/** `✖ test/price.test.js (12.3ms)`; in TAP, where the details come later, `# Subtest: test/price.test.js`. */
const resultOf = (text: string): string | undefined =>
  /^Subtest: (.+)$/.exec(text)?.[1] ??
  (duration.test(text) ? titleLine.exec(text)?.[1]?.replace(duration, '') : undefined);

function reported(lines: readonly LogLine[]): Failure[] {
  const found: Failure[] = [];
  let inSection = false;
  for (let position = 0; position < lines.length; position += 1) {
    const { text = '', kind = 'output' } = lines[position] ?? {};
    if (sectionLine.test(text)) inSection = true;
    else if (inSection && titleLine.test(text)) {
      const title = titleOf(lines, position);
      const block = blockFrom(
        lines,
        position + title.length - 1,
        (line) => line.kind !== 'output' || endLine.test(line.text),
      );
      const isKnown = duration.exec(title.at(-1)?.text ?? '')?.[1];
      if (!isKnown) found.push(testFailure(lines[position - 1], title, block.slice(1)));
      position += title.length + block.length - 2;
    } else if (inSection && (kind !== 'output' || !/^$|^ {2}|^test at /.test(text))) inSection = false;
  }
  return found;
}

/** A name may have several lines; the one with the duration ends it. Tests that never started have none. */
function titleOf(lines: readonly LogLine[], position: number): LogLine[] {
  const ahead = lines.slice(position, position + 20);
  const last = ahead.findIndex((line) => duration.test(line.text));
  const other = ahead.findIndex((line, index) => index > 0 && /^ {2}'|^test at |^$/.test(line.text));
  return ahead.slice(0, last < 0 || (other > 0 && other < last) ? 1 : last + 1);
}

function testFailure(above: LogLine | undefined, title: readonly LogLine[], details: readonly LogLine[]): Failure {
  const name = title
    .map((line) => line.text)
    .join('\n')
    .replace(/^✖ /, '')
    .replace(duration, '');
  const texts = details.map((line) => line.text.replace(/^ {2}/, ''));
  const location = /^test at (.+)$/.exec(above?.text ?? '')?.[1];
  const said = location ? v8Frame(location) : undefined;
  const error = thrownError(texts, said ?? (/\.[cm]?[jt]sx?$/.test(name) ? { file: name } : undefined));
  const message = error.message.replace(/^'([\s\S]*)'$/, '$1');
  return failure({ tool, test: name, ...error, message, ...valuesOf(texts) }, [
    ...(location && above ? [above] : []),
    ...title,
    ...details,
  ]);
}

/** node prints `actual:` and `expected:` as it inspects values. */
function valuesOf(texts: readonly string[]): Values {
  const named = (name: string) =>
    texts
      .find((text) => text.startsWith(`  ${name}: `))
      ?.slice(name.length + 4)
      .replace(/,$/, '');
  const [expected, actual] = [named('expected'), named('actual')];
  if (expected === undefined || actual === undefined) return {};
  if (expected === 'undefined' && actual === 'undefined') return {};
  return /[[{]$/.test(expected) || /[[{]$/.test(actual) ? diffValues(texts) : { expected, actual };
}
