import { readLines } from './read-lines.js';

/** `number;name;town` a line, below one line of headings. */
export async function* readMembers(chunks) {
  let isHeading = true;
  for await (const line of readLines(chunks)) {
    if (!isHeading && line.trim() !== '') {
      const [number, name, town] = line.split(';');
      yield { number: Number(number), name, town };
    }
    isHeading = false;
  }
}
