// What an upstream answered → a scripted-reply file (see REPLIES.md), and its request beside it.
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { stringify } from 'yaml';
import { z } from 'zod';

const responseSchema = z.looseObject({
  candidates: z
    .array(
      z.looseObject({
        content: z
          .looseObject({
            parts: z.array(z.looseObject({ text: z.string().optional(), thought: z.boolean().optional() })).optional(),
          })
          .optional(),
        finishReason: z.string().optional(),
      }),
    )
    .optional(),
  usageMetadata: z.looseObject({}).optional(),
});

const usageNames = ['promptTokenCount', 'candidatesTokenCount', 'thoughtsTokenCount', 'cachedContentTokenCount'];

export interface Exchange {
  model: string;
  request: unknown;
  prompt: string;
  /** The response's body as it came: JSON, server-sent events or a JSON array. */
  body: string;
}

export class Recorder {
  readonly #folder: string;
  #count: number;

  constructor(folder: string) {
    this.#folder = folder;
    mkdirSync(path.join(folder, 'requests'), { recursive: true });
    const numbers = readdirSync(folder).map((name) => Number.parseInt(name, 10));
    this.#count = Math.max(0, ...numbers.filter((number) => !Number.isNaN(number)));
  }

  record(exchange: Exchange): void {
    const responses = responseBodies(exchange.body);
    this.#count += 1;
    const name = `${String(this.#count).padStart(3, '0')}-${exchange.model.replace(/[^\w.-]+/g, '-')}`;
    writeFileSync(path.join(this.#folder, `${name}.md`), replyFile(exchange, responses));
    const request = `${JSON.stringify(exchange.request, null, 2)}\n`;
    writeFileSync(path.join(this.#folder, 'requests', `${name}.json`), request);
  }
}

function replyFile({ model, prompt }: Exchange, responses: z.infer<typeof responseSchema>[]): string {
  const candidates = responses.flatMap((response) => (response.candidates ?? []).slice(0, 1));
  const parts = candidates.flatMap((candidate) => candidate.content?.parts ?? []);
  const text = parts.map((part) => (part.thought ? '' : (part.text ?? ''))).join('');
  const finishReason = candidates.findLast((candidate) => candidate.finishReason !== undefined)?.finishReason;
  const usage = responses.findLast((response) => response.usageMetadata !== undefined)?.usageMetadata ?? {};
  const counts = Object.fromEntries(Object.entries(usage).filter(([key]) => usageNames.includes(key)));
  const front = stringify({ model, finishReason: finishReason ?? 'OTHER', usage: counts });
  const about = prompt
    .split('\n')
    .slice(0, 3)
    .map((line) => `# ${line.slice(0, 100)}\n`)
    .join('');
  return `---\n${about}${front}---\n${text}`;
}

function responseBodies(body: string): z.infer<typeof responseSchema>[] {
  const events = [...body.matchAll(/^data: ?(.*)$/gm)].map(([, data]) => data ?? '');
  const values: unknown[] = events.length > 0 ? events.map((data) => JSON.parse(data)) : [JSON.parse(body)].flat();
  return values.map((value) => responseSchema.parse(value));
}
