// A text → its lines with their ends, as git counts them; and lines → the text.

export interface Line {
  text: string;
  /** `\n`, `\r\n`, or nothing for a last line that has no end. */
  end: string;
}

/** Only line feeds end a line here, as in git; a carriage return before one belongs to the end. */
export function linesOf(text: string): Line[] {
  if (text === '') return [];
  return text.split(/(?<=\n)/).map((line): Line => {
    const end = line.endsWith('\r\n') ? '\r\n' : line.endsWith('\n') ? '\n' : '';
    return { text: line.slice(0, line.length - end.length), end };
  });
}

/** The end that most of the lines have; undefined where none has one. */
export const usualEnd = (lines: readonly Line[]): string | undefined => {
  const windowsEnds = lines.filter((line) => line.end === '\r\n').length;
  const ended = lines.filter((line) => line.end !== '').length;
  return ended === 0 ? undefined : windowsEnds * 2 > ended ? '\r\n' : '\n';
};

/** Every line has an end; the last one only if the file's last one had. */
export function textOf(lines: readonly Line[], end: string, isEnded: boolean): string {
  return lines.map((line, i) => line.text + (i === lines.length - 1 && !isEnded ? '' : line.end || end)).join('');
}
