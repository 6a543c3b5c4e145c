// Spotless's list of files that are not formatted, below Gradle or Maven → one failure a file, at its first change.
import type { Failure } from '../../incident/failure.ts';
import { type FailureParser, failure } from '../failure-parser.ts';
import type { LogLine } from '../job-log.ts';

const tool = 'spotless';
const opens = 'The following files had format violations:';
const change = /^@@ -(\d{1,9})/;
const longestList = 2_000;

export const spotless: FailureParser = {
  tool,
  kind: 'check',
  signs: [opens],
  find: (lines) => lines.flatMap(({ text }, position) => (text.includes(opens) ? violations(lines, position + 1) : [])),
};

/** Files stand less deep than their changes; to the command that mends them. */
function violations(lines: readonly LogLine[], start: number): Failure[] {
  const files: { path: string; block: LogLine[]; texts: string[] }[] = [];
  let depth: number | undefined;
  for (const line of lines.slice(start, start + longestList)) {
    const text = line.text.replace(/^\[ERROR\] ?/, '');
    const indent = text.search(/\S/);
    if (line.kind !== 'output' || text.includes(opens) || /^\s*(?:Run '|Run "|\* Try:|-> \[Help)/.test(text)) break;
    if (indent < 0 || /^\s*(?:Violations also present in:|\.\.\. \()/.test(text)) continue;
    depth ??= indent;
    if (indent === depth) files.push({ path: text.trim(), block: [line], texts: [] });
    else if (indent < depth) break;
    else {
      files.at(-1)?.block.push(line);
      files.at(-1)?.texts.push(text.slice(depth).trim());
    }
  }
  return files.map(({ path, block, texts }) => {
    const line = Number(change.exec(texts[0] ?? '')?.[1]);
    const message = ['format violation', ...texts].join('\n');
    return failure({ tool, message, file: path, ...(line > 0 ? { line } : {}) }, block);
  });
}
