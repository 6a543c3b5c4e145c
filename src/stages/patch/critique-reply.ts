// The model's JSON → a verdict on the patch, or undefined where the reply is none.
import { z } from 'zod';
import { jsonIn } from '../../text/json-in.ts';
import { withoutInvisible } from '../../text/untrusted.ts';

const CritiqueReply = z.object({ verdict: z.enum(['accept', 'object']), objections: z.array(z.string()) });

const { $schema: _, ...schemaOfReply } = z.toJSONSchema(CritiqueReply);
export const critiqueSchema: Record<string, unknown> = schemaOfReply;

const maxObjections = 4;

type Critique = z.infer<typeof CritiqueReply>;

export function readCritique(text: string): Critique | undefined {
  const parsed = CritiqueReply.safeParse(jsonIn(text));
  if (!parsed.success) return undefined;
  const objections = parsed.data.objections
    .map((objection) => withoutInvisible(objection).trim().slice(0, 500))
    .filter((objection) => objection !== '')
    .slice(0, maxObjections);
  // An objection without words gives the next attempt nothing to mend.
  if (parsed.data.verdict === 'accept' || objections.length === 0) return { verdict: 'accept', objections: [] };
  return { verdict: 'object', objections };
}
