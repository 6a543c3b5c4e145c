// A log's bytes as they arrive → the lines worth keeping, within fixed memory: all of a usual log, of a huge one the surroundings of signs.
import { type JobLog, JobLogBuilder, type JobStep } from './job-log.ts';
import { SignScanner, type SignTable } from './sign-scanner.ts';

/** Bytes of a block: what is kept or forgotten as one. */
const blockBytes = 16_384;

export interface LogLimits {
  /** Blocks at either end that are always kept: a log of up to twice as many is kept whole. */
  endBlocks: number;
  /** Blocks between the ends that are kept because a sign stands in or near them. */
  markedBlocks: number;
  /** A sign that occurs more often says little: it keeps the surroundings of its first places only. */
  placesPerSign: number;
  /** Lines kept in all; of more, the first and the last. */
  lines: number;
}

export const defaultLimits: LogLimits = { endBlocks: 128, markedBlocks: 384, placesPerSign: 24, lines: 250_000 };

/** Kept around a block with a sign: what is printed above a failure, and below it. */
const [blocksBefore, blocksAfter] = [2, 3];

interface Block {
  index: number;
  bytes: Uint8Array;
  length: number;
  /** Line ends before its first byte, and in it. */
  newlinesBefore: number;
  newlines: number;
}

export class LogReader {
  private readonly scanner: SignScanner;
  private readonly table: SignTable;
  private readonly limits: LogLimits;
  private readonly places: Uint32Array;
  private readonly kept: Block[] = [];
  /** The latest blocks, not kept yet. */
  private readonly recent: Block[] = [];
  private block: Block;
  private keepUntil = -1;
  private marked = 0;
  private bytes = 0;

  constructor(table: SignTable, limits: LogLimits = defaultLimits) {
    this.table = table;
    this.scanner = new SignScanner(table);
    this.limits = limits;
    this.places = new Uint32Array(table.signs.length);
    this.block = this.newBlock(0, new Uint8Array(blockBytes));
  }

  push(chunk: Uint8Array): void {
    this.bytes += chunk.length;
    for (let from = 0; from < chunk.length; ) {
      const part = chunk.subarray(from, from + blockBytes - this.block.length);
      this.block.bytes.set(part, this.block.length);
      this.block.length += part.length;
      from += part.length;
      if (this.block.length === blockBytes) this.endBlock();
    }
  }

  /** `steps`: the job's, as GitHub's API tells them, where it was asked. */
  end(steps: readonly JobStep[] = []): JobLog {
    if (this.block.length > 0) this.endBlock();
    const builder = new JobLogBuilder();
    for (const run of runsOf(this.withinLines([...this.kept, ...this.recent]))) readRun(run, builder);
    const signs = this.table.signs.filter((_, index) => (this.places[index] ?? 0) > 0);
    return { ...builder.finish(steps), signs: new Set(signs), bytes: this.bytes, lineCount: this.lineCount() };
  }

  private newBlock(index: number, bytes: Uint8Array): Block {
    return { index, bytes, length: 0, newlinesBefore: this.scanner.newlines, newlines: 0 };
  }

  private endBlock(): void {
    const { block, limits } = this;
    let isMarked = false;
    this.scanner.scan(block.bytes, block.length, (sign) => {
      const places = this.places[sign] ?? 0;
      this.places[sign] = places + 1;
      if (places < limits.placesPerSign) isMarked = true;
    });
    block.newlines = this.scanner.newlines - block.newlinesBefore;
    this.recent.push(block);
    if (isMarked && this.marked < limits.markedBlocks) this.keepUntil = block.index + blocksAfter;
    if (block.index < limits.endBlocks) this.keep(this.recent.length);
    else if (block.index <= this.keepUntil) this.keep(isMarked ? blocksBefore + 1 : 1);
    const free = this.recent.length > limits.endBlocks ? this.recent.shift() : undefined;
    this.block = this.newBlock(block.index + 1, free?.bytes ?? new Uint8Array(blockBytes));
  }

  /** Moves the latest `count` blocks to those that are kept for good. */
  private keep(count: number): void {
    const moved = this.recent.splice(-count);
    if ((moved[0]?.index ?? 0) >= this.limits.endBlocks) this.marked += moved.length;
    this.kept.push(...moved);
  }

  /** Blocks kept out of order come between those that are not: sorted, and no more lines than allowed. */
  private withinLines(blocks: readonly Block[]): Block[] {
    const sorted = [...blocks].sort((a, b) => a.index - b.index);
    const [first, last]: [Block[], Block[]] = [[], []];
    let left = this.limits.lines;
    while (sorted.length > 0 && left > 0) {
      const block = first.length <= last.length ? sorted.shift() : sorted.pop();
      if (!block) break;
      left -= block.newlines;
      (first.length <= last.length ? first : last).push(block);
    }
    return [...first, ...last.reverse()];
  }

  private lineCount(): number {
    const last = this.recent.at(-1) ?? this.kept.at(-1);
    const isOpen = last !== undefined && last.length > 0 && ![10, 13].includes(last.bytes[last.length - 1] ?? 0);
    return this.scanner.newlines + (isOpen ? 1 : 0);
  }
}

/** Blocks that follow each other without a gap. */
function runsOf(blocks: readonly Block[]): Block[][] {
  const runs: Block[][] = [];
  for (const block of blocks) {
    const run = runs.at(-1);
    if (run?.at(-1)?.index === block.index - 1) run.push(block);
    else runs.push([block]);
  }
  return runs;
}

/** What a line may have before the reader of job logs cuts it: colours and timestamp come off it yet. */
const longestRaw = 16_000;

function readRun(run: readonly Block[], builder: JobLogBuilder): void {
  const [first] = run;
  if (!first) return;
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  let number = first.newlinesBefore + 1;
  let rest = '';
  // The end of a line whose beginning was forgotten is no line.
  let isWhole = first.index === 0;
  if (!isWhole) builder.gap();
  for (const block of run) {
    const text = rest + decoder.decode(block.bytes.subarray(0, block.length), { stream: true });
    let start = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      number += returnsIn(text, start, end - 1);
      if (isWhole) builder.read(number, text.slice(start, Math.min(end, start + longestRaw)));
      isWhole = true;
      number += 1;
      start = end + 1;
    }
    rest = text.slice(start, start + longestRaw);
    number += returnsIn(text, start + longestRaw, text.length);
  }
  if (isWhole && rest !== '') builder.read(number + returnsIn(rest, 0, rest.length - 1), rest);
}

/** Carriage returns from `start` on and before `end`: a progress bar's states are lines to an editor, the last one is shown. */
function returnsIn(text: string, start: number, end: number): number {
  let count = 0;
  for (let at = text.indexOf('\r', start); at >= 0 && at < end; at = text.indexOf('\r', at + 1)) count += 1;
  return count;
}
