// Reads what a step wrote to GITHUB_OUTPUT, GITHUB_ENV, GITHUB_STATE and GITHUB_PATH.

const endOfLine = /\r?\n/;

/** `key=value` lines and `key<<DELIMITER` blocks, in order; throws the runner's message for anything else. */
export function parseKeyValues(text: string): [string, string][] {
  const lines = text.replace(/^\uFEFF/, '').split(endOfLine);
  const pairs: [string, string][] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    if (line === '') continue;
    const equals = line.indexOf('=');
    const heredoc = line.indexOf('<<');
    if (equals >= 0 && (heredoc < 0 || equals < heredoc)) {
      pairs.push([keyOf(line, equals), line.slice(equals + 1)]);
    } else if (heredoc >= 0) {
      const delimiter = line.slice(heredoc + 2);
      if (delimiter === '') throw new Error(`Invalid format '${line}'. Name and delimiter must not be empty`);
      const end = lines.indexOf(delimiter, at + 1);
      if (end < 0) throw new Error(`Invalid value. Matching delimiter not found '${delimiter}'`);
      pairs.push([keyOf(line, heredoc), lines.slice(at + 1, end).join('\n')]);
      at = end;
    } else {
      throw new Error(`Invalid format '${line}'`);
    }
  }
  return pairs;
}

function keyOf(line: string, end: number): string {
  if (end === 0) throw new Error(`Invalid format '${line}'. Name must not be empty`);
  return line.slice(0, end);
}

export function parsePaths(text: string): string[] {
  return text.split(endOfLine).filter((line) => line !== '');
}
