// One failure as a tool printed it: the vocabulary that parsers write and everything later reads.
import { z } from 'zod';

export const StackFrame = z.strictObject({
  /** As printed: absolute, relative, or a module's name. */
  file: z.string(),
  line: z.number().int().positive().optional(),
  column: z.number().int().nonnegative().optional(),
  function: z.string().optional(),
});
export type StackFrame = z.infer<typeof StackFrame>;

export const Failure = z.strictObject({
  /** `jest`, `pytest`, `node`… ; `shell` where only an exit code is known. */
  tool: z.string(),
  /** The test's id in the tool's own words: `tests/test_price.py::test_zero`. */
  test: z.string().optional(),
  /** `ZeroDivisionError`, `AssertionError`, `TS2345`… */
  type: z.string().optional(),
  message: z.string(),
  expected: z.string().optional(),
  actual: z.string().optional(),
  file: z.string().optional(),
  line: z.number().int().positive().optional(),
  column: z.number().int().nonnegative().optional(),
  /** Innermost first, whatever order the tool prints. */
  frames: z.array(StackFrame),
  /** The artifact's file that names it, where no line of the log does: then `at` counts that file's lines. */
  report: z.string().optional(),
  /** 1-based, inclusive line numbers of the text it was read from. */
  at: z.strictObject({ from: z.number().int().positive(), to: z.number().int().positive() }),
});
export type Failure = z.infer<typeof Failure>;
