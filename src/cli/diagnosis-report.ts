// What `self-heal diagnose` found → its JSON, whose names are promised.
import { z } from 'zod';

const Frame = z.strictObject({
  file: z.string().describe('As printed. Frames stand innermost first.'),
  line: z.number().optional().describe('1-based.'),
  column: z.number().optional().describe('As the tool counts.'),
  function: z.string().optional().describe('As the runtime calls it.'),
});

const LeftOut = z.strictObject({
  path: z.string().describe('A file with a definition that belongs here, for which there was no room.'),
  from: z.number().describe('Its first line.'),
  to: z.number().describe('Its last line.'),
  name: z.string().optional().describe('What is defined there.'),
  why: z.string().describe('Why it belongs here.'),
});

/** docs/diagnose.md describes each field; a test holds the two together. */
export const DiagnosisReport = z.strictObject({
  failures: z.array(
    z.strictObject({
      tool: z
        .string()
        .describe(
          'The tool that reported it: `jest`, `pytest`, `tsc`…; `shell` where only the last words of the step are known.',
        ),
      test: z.string().optional().describe("The test's id in the tool's own words."),
      type: z
        .string()
        .optional()
        .describe('The error type or rule: `TypeError`, `TS2345`. Of chained errors the root one.'),
      message: z.string().describe('What the tool said, the root cause first.'),
      expected: z.string().optional().describe('Expected value, where the tool prints one.'),
      actual: z.string().optional().describe('Actual value, where the tool prints one.'),
      file: z.string().optional().describe('The file to open, as printed.'),
      line: z.number().optional().describe('Its line, 1-based.'),
      column: z.number().optional().describe('Its column, as the tool counts.'),
      frames: z.array(Frame),
      log: z.strictObject({
        first: z.number().describe('First line of the log that it was read from, 1-based.'),
        last: z.number().describe('The last of these lines, inclusive.'),
      }),
      job: z.string().optional().describe('The job in whose log it stands, where there are several.'),
      report: z
        .string()
        .optional()
        .describe(
          'The test report, or `the issue`, that names it, where no line of a log does: `log` then counts its lines.',
        ),
    }),
  ),
  suspects: z.array(
    z.strictObject({
      path: z.string().describe('A file of the repository; without `--repo` a path as the log prints it.'),
      score: z.number().describe('0 to 1; good for an order.'),
      lines: z.array(z.number()).describe('Lines of interest in it.'),
      reasons: z.array(z.string()).describe('Why it is suspected, in words.'),
      owners: z.array(z.string()).optional().describe('Whom CODEOWNERS names for it.'),
    }),
  ),
  exitCode: z
    .number()
    .nullable()
    .describe(
      "The failing step's exit code; null where the log names none. Of several jobs, `step`, `command` and this are of the one that the excerpt shows.",
    ),
  step: z.string().nullable().describe('The failing step, as its header in the log says.'),
  command: z.string().nullable().describe("The failing step's script."),
  jobs: z
    .array(z.string())
    .describe('Of a run with several jobs: which failed, which passed, and what sets them apart.'),
  environment: z.array(z.string()).describe('What an issue says of versions and systems.'),
  changes: z
    .array(z.string())
    .describe('What changed since the last green run of the workflow; only for a run on GitHub.'),
  excerpt: z.strictObject({
    text: z.string().describe('What a model would be shown: of the log, of the issue, of the code.'),
    tokens: z.number().describe('Its size, estimated.'),
    leftOut: z.array(LeftOut),
  }),
  requests: z.number().optional().describe('Requests to GitHub that this took; only for a run on GitHub.'),
});
export type DiagnosisReport = z.infer<typeof DiagnosisReport>;

export const asJson = (report: DiagnosisReport): string => JSON.stringify(report, null, 2);
