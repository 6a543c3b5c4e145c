// Cypress's run: Mocha's list of failures under each `Running: spec`, or a spec that could not be built → one failure each.
import type { Failure } from '../../incident/failure.ts';
import { blockFrom, type FailureParser, failure } from '../failure-parser.ts';
import type { LogLine } from '../job-log.ts';
import { thrownError } from '../thrown-error.ts';
import { mochaFailures } from './mocha.ts';

const tool = 'cypress';
const specLine = /^ {2}Running: {2}(\S.{0,500}?) {2,}\(\d{1,7} of \d{1,7}\)$/;
const unbuiltLine = /^Oops\.\.\.we found an error preparing this test file:$/;
const startFailure =
  /^(?:Cypress failed to (?:start|verify)|Cypress could not verify that this server is running:|Can't run because no spec files were found\.|Your configFile is invalid: )/;

export const cypress: FailureParser = {
  tool,
  kind: 'test',
  signs: [
    '  (Run Starting)',
    '  Running:  ',
    ' failing',
    'an error preparing this test file',
    'Cypress failed to ',
    'Cypress could not verify',
    'no spec files were found',
    'configFile is invalid',
  ],
  find(lines) {
    if (!lines.some((line) => line.text === '  (Run Starting)')) return notStarted(lines);
    const specs = lines.flatMap(({ text, number }) => {
      const spec = specLine.exec(text)?.[1];
      return spec ? [{ spec, number }] : [];
    });
    const found = mochaFailures(tool, lines).map((one) => {
      const spec = specs.findLast(({ number }) => number < one.at.from)?.spec;
      return spec && !one.file ? { ...one, file: spec } : one;
    });
    return [...found, ...unbuilt(lines)];
  },
};

function unbuilt(lines: readonly LogLine[]): Failure[] {
  return lines.flatMap((line, position) => {
    if (!unbuiltLine.test(line.text)) return [];
    const block = blockFrom(
      lines,
      position,
      ({ text, kind }) => kind !== 'output' || /^This occurred while Cypress was compiling/.test(text),
    );
    const texts = block.map(({ text }) => text);
    const file = texts.map((text) => /^ {2}> (\S.*)$/.exec(text)?.[1]).find((one) => one);
    const said = texts.slice(texts.indexOf('The error was:') + 1);
    const error = thrownError(said, file ? { file } : undefined);
    return [
      failure(
        { tool, ...(file ? { test: file } : {}), ...error, ...(error.message ? {} : { message: line.text }) },
        block,
      ),
    ];
  });
}

function notStarted(lines: readonly LogLine[]): Failure[] {
  const position = lines.findIndex((line) => startFailure.test(line.text));
  if (position < 0) return [];
  const block = blockFrom(
    lines,
    position,
    ({ text, kind }) => kind !== 'output' || /^-{5,}$|^Platform: /.test(text),
    30,
  );
  return [failure({ tool, message: block.map((line) => line.text).join('\n') }, block)];
}
