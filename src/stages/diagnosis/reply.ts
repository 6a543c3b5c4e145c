// The model's text → the diagnosis it claims, in the fields that were asked for; or what is wrong with the text, for the model.
import { z } from 'zod';
import { causeKinds } from '../../incident/case-file.ts';
import { jsonIn } from '../../text/json-in.ts';

/** In this order, so that what is seen comes before what is concluded. */
const DiagnosisReply = z.object({
  citations: z.array(z.string()),
  mechanism: z.string(),
  suspects: z.array(z.object({ path: z.string(), line: z.int().optional(), why: z.string() })),
  rootCause: z.string(),
  kind: z.enum(causeKinds),
  files: z.array(z.string()),
  change: z.string(),
  leave: z.string(),
  /** These two are left out by most replies. */
  revert: z.object({ commit: z.string(), why: z.string() }).optional(),
  risk: z.enum(['low', 'medium', 'high']),
  need: z.array(z.string()).optional(),
  confidence: z.number().min(0).max(1),
});
export type DiagnosisReply = z.infer<typeof DiagnosisReply>;

const { $schema: _, ...schemaOfReply } = z.toJSONSchema(DiagnosisReply);
export const diagnosisSchema: Record<string, unknown> = schemaOfReply;

export type ReplyReading = { ok: true; reply: DiagnosisReply } | { ok: false; problem: string };

export function readReply(text: string): ReplyReading {
  const data = jsonIn(text);
  if (data === undefined) return { ok: false, problem: 'It is not one whole JSON object.' };
  const parsed = DiagnosisReply.safeParse(data);
  if (parsed.success) return { ok: true, reply: parsed.data };
  const problems = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'the object'}: ${issue.message}`);
  return { ok: false, problem: `${problems.slice(0, mostProblems).join('; ')}.` };
}

const mostProblems = 8;
