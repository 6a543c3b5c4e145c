// Writes a job's log as GitHub stores it: a BOM, a timestamp before each line, the whole job in one file and each step in its own.
import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Masker } from './masker.ts';

const BOM = '\uFEFF';
const FLUSH_AT_CHARACTERS = 64 * 1024;

/** `2026-11-21T10:00:00.1234567Z`: .NET's seven digits, from the one clock that has them. */
function timestamp(): string {
  const now = performance.timeOrigin + performance.now();
  const fraction = Math.floor((now % 1) * 10_000);
  return `${new Date(Math.floor(now)).toISOString().slice(0, -1)}${String(fraction).padStart(4, '0')}Z`;
}

class LogFile {
  private readonly descriptor: number;
  private buffered = BOM;

  constructor(file: string) {
    this.descriptor = openSync(file, 'w');
  }

  append(text: string): void {
    this.buffered += text;
    if (this.buffered.length >= FLUSH_AT_CHARACTERS) this.flush();
  }

  flush(): void {
    if (this.buffered !== '') writeSync(this.descriptor, this.buffered);
    this.buffered = '';
  }

  close(): void {
    this.flush();
    closeSync(this.descriptor);
  }
}

export class JobLog {
  readonly file: string;
  private readonly directory: string;
  private readonly masker: Masker;
  private readonly whole: LogFile;
  private step: LogFile | undefined;
  private lines = 0;

  constructor(directory: string, masker: Masker) {
    mkdirSync(directory, { recursive: true });
    this.directory = directory;
    this.masker = masker;
    this.file = join(directory, 'job.txt');
    this.whole = new LogFile(this.file);
  }

  /** Opens a step's file and returns its path. */
  startStep(number: number, name: string): string {
    this.endStep();
    const file = join(this.directory, `${number}_${fileName(name)}.txt`);
    this.step = new LogFile(file);
    this.lines = 0;
    return file;
  }

  /** The number of the step's line that was written last; annotations without a file point to it. */
  get stepLine(): number {
    return this.lines;
  }

  write(text: string): void {
    for (const line of this.masker.mask(text).split(/\r\n|\n|\r/)) {
      const stamped = `${timestamp()} ${line}\n`;
      this.whole.append(stamped);
      this.step?.append(stamped);
      this.lines += 1;
    }
  }

  endStep(): void {
    this.step?.close();
    this.step = undefined;
    this.whole.flush();
  }

  close(): void {
    this.endStep();
    this.whole.close();
  }
}

/** A name as it stands in the run's zip: without the characters that no file system takes. */
function fileName(name: string): string {
  return name.replace(/[/\\:*?"<>|\u0000-\u001F]/g, '').slice(0, 90);
}
