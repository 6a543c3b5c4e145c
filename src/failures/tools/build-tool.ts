// What Maven, Gradle and npm say at the end of a build that broke outside of compiler and tests → one failure.
import type { Failure } from '../../incident/failure.ts';
import { blockFrom, type FailureParser, failure } from '../failure-parser.ts';
import type { LogLine } from '../job-log.ts';

export const buildTool: FailureParser = {
  tool: 'build',
  kind: 'build',
  signs: [],
  find: (lines) =>
    lines.flatMap((line, position) => [gradle, maven, npm].flatMap((tool) => tool(lines, line, position))),
};

function gradle(lines: readonly LogLine[], { text }: LogLine, position: number): Failure[] {
  if (text !== '* What went wrong:') return [];
  const block = blockFrom(lines, position, (line) => /^\* |^BUILD FAILED/.test(line.text));
  return [failure({ tool: 'gradle', message: joined(block.slice(1)) }, block)];
}

function maven(_: readonly LogLine[], line: LogLine): Failure[] {
  const message = /^\[ERROR\] (Failed to execute goal .+|Could not resolve dependencies .+)$/.exec(line.text)?.[1];
  return message ? [failure({ tool: 'maven', message: message.replace(/ -> \[Help \d+\]$/, '') }, [line])] : [];
}

/** `npm error code E404` and what follows; a script that failed (`ELIFECYCLE`) has said more above. */
function npm(lines: readonly LogLine[], { text }: LogLine, position: number): Failure[] {
  const [, type] = /^npm (?:ERR!|error) code (\w+)$/.exec(text) ?? [];
  if (!type || type === 'ELIFECYCLE' || /^\d+$/.test(type)) return [];
  const block = blockFrom(lines, position, (line) => !/^npm (?:ERR!|error)(?! code )|^$/.test(line.text));
  const said = block
    .slice(1)
    .map((line) => ({ ...line, text: line.text.replace(/^npm (?:ERR!|error) ?(?:\w+ )?/, '') }));
  return [failure({ tool: 'npm', type, message: joined(said) || type }, block)];
}

const joined = (block: readonly LogLine[]): string => block.map((line) => line.text.trimEnd()).join('\n');
