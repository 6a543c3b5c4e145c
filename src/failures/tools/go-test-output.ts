// The lines of `go test`, plain, verbose, of `-json` or of gotestsum → what each package's tests printed, and which failed.
import { z } from 'zod';
import type { LogLine } from '../job-log.ts';
import { endsProcess, type GoCrash, goCrashAt } from './go-panic.ts';

export interface GoTest {
  name: string;
  /** What it printed, in both modes; the indent of the result's line taken off. */
  printed: LogLine[];
  result?: LogLine;
  /** In gotestsum's list: which repetition this was. */
  rerun?: number;
  /** In gotestsum's list: its package, without the module's path. */
  package?: string;
}

export interface GoPackage {
  name: string;
  failed: GoTest[];
  crashes: GoCrash[];
  /** `FAIL	example.com/shop	0.004s`, and the exit status above it. */
  end: LogLine[];
  /** Printed by no test that is known. */
  loose: LogLine[];
}

const Event = z.object({
  Action: z.string(),
  Package: z.string().optional(),
  ImportPath: z.string().optional(),
  Output: z.string().optional(),
});

/** The events' output, a stream for each package; other lines are a stream of their own. */
export function streams(lines: readonly LogLine[]): LogLine[][] {
  const found = new Map<string, LogLine[]>();
  const open = new Set<string>();
  for (const line of lines) {
    const event = line.text.startsWith('{"') ? eventIn(line.text) : undefined;
    const key = event?.Package ?? event?.ImportPath ?? '';
    const output = event ? (event.Output ?? '') : `${line.text}\n`;
    if (output === '') continue;
    const stream = found.get(key) ?? [];
    found.set(key, stream);
    const [first = '', ...more] = output.replace(/\n$/, '').split('\n');
    const last = stream.at(-1);
    if (last && open.delete(key)) stream[stream.length - 1] = { ...last, text: `${last.text}${first}`.slice(0, 8_000) };
    else stream.push({ ...line, text: first });
    stream.push(...more.map((text) => ({ ...line, text })));
    if (!output.endsWith('\n')) open.add(key);
  }
  return [...found.values()];
}

function eventIn(text: string): z.infer<typeof Event> | undefined {
  if (!text.includes('"Action":"')) return undefined;
  try {
    return Event.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined; // A line of JSON that was cut.
  }
}

const packageLine = /^(FAIL|ok {2}|\? {3})\t(\S+)(?:\t| \[|$)/;
const switchLine = /^=== (?:RUN|CONT|NAME) {1,3}(\S+)$/;
const listLine = /^=== (FAIL|SKIP): (\S+)(?: (\S+))?(?: \(re-run (\d{1,4})\))? \((?:[\d.]+s|unknown)\)$/;
const resultLine = /^(\s*)--- (FAIL|PASS|SKIP): (\S+) \([\d.]+s\)$/;

export function goPackages(lines: readonly LogLine[]): GoPackage[] {
  const reader = new Reader(lines);
  for (let position = 0; position < lines.length; ) position = reader.read(position);
  return reader.finish();
}

class Reader {
  private readonly packages: GoPackage[] = [];
  private open: GoPackage = empty();
  private tests = new Map<string, GoTest>();
  private current: GoTest | undefined;
  /** Below a result's line only what is indented more is the test's. */
  private indent = -1;
  private readonly lines: readonly LogLine[];

  constructor(lines: readonly LogLine[]) {
    this.lines = lines;
  }

  /** Returns the position behind what it read. */
  read(position: number): number {
    const line = this.lines[position];
    if (!line) return position + 1;
    const crash = goCrashAt(this.lines, position);
    if (crash && endsProcess(this.lines, crash.end)) {
      const running = this.indent < 0 ? this.current?.name : undefined;
      const test = running?.startsWith(`${crash.test}/`) ? running : (crash.test ?? this.current?.name);
      this.open.crashes.push(test ? { ...crash, test } : crash);
      return crash.end;
    }
    if (!this.readMark(line)) this.readOutput(line);
    return position + 1;
  }

  private readMark(line: LogLine): boolean {
    const { text } = line;
    const [, status, name] = packageLine.exec(text) ?? [];
    if (status && name) {
      this.close(line, name, status);
      return true;
    }
    const listed = listLine.exec(text);
    if (listed) this.list(line, listed);
    else if (/^=== (?:PAUSE|Failed$|Skipped$|Errors$)|^(?:FAIL|PASS)$|^DONE \d/.test(text)) this.current = undefined;
    else if (switchLine.test(text)) {
      this.current = this.test(switchLine.exec(text)?.[1] ?? '', text.startsWith('=== RUN'));
      this.indent = -1;
    } else return this.readResult(line);
    return true;
  }

  private readResult(line: LogLine): boolean {
    const [, indent = '', result, name] = line.text.includes('--- ') ? (resultLine.exec(line.text) ?? []) : [];
    if (!name) return false;
    // With `-count=2` the same name comes again.
    this.current = this.test(name, this.tests.get(name)?.result !== undefined);
    // What an example printed stands at the margin.
    this.indent = name.startsWith('Example') ? -1 : indent.length;
    this.current.result = line;
    if (result === 'FAIL') this.open.failed.push(this.current);
    return true;
  }

  private readOutput(line: LogLine): void {
    const isBelow = this.indent < 0 || line.text.startsWith(' '.repeat(this.indent + 1)) || line.text === '';
    if (this.current && isBelow) {
      const text = line.text.slice(Math.max(0, this.indent));
      this.current.printed.push({ ...line, text });
    } else {
      this.current = undefined;
      if (/^exit status \d|^signal: /.test(line.text)) this.open.end.push(line);
      else if (line.text.trim() !== '') this.open.loose.push(line);
    }
  }

  private list(line: LogLine, [, status, name, test = '', rerun = '0']: RegExpExecArray): void {
    this.current = { name: test, printed: [], result: line, rerun: Number(rerun), ...(name ? { package: name } : {}) };
    this.indent = -1;
    if (status === 'FAIL' && test) this.open.failed.push(this.current);
  }

  private test(name: string, isNew: boolean): GoTest {
    const known = isNew ? undefined : this.tests.get(name);
    const test = known ?? { name, printed: [] };
    this.tests.set(name, test);
    return test;
  }

  private close(line: LogLine, name: string, status: string): void {
    const isFailed = status === 'FAIL';
    if (isFailed) this.packages.push({ ...this.open, name, end: [...this.open.end, line] });
    this.open = empty();
    this.tests = new Map();
    this.current = undefined;
  }

  finish(): GoPackage[] {
    const isOpen = this.open.failed.length > 0 || this.open.crashes.length > 0;
    return isOpen ? [...this.packages, this.open] : this.packages;
  }
}

const empty = (): GoPackage => ({ name: '', failed: [], crashes: [], end: [], loose: [] });
