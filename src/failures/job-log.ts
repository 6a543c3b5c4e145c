// A job's log, or any other output → numbered lines, and the structure that the runner (and only the runner) put there.

export interface LogLine {
  /** 1-based, in the text as it was given. */
  number: number;
  /** Without timestamp, colours and control characters; cut at `longestLine`. */
  text: string;
  /** `header`: a step's command, inputs and environment. `error`: reported by the runner with `##[error]`. */
  kind: 'output' | 'header' | 'error' | 'group';
}

interface LogStep {
  /** As its header says: `Run npm test`. */
  name: string;
  /** The script, for steps that have one. */
  command?: string;
  shell?: string;
  env: Record<string, string>;
  /** Line numbers, inclusive. */
  from: number;
  to: number;
}

export interface JobLog {
  lines: LogLine[];
  steps: LogStep[];
  /** The runner's error messages, in order. */
  errors: { line: number; text: string }[];
  /** The step in which the job failed. */
  failedStep?: LogStep;
  stepName?: string;
  failingCommand?: string;
  exitCode?: number;
}

const longestLine = 8_000;
const timestamp = /^\ufeff?(?:[^\t\n]{1,200}\t[^\t\n]{1,200}\t\ufeff?)?\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z /;
const exitCodeMessage = /\bexit code (\d{1,10})\b/;
const longestScript = 500;

export function readJobLog(text: string): JobLog {
  const reader = new Reader();
  let number = 0;
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    number += 1;
    reader.read(number, text.slice(start, Math.min(end, start + 2 * longestLine)));
    start = end + 1;
  }
  return reader.finish();
}

class Reader {
  readonly lines: LogLine[] = [];
  readonly steps: LogStep[] = [];
  readonly errors: { line: number; text: string }[] = [];
  private readonly scripts = new Map<LogStep, string[]>();
  private header: LogStep | undefined;
  private section = '';

  read(number: number, raw: string): void {
    const stamp = timestamp.exec(raw)?.[0];
    const rest = stamp === undefined ? raw : raw.slice(stamp.length);
    const text = plain(rest);
    if (stamp === undefined) {
      this.readHeader(text, false);
      this.add(number, text, this.header ? 'header' : 'output');
    } else if (text.startsWith('##[')) this.readCommand(number, text);
    else if (this.header) {
      this.readHeader(text, rest.includes('\x1b[36;1m'));
      this.add(number, text, 'header');
    } else {
      if (text === 'Post job cleanup.') this.endStep(number - 1);
      this.add(number, text, 'output');
    }
  }

  /** Commands of the runner: `##[group]Run npm test`, `##[error]Process completed with exit code 1.` */
  private readCommand(number: number, text: string): void {
    const close = text.indexOf(']');
    const [command, message] = [text.slice(3, close), text.slice(close + 1)];
    if (command === 'group' && /^Run \S/.test(message)) {
      this.endStep(number - 1);
      this.header = { name: message, env: {}, from: number, to: number };
      this.steps.push(this.header);
      this.section = '';
      this.add(number, message, 'header');
    } else if (command === 'endgroup') {
      this.add(number, '', this.header ? 'header' : 'group');
      this.header = undefined;
    } else if (command === 'error') {
      this.header = undefined;
      this.errors.push({ line: number, text: message });
      this.add(number, message, 'error');
    } else this.add(number, message, command === 'group' ? 'group' : 'output');
  }

  /** Script lines are cyan; where colours were taken out, they are what stands before the first known word. */
  private readHeader(text: string, isScript: boolean): void {
    if (!this.header) return;
    const key = /^(with|env|shell):(?: (.*))?$/.exec(text);
    if (key?.[1] && !isScript) {
      this.section = key[1];
      if (key[1] === 'shell') this.header.shell = key[2] ?? '';
    } else if (isScript || this.section === '') {
      const script = this.scripts.get(this.header) ?? [];
      if (script.length < longestScript) script.push(text);
      this.scripts.set(this.header, script);
    } else if (this.section === 'env') {
      const colon = text.indexOf(': ');
      if (colon > 0) this.header.env[text.slice(0, colon).trim()] = text.slice(colon + 2);
    }
  }

  private endStep(line: number): void {
    const step = this.steps.at(-1);
    if (step && step.to === step.from) step.to = Math.max(step.from, line);
    this.header = undefined;
  }

  private add(number: number, text: string, kind: LogLine['kind']): void {
    this.lines.push({ number, text, kind });
  }

  finish(): JobLog {
    this.endStep(this.lines.length);
    for (const [step, script] of this.scripts) step.command = script.join('\n').trim();
    const { lines, steps, errors } = this;
    const log: JobLog = { lines, steps, errors };
    const failing =
      errors.find((error) => /^Process completed with exit code \d/.test(error.text)) ??
      errors.find((error) => exitCodeMessage.test(error.text)) ??
      errors.at(-1);
    if (!failing) return log;
    const exitCode = Number(exitCodeMessage.exec(failing.text)?.[1] ?? Number.NaN);
    if (Number.isSafeInteger(exitCode)) log.exitCode = exitCode;
    const step = steps.findLast((candidate) => candidate.from <= failing.line && failing.line <= candidate.to);
    if (!step) return log;
    return {
      ...log,
      failedStep: step,
      stepName: step.name,
      failingCommand: step.command ?? step.name.replace(/^Run /, ''),
    };
  }
}

/** Linear: each branch consumes what it scanned. */
const controlSequence =
  /\x1b(?:\[[0-?]*[ -/]*[@-~]?|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[PX^_][^\x1b]*(?:\x1b\\)?|[ -/]+[0-~]?|[0-~])?/g;

/** What a terminal would show: a line that was overwritten with `\r` shows its last state. */
function plain(raw: string): string {
  let text = raw.endsWith('\r') ? raw.replace(/\r+$/, '') : raw;
  if (text.includes('\x1b')) text = text.replace(controlSequence, '');
  if (text.includes('\r')) text = text.slice(text.lastIndexOf('\r') + 1);
  if (/[\x00-\x08\x0b-\x1f\x7f\ufeff]/.test(text)) text = text.replace(/[\x00-\x08\x0b-\x1f\x7f\ufeff]/g, '');
  return text.length > longestLine ? text.slice(0, longestLine) : text;
}
