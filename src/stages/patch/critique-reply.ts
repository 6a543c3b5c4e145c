// The model's JSON → a verdict on the patch, or undefined where the reply is none.
import { z } from 'zod';
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

function jsonIn(text: string): unknown {
  const start = text.indexOf('{');
  const end = text.lastIndexOf('}');
  if (start === -1 || end < start) return undefined;
  try {
    return JSON.parse(text.slice(start, end + 1));
  } catch {
    // Malformed is an ordinary reply here: the caller goes on without it.
    return undefined;
  }
}
