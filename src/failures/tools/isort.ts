// Files whose imports isort would sort → one failure a file.
import { type FailureParser, failure } from '../failure-parser.ts';

const line = /^ERROR: (?<file>\S.*) (?<message>Imports are incorrectly sorted and\/or formatted\.)$/;

export const isort: FailureParser = {
  tool: 'isort',
  kind: 'check',
  signs: ['Imports are incorrectly sorted'],
  find: (lines) =>
    lines.flatMap((one) => {
      const { file, message } = line.exec(one.text)?.groups ?? {};
      return file && message ? [failure({ tool: 'isort', message, file }, [one])] : [];
    }),
};
