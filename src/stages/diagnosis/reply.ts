// The model's JSON → a diagnosis whose citations and files were looked up in the evidence; or what is wrong with it, for the model.
import { z } from 'zod';
import { type CaseFile, causeKinds, type Diagnosis, type Evidence } from '../../incident/case-file.ts';
import { withoutInvisible } from '../../text/untrusted.ts';

/** In this order, so that what is seen comes before what is concluded. */
const DiagnosisReply = z.object({
  citations: z.array(z.string()),
  mechanism: z.string(),
  rootCause: z.string(),
  kind: z.enum(causeKinds),
  files: z.array(z.string()),
  change: z.string(),
  risk: z.enum(['low', 'medium', 'high']),
  /** Left out by most replies. */
  need: z.array(z.string()).optional(),
  confidence: z.number().min(0).max(1),
});

const { $schema: _, ...schemaOfReply } = z.toJSONSchema(DiagnosisReply);
export const diagnosisSchema: Record<string, unknown> = schemaOfReply;

type DiagnosisReading =
  /** `need`: what it asks to see first, as far as it is in the repository. */
  { ok: true; diagnosis: Diagnosis; strikes: string[]; need: string[] } | { ok: false; problem: string };

export function readDiagnosis(text: string, trigger: CaseFile['trigger'], evidence: Evidence): DiagnosisReading {
  const data = jsonIn(text);
  if (data === undefined) return { ok: false, problem: 'it is not one whole JSON object.' };
  const parsed = DiagnosisReply.safeParse(data);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'the object'}: ${issue.message}`);
    return { ok: false, problem: `${problems.join('; ')}.` };
  }
  const reply = parsed.data;
  if (reply.rootCause.trim() === '') return { ok: false, problem: 'rootCause is empty.' };
  const cited = sorted(reply.citations.slice(0, 12), (line) => isInEvidence(line, trigger, evidence));
  if (cited.found.length === 0)
    return { ok: false, problem: 'none of its citations is in the evidence. Copy whole lines, without their numbers.' };
  const known = new Set([...evidence.paths, ...evidence.sources.map((source) => source.path)]);
  const named = sorted(
    reply.files.slice(0, 20).map((path) => path.trim().replace(/^\.\//, '')),
    (path) => known.has(path),
  );
  if (named.missing.length > 0 && named.found.length === 0)
    return { ok: false, problem: `no such file in the repository: ${named.missing.join(', ')}.` };
  const diagnosis: Diagnosis = {
    kind: reply.kind,
    rootCause: line(reply.rootCause, 600),
    mechanism: line(reply.mechanism, 1_000),
    citations: cited.found.map((citation) => line(citation, 400)),
    files: [...new Set(named.found)],
    change: line(reply.change, 1_000),
    risk: reply.risk,
    // A cause rests on its citations: it loses with each that was made up.
    confidence: reply.confidence * (cited.found.length / (cited.found.length + cited.missing.length)),
  };
  const strikes = [
    ...cited.missing.map((citation) => `not in the evidence: ${line(citation, 120)}`),
    ...named.missing.map((path) => `not in the repository: ${line(path, 120)}`),
  ];
  const need = (reply.need ?? [])
    .slice(0, mostNeeds)
    .map((asked) => asked.trim().replace(/^\.\//, ''))
    .filter((asked) => known.has(asked) || known.has(asked.replace(/:\d{1,7}(?:-\d{1,7})?$/, '')));
  return { ok: true, diagnosis, strikes, need: [...new Set(need)] };
}

const line = (text: string, max: number): string => withoutInvisible(text).trim().slice(0, max);

/** The object in the text: bare, or in the fence that models put around it. */
function jsonIn(text: string): unknown {
  const start = text.indexOf('{');
  const end = text.lastIndexOf('}');
  if (start === -1 || end < start) return undefined;
  try {
    return JSON.parse(text.slice(start, end + 1));
  } catch {
    // Malformed is an ordinary reply here: the caller asks for another.
    return undefined;
  }
}

function sorted(items: readonly string[], isFound: (item: string) => boolean): { found: string[]; missing: string[] } {
  const found: string[] = [];
  const missing: string[] = [];
  for (const item of items) (isFound(item) ? found : missing).push(item);
  return { found, missing };
}

const mostNeeds = 5;
const minCitation = 6;

function isInEvidence(citation: string, trigger: CaseFile['trigger'], evidence: Evidence): boolean {
  const dense = (text: string) => withoutInvisible(text).replace(/\s+/g, '');
  const asShown = dense(citation);
  const withoutNumbers = dense(citation.replace(/^\s*\d+ ?\| ?/gm, ''));
  const withoutSigns = dense(citation.replace(/^[+-]/gm, ''));
  const wanted = [asShown, withoutNumbers, withoutSigns].filter((text) => text.length >= minCitation);
  return texts(trigger, evidence).some((text) => {
    const hay = dense(text);
    return wanted.some((needle) => hay.includes(needle));
  });
}

function texts(trigger: CaseFile['trigger'], evidence: Evidence): string[] {
  return [
    evidence.excerpt,
    evidence.failingCommand ?? '',
    ...(trigger.kind === 'issue' ? [trigger.title, trigger.body] : []),
    ...evidence.failures.flatMap(({ test, type, message, expected, actual, frames }) => [
      test ?? '',
      `${type ? `${type}: ` : ''}${message}`,
      expected ?? '',
      actual ?? '',
      ...frames.map((frame) => `at ${frame.function ?? '?'} ${frame.file}${frame.line ? `:${frame.line}` : ''}`),
    ]),
    ...evidence.changes.map((change) => change.patch),
    ...evidence.changes.map((change) => change.patch.replace(/^[+-]/gm, '')),
    ...evidence.sources.map((source) => source.text),
  ];
}
