// flake8's findings → one failure each, those apart that ruff prints in the same form.
import { type FailureParser, failure } from '../failure-parser.ts';
import { conciseLine, ruffConcise } from './ruff.ts';

export const flake8: FailureParser = {
  tool: 'flake8',
  kind: 'check',
  signs: ['.py:', '.pyi:'],
  find(lines) {
    let ruffs: Set<number> | undefined;
    return lines.flatMap((line, position) => {
      const groups = /\.pyi?:\d+:\d+: [A-Z]/.test(line.text) ? conciseLine.exec(line.text)?.groups : undefined;
      if (!groups?.type || !groups.file) return [];
      ruffs ??= ruffConcise(lines);
      if (ruffs.has(position)) return [];
      const { type, message = '', file } = groups;
      const [number, column] = [Number(groups.line), Number(groups.column)];
      const where = { file, ...(number > 0 ? { line: number } : {}), column };
      return [failure({ tool: 'flake8', type, message, ...where }, [line])];
    });
  },
};
