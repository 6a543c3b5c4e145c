// A job's log, or any other output → numbered lines, and the structure that the runner (and only the runner) put there.
import { endingErrors, exitCodeMessage, exitOfScript } from './ending-errors.ts';

export interface LogLine {
  /** 1-based, in the text as it was given. */
  number: number;
  /** Without timestamp, colours and control characters; cut at `longestLine`. */
  text: string;
  /** `header`: a step's command, inputs and environment. `error`: reported by the runner with `##[error]`. */
  kind: 'output' | 'header' | 'error' | 'group';
}

export interface LogStep {
  /** As its header says: `Run npm test`. */
  name: string;
  /** When the runner began it; absent in a log without timestamps. */
  startedAt?: Date;
  /** The script, for steps that have one. */
  command?: string;
  shell?: string;
  env: Record<string, string>;
  /** Line numbers, inclusive. */
  from: number;
  to: number;
}

/** A step as GitHub's API tells it. */
export interface JobStep {
  name: string;
  conclusion: string | null;
  startedAt?: Date;
  completedAt?: Date;
}

export interface Remark {
  line: number;
  text: string;
}

export interface JobLog {
  /** In order; not every line of a huge log is kept. */
  lines: LogLine[];
  steps: LogStep[];
  /** The runner's error messages and warnings, in order; programs annotate lines with them too, whether or not they fail. */
  errors: Remark[];
  warnings: Remark[];
  /** Size of the whole log. */
  bytes: number;
  lineCount: number;
  /** The signs of tools that occur in it, see failure-parser.ts. */
  signs: ReadonlySet<string>;
  /** Of the errors those that ended a step, not mere annotations; and the one that ended the job. */
  endings: Remark[];
  endedBy?: Remark;
  /** The step in which the job failed. */
  failedStep?: LogStep;
  stepName?: string;
  failingCommand?: string;
  exitCode?: number;
}

const longestLine = 8_000;
const timestamp =
  /^\ufeff?(?:[^\t\n]{1,200}\t[^\t\n]{1,200}\t\ufeff?)?\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z(?: |$)/;
const longestScript = 500;
const mostWarnings = 1_000;

/** Reads raw lines in order; see read-job-log.ts for the ways to give them. */
export class JobLogBuilder {
  private readonly lines: LogLine[] = [];
  private readonly steps: LogStep[] = [];
  private readonly errors: Remark[] = [];
  private readonly warnings: Remark[] = [];
  private readonly scripts = new Map<LogStep, string[]>();
  /** Further lines of an error's message: they have no timestamp. */
  private readonly continued = new Set<number>();
  private isInError = false;
  private header: LogStep | undefined;
  private section = '';

  /** Lines are missing here: what was open is not open any more. */
  gap(): void {
    this.header = undefined;
  }

  read(number: number, raw: string): void {
    const stamp = timestamp.exec(raw)?.[0];
    const rest = stamp === undefined ? raw : raw.slice(stamp.length);
    const text = plain(rest);
    this.isInError &&= stamp === undefined;
    if (stamp === undefined) {
      if (this.isInError) this.continued.add(number);
      this.readHeader(text, false);
      this.add(number, text, this.header ? 'header' : 'output');
    } else if (text.startsWith('##[')) this.readCommand(number, text, stamp);
    else if (this.header) {
      this.readHeader(text, rest.includes('\x1b[36;1m'));
      this.add(number, text, 'header');
    } else {
      if (text === 'Post job cleanup.') this.endStep(number - 1);
      this.add(number, text, 'output');
    }
  }

