// What `self-heal edits` made of a reply → its JSON, whose names are promised.
import { z } from 'zod';

const JudgedEdit = z.strictObject({
  path: z.string().describe('The file, as the reply names it.'),
  line: z.number().describe('Line of the reply at which the edit starts, 1-based.'),
  outcome: z.enum(['applied', 'created', 'refused']).describe('`applied`, `created` (a new file) or `refused`.'),
  rung: z
    .string()
    .optional()
    .describe('How its lines were found: `exact`, or what had to be looked past. Only of applied edits.'),
  lines: z
    .strictObject({
      first: z
        .number()
        .describe(
          'First line that it changed, as the file is after this edit, 1-based; `lines` only of applied edits.',
        ),
      last: z.number().describe('The last of these lines, inclusive.'),
    })
    .optional(),
  feedback: z.string().optional().describe('Of a refused edit: what the model is told.'),
});
export type JudgedEdit = z.infer<typeof JudgedEdit>;

/** docs/edits.md describes each field; a test holds the two together. */
export const EditsReport = z.strictObject({
  whole: z.boolean().describe('There is an edit, and nothing was refused or malformed.'),
  written: z.boolean().describe('The files were changed; only with `--write`, and only when it is whole.'),
  declined: z.string().optional().describe('The reason, where the model says that there is no safe fix.'),
  edits: z.array(JudgedEdit),
  malformed: z.array(
    z.strictObject({
      line: z.number().describe('Line of the reply, 1-based.'),
      problem: z.string().describe('What is wrong with the block that starts there.'),
    }),
  ),
  feedback: z
    .string()
    .optional()
    .describe(
      'What the model is told where there is no edit, or where edits that fit one by one are no patch together.',
    ),
  diff: z.string().describe('What the edits that fit amount to, as git writes it; also where others were refused.'),
});
export type EditsReport = z.infer<typeof EditsReport>;

export const asJson = (report: EditsReport): string => JSON.stringify(report, null, 2);
