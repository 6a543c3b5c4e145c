// nox's sessions that failed or were aborted → one failure each, with the command that ended it.
import { type FailureParser, failure } from '../failure-parser.ts';
import type { LogLine } from '../job-log.ts';

const tool = 'nox';
const endLine = /^nox > Session (?<session>.{1,200}) (?<end>failed|aborted)(?:\.|: (?<reason>.+))$/;
const commandLine = /^nox > (?<message>Command .+ failed with exit code -?\d+.*)$/;

export const nox: FailureParser = {
  tool,
  kind: 'build',
  signs: ['nox > Session '],
  find(lines) {
    let command: LogLine | undefined;
    return lines.flatMap((line) => {
      if (!line.text.startsWith('nox > ')) return [];
      if (/^nox > Running session /.test(line.text)) command = undefined;
      if (commandLine.test(line.text)) command = line;
      const { session, end, reason } = endLine.exec(line.text)?.groups ?? {};
      if (!session || !end) return [];
      const why = reason ?? commandLine.exec(command?.text ?? '')?.groups?.message;
      return [failure({ tool, message: `${session}: ${why ?? end}` }, [...(command ? [command] : []), line])];
    });
  },
};