  /** Commands of the runner: `##[group]Run npm test`, `##[error]Process completed with exit code 1.` */
  private readCommand(number: number, text: string, stamp: string): void {
    const close = text.indexOf(']');
    const [command, message] = [text.slice(3, close), text.slice(close + 1)];
    if (command === 'group' && /^Run \S/.test(message)) {
      this.endStep(number - 1);
      this.header = { name: message, ...startOf(stamp), env: {}, from: number, to: number };
      this.steps.push(this.header);
      this.section = '';
      this.add(number, message, 'header');
    } else if (command === 'endgroup') {
      this.add(number, '', this.header ? 'header' : 'group');
      this.endHeader();
    } else if (command === 'error') {
      this.header = undefined;
      this.isInError = true;
      this.errors.push({ line: number, text: message });
      this.add(number, message, 'error');
    } else if (command === 'warning') {
      if (this.warnings.length < mostWarnings) this.warnings.push({ line: number, text: message });
      this.add(number, message, 'output');
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

  /** A program may open a group called `Run …` too (`::group::Run tests`): a step shows its script, shell or inputs. */
  private endHeader(): void {
    const step = this.header;
    this.header = undefined;
    if (!step || step.shell !== undefined || this.section !== '' || /^Run \S+[@/]\S+$/.test(step.name)) return;
    this.steps.pop();
    this.scripts.delete(step);
    const before = this.steps.at(-1);
    if (before) before.to = before.from;
    for (let index = this.lines.length - 1; index >= 0; index -= 1) {
      const line = this.lines[index];
      if (!line || line.number < step.from) break;
      line.kind = line.number === step.from ? 'group' : 'output';
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

  finish(steps: readonly JobStep[]): Omit<JobLog, 'signs' | 'bytes' | 'lineCount'> {
    this.endStep(this.lines.at(-1)?.number ?? 0);
    for (const [step, script] of this.scripts) step.command = script.join('\n').trim();
    const { lines, errors, warnings } = this;
    const endings = endingErrors({ lines, errors, steps: this.steps, continued: this.continued });
    const log = { lines, steps: this.steps, errors, endings, warnings };
    const failed = steps.find(({ conclusion }) => conclusion === 'failure' || conclusion === 'timed_out');
    const endedBy = this.failingError(failed, endings);
    const exitCode = Number(exitCodeMessage.exec(endedBy?.text ?? '')?.[1] ?? Number.NaN);
    const ended = { ...log, ...(endedBy ? { endedBy } : {}), ...(Number.isSafeInteger(exitCode) ? { exitCode } : {}) };
    const told = failed && this.steps.find((step) => isSameStep(step, failed));
    const step = endedBy ? this.stepAt(endedBy.line) : told;
    if (!step) return ended;
    const failingCommand = step.command ?? step.name.replace(/^Run /, '');
    return { ...ended, failedStep: step, stepName: step.name, failingCommand };
  }

  /** Of several errors that of the step that GitHub says failed: one that may fail (`continue-on-error`) prints its error too. */
  private failingError(failed: JobStep | undefined, endings: readonly Remark[]): Remark | undefined {
    const inFailed = failed ? this.errors.filter(({ line }) => isSameStep(this.stepAt(line), failed)) : [];
    const endingIt =
      inFailed.length > 0 ? endings.filter(({ line }) => isSameStep(this.stepAt(line), failed)) : endings;
    const errors = endingIt.length > 0 ? endingIt : inFailed.slice(-1);
    const coded =
      errors.find(({ text }) => exitOfScript.test(text)) ?? errors.find(({ text }) => exitCodeMessage.test(text));
    const step = this.stepAt(errors[0]?.line ?? 0);
    const { from, to } = step ?? { from: 0, to: this.steps[0]?.from ?? Number.POSITIVE_INFINITY };
    return coded ?? errors.findLast(({ line }) => line >= from && line <= to) ?? errors[0];
  }

  private stepAt(line: number): LogStep | undefined {
    return this.steps.findLast((step) => step.from <= line && line <= step.to);
  }
}

function startOf(stamp: string): { startedAt?: Date } {
  const text = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,3})?/.exec(stamp)?.[0];
  return text ? { startedAt: new Date(`${text}Z`) } : {};
}

/** By its name, or, where the workflow names it or it is an action made of steps, by its time; the API tells whole seconds. */
function isSameStep(step: LogStep | undefined, told: JobStep | undefined): boolean {
  if (!step || !told) return false;
  if (step.name === told.name) return true;
  if (!step.startedAt || !told.startedAt || !told.completedAt) return false;
  const at = step.startedAt.getTime();
  return at >= told.startedAt.getTime() && at < told.completedAt.getTime() + 1000;
}

/** Linear: each branch consumes what it scanned. */
const controlSequence =
  /\x1b(?:\[[0-?]*[ -/]*[@-~]?|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[PX^_][^\x1b]*(?:\x1b\\)?|[ -/]+[0-~]?|[0-~])?/g;

/** A raw line as it is shown: without its timestamp, colours and control characters. */
export const plainLine = (raw: string): string => plain(raw.slice(timestamp.exec(raw)?.[0].length ?? 0));

/** What a terminal would show: a line that was overwritten with `\r` shows its last state. */
function plain(raw: string): string {
  let text = raw.endsWith('\r') ? raw.replace(/\r+$/, '') : raw;
  if (text.includes('\x1b')) text = text.replace(controlSequence, '');
  if (text.includes('\r')) text = text.slice(text.lastIndexOf('\r') + 1);
  if (/[\x00-\x08\x0b-\x1f\x7f\ufeff]/.test(text)) text = text.replace(/[\x00-\x08\x0b-\x1f\x7f\ufeff]/g, '');
  return text.length > longestLine ? text.slice(0, longestLine) : text;
}
