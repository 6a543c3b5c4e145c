// A body of any length → one that GitHub takes, cut at a line's end with everything closed that was open there.

const clipNote = '\n\n_Cut here: the text is longer than GitHub allows._';

export function clippedMarkdown(body: string, maxCharacters: number): string {
  if (body.length <= maxCharacters) return body;
  const room = maxCharacters - clipNote.length;
  let kept = 0;
  let ending = '';
  let fence = '';
  let openDetails = 0;
  for (let start = 0; start < body.length; ) {
    const newline = body.indexOf('\n', start);
    const end = newline < 0 ? body.length : newline + 1;
    const line = body.slice(start, end);
    const marker = /^ {0,3}(`{3,}|~{3,})(.*)/.exec(line);
    if (fence !== '') {
      if (marker?.[1]?.startsWith(fence) && marker[2]?.trim() === '') fence = '';
    } else if (marker?.[1]) fence = marker[1];
    else openDetails += (line.match(/<details[\s>]/g)?.length ?? 0) - (line.match(/<\/details>/g)?.length ?? 0);
    const closing = (fence ? `\n${fence}` : '') + '\n\n</details>'.repeat(Math.max(0, openDetails));
    if (end + closing.length > room) break;
    kept = end;
    ending = closing;
    start = end;
  }
  return body.slice(0, kept).trimEnd() + ending + clipNote;
}

/** The same where GitHub counts bytes. */
export function clippedMarkdownBytes(body: string, maxBytes: number): string {
  let characters = Math.min(body.length, maxBytes);
  for (;;) {
    const clipped = clippedMarkdown(body, characters);
    const bytes = Buffer.byteLength(clipped);
    if (bytes <= maxBytes) return clipped;
    characters = Math.floor((characters * maxBytes) / bytes) - 1;
  }
}

export const clippedLine = (line: string, maxCharacters: number): string =>
  line.length <= maxCharacters ? line : `${line.slice(0, maxCharacters - 1).trimEnd()}…`.toWellFormed();
