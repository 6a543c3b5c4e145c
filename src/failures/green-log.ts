// The log of a job that passed → which lines of a failed one it has never seen, times, numbers and names of the moment aside.
import type { LogLine } from './job-log.ts';
import { plainLine } from './job-log.ts';

const mostLines = 400_000;
/** As much of a line as the reader of the failed log takes, or colours would make the two differ. */
const longestRaw = 16_000;

/** Holds only a number for each different line, so that a green log of any size costs at most some 20 MB. */
export class GreenLog {
  private readonly seen = new Set<number>();
  private readonly decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  private readonly most: number;
  private rest = '';

  constructor(most = mostLines) {
    this.most = most;
  }

  push(chunk: Uint8Array): void {
    this.read(this.decoder.decode(chunk, { stream: true }));
  }

  private read(decoded: string): void {
    const text = this.rest + decoded;
    let start = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      this.add(text.slice(start, Math.min(end, start + longestRaw)));
      start = end + 1;
    }
    this.rest = text.slice(start, start + longestRaw);
  }

  end(): this {
    this.add(this.rest);
    this.rest = '';
    return this;
  }

  private add(raw: string): void {
    if (this.seen.size < this.most) this.seen.add(hashed(templateOf(plainLine(raw))));
  }

  has(line: Pick<LogLine, 'text'>): boolean {
    return line.text.trim() === '' || this.seen.has(hashed(templateOf(line.text)));
  }

  /** Too little of it to tell what is usual. */
  get isEmpty(): boolean {
    return this.seen.size < 5;
  }
}

export function readGreenLog(text: string): GreenLog {
  const green = new GreenLog();
  green.push(Buffer.from(text));
  return green.end();
}

export async function readGreenLogStream(chunks: AsyncIterable<Uint8Array>): Promise<GreenLog> {
  const green = new GreenLog();
  for await (const chunk of chunks) green.push(chunk);
  return green.end();
}

/** Each branch begins with a character that no other part of it can match: linear. */
const momentary: readonly [RegExp, string][] = [
  // The reader of the failed log has taken the runner's own words off.
  [/^##\[[a-z]{1,20}\]/, ''],
  [/\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?)?/g, '<time>'],
  [/\b\d\d:\d\d:\d\d(?:[.,]\d{1,9})?\b/g, '<time>'],
  [/\b\d{1,9}(?:\.\d{1,9})? ?(?:ns|[µu]s|ms|s|sec|secs|seconds?|m|min|mins|minutes?|h|hours?)\b/g, '<span>'],
  [/\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b/gi, '<uuid>'],
  [/\b0x[0-9a-f]{1,16}\b/gi, '<address>'],
  [/\b(?=[0-9a-f]{0,40}\d)[0-9a-f]{7,128}\b/gi, '<hash>'],
  [/(?:\/tmp|\/var\/folders|\/home\/runner\/work\/_temp|\\Temp)[/\\][^\s'"):,]{1,300}/g, '<temp>'],
  [/\b\d{1,3}(?:\.\d{1,3}){3}(?::\d{1,5})?\b/g, '<host>'],
  // Nought is a result of its own: `0 failed` is not `1 failed`.
  [/(?<![\d.])(?:[1-9]\d{0,30}|0\d{1,30})(?:\.\d{1,30})?%?/g, '#'],
  [/\s+/g, ' '],
];

/** What two runs of the same job print alike. */
export function templateOf(text: string): string {
  return momentary.reduce((line, [pattern, word]) => line.replace(pattern, word), text.slice(0, 2_000)).trim();
}

/** 53 bits (cyrb53): of 400,000 lines two collide once in 50,000 logs. */
function hashed(text: string): number {
  let [high, low] = [0xdeadbeef, 0x41c6ce57];
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    high = Math.imul(high ^ unit, 2654435761);
    low = Math.imul(low ^ unit, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return 4294967296 * (2097151 & low) + (high >>> 0);
}
