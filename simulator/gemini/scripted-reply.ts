// A reply's file → when it answers, how often, and with what: optional YAML front matter, then the text verbatim. See REPLIES.md.
import { FinishReason } from '@google/genai';
import { parse, YAMLParseError } from 'yaml';
import { z } from 'zod';
import { type GeminiFaultKind, geminiFaultKinds } from './contract.ts';

export interface Usage {
  promptTokenCount?: number | undefined;
  candidatesTokenCount?: number | undefined;
  thoughtsTokenCount?: number | undefined;
  cachedContentTokenCount?: number | undefined;
}

export interface ScriptedReply {
  name: string;
  text: string;
  match?: RegExp;
  model?: string;
  /** How many calls it answers; infinite for `times: any`. */
  times: number;
  fault?: GeminiFaultKind;
  delayMs?: number;
  finishReason: string;
  usage: Usage;
  /** Whether a reply to a call that demands JSON is held to that. */
  validate: boolean;
}

/** A reply without front matter, also when its text begins like one. */
export function plainReply(name: string, text: string): ScriptedReply {
  return { name, text, times: 1, finishReason: FinishReason.STOP, usage: {}, validate: true };
}

const tokens = z.int().nonnegative().optional();

const frontMatterSchema = z.strictObject({
  match: z.string().optional(),
  model: z.string().optional(),
  times: z.union([z.int().positive(), z.literal('any')]).optional(),
  fault: z.enum(geminiFaultKinds).optional(),
  delayMs: z.int().nonnegative().optional(),
  finishReason: z.enum(FinishReason).optional(),
  usage: z
    .strictObject({
      promptTokenCount: tokens,
      candidatesTokenCount: tokens,
      thoughtsTokenCount: tokens,
      cachedContentTokenCount: tokens,
    })
    .optional(),
  validate: z.boolean().optional(),
});

export function scriptedReply(name: string, source: string): ScriptedReply {
  const { header, text } = divide(name, source);
  const front = readHeader(name, header);
  return {
    ...plainReply(name, text),
    ...(front.match === undefined ? {} : { match: pattern(front.match, `${name}: match`) }),
    ...(front.model === undefined ? {} : { model: front.model }),
    ...(front.fault === undefined ? {} : { fault: front.fault }),
    ...(front.delayMs === undefined ? {} : { delayMs: front.delayMs }),
    times: front.times === 'any' ? Number.POSITIVE_INFINITY : (front.times ?? 1),
    finishReason: front.finishReason ?? FinishReason.STOP,
    usage: front.usage ?? {},
    validate: front.validate ?? true,
  };
}

export function pattern(source: string, place: string): RegExp {
  try {
    return new RegExp(source, 'ms');
  } catch (error) {
    throw new Error(`${place} is not a regular expression: ${source}`, { cause: error });
  }
}

function divide(name: string, source: string): { header: string; text: string } {
  if (!/^---\r?\n/.test(source)) return { header: '', text: source };
  const parts = /^---\r?\n(.*?)^---[ \t]*(?:\r?\n|$)/ms.exec(source);
  if (!parts) throw new Error(`${name}: the front matter that starts with --- has no closing --- line`);
  return { header: parts[1] ?? '', text: source.slice(parts[0].length) };
}

function readHeader(name: string, header: string): z.infer<typeof frontMatterSchema> {
  let values: unknown;
  try {
    values = parse(header) ?? {};
  } catch (error) {
    if (!(error instanceof YAMLParseError)) throw error;
    throw new Error(`${name}: the front matter is not YAML: ${error.message}`, { cause: error });
  }
  const parsed = frontMatterSchema.safeParse(values);
  if (parsed.success) return parsed.data;
  throw new Error(`${name}: the front matter is wrong: ${z.prettifyError(parsed.error)}`);
}
