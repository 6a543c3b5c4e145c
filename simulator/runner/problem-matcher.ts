// Finds errors and warnings in a tool's output with the patterns that `::add-matcher::` registers.
// https://github.com/actions/toolkit/blob/main/docs/problem-matchers.md
import { z } from 'zod';

const index = z.number().int().min(0).optional();
const pattern = z.object({
  regexp: z.string(),
  file: index,
  fromPath: index,
  line: index,
  column: index,
  severity: index,
  code: index,
  message: index,
  loop: z.boolean().optional(),
});
const definition = z.object({
  owner: z.string(),
  severity: z.string().optional(),
  pattern: z.array(pattern).min(1),
});
const matcherFile = z.object({ problemMatcher: z.array(definition) });

type Pattern = z.infer<typeof pattern>;
type MatcherDefinition = z.infer<typeof definition>;

export interface Problem {
  level: 'error' | 'warning' | 'notice';
  message: string;
  file?: string;
  line?: number;
  column?: number;
  code?: string;
}

const captured = ['file', 'line', 'column', 'severity', 'code', 'message'] as const;
type Captures = Partial<Record<(typeof captured)[number], string>>;

export class ProblemMatcher {
  readonly owner: string;
  private readonly severity: string | undefined;
  private readonly steps: { expression: RegExp; pattern: Pattern }[];
  private at = 0;
  private captures: Captures = {};

  constructor(source: MatcherDefinition) {
    this.owner = source.owner;
    this.severity = source.severity;
    this.steps = source.pattern.map((one) => ({ expression: new RegExp(one.regexp), pattern: one }));
  }

  /** The problem that ends with this line, if one does. */
  match(line: string): Problem | undefined {
    const last = this.steps.length - 1;
    const step = this.steps[this.at];
    const found = step?.expression.exec(line);
    if (!step || !found) {
      const wasUnderWay = this.at > 0;
      this.reset();
      return wasUnderWay ? this.match(line) : undefined;
    }
    const captures: Captures = { ...this.captures };
    for (const name of captured) {
      const value = found[step.pattern[name] ?? -1];
      if (value !== undefined) captures[name] = value;
    }
    if (this.at < last) {
      this.captures = captures;
      this.at += 1;
      return undefined;
    }
    if (!step.pattern.loop) this.reset();
    return this.problemOf(captures);
  }

  private reset(): void {
    this.at = 0;
    this.captures = {};
  }

  private problemOf(captures: Captures): Problem | undefined {
    if (!captures.message) return undefined;
    const severity = (captures.severity || this.severity || 'error').toLowerCase();
    const level = severity === 'warning' || severity === 'notice' ? severity : 'error';
    return {
      level,
      message: captures.message,
      ...(captures.file && { file: captures.file }),
      ...(captures.line && { line: Number(captures.line) }),
      ...(captures.column && { column: Number(captures.column) }),
      ...(captures.code && { code: captures.code }),
    };
  }
}

/** Reads a matcher file; throws with what is wrong in it. */
export function readMatchers(text: string): ProblemMatcher[] {
  return matcherFile.parse(JSON.parse(text)).problemMatcher.map((source) => new ProblemMatcher(source));
}
