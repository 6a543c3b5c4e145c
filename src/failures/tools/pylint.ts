// pylint's messages → one failure each, for each of them counts in its exit code; informational ones do not.
import { type FailureParser, failure } from '../failure-parser.ts';

/** The default form, and `parseable`. */
const forms = [
  /^(?<file>(?:[A-Za-z]:)?[^\s:][^:]{0,300}):(?<line>\d{1,9}):(?<column>\d{1,9}): (?<type>[CRWEF]\d{4}): (?<message>.+)$/,
  /^(?<file>(?:[A-Za-z]:)?[^\s:][^:]{0,300}):(?<line>\d{1,9}): \[(?<type>[CRWEF]\d{4})\([\w-]{1,80}\),[^\]]{0,300}\] (?<message>.+)$/,
];

export const pylint: FailureParser = {
  tool: 'pylint',
  kind: 'check',
  signs: ['.py:'],
  find: (lines) =>
    lines.flatMap((line) => {
      if (!/:\d+: \[?[CRWEF]\d{4}[:(]/.test(line.text)) return [];
      const groups = forms.map((form) => form.exec(line.text)?.groups).find((one) => one !== undefined);
      if (!groups?.type || !groups.file) return [];
      const { type, message = '', file } = groups;
      const [number, column] = [Number(groups.line), Number(groups.column)];
      const where = { file, ...(number > 0 ? { line: number } : {}), ...(column >= 0 ? { column } : {}) };
      return [failure({ tool: 'pylint', type, message, ...where }, [line])];
    }),
};
