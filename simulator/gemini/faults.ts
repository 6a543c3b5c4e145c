// Faults that were asked for, in order → the one for the next call of a method.
import { z } from 'zod';
import { type GeminiFault, geminiFaultKinds } from './contract.ts';

export const faultSchema = z.strictObject({
  kind: z.enum(geminiFaultKinds),
  times: z.int().positive().exactOptional(),
  delayMs: z.int().nonnegative().exactOptional(),
  on: z.enum(['generate', 'embed', 'count']).exactOptional(),
  model: z.string().exactOptional(),
});

const groups: Record<string, GeminiFault['on'] & string> = {
  generateContent: 'generate',
  streamGenerateContent: 'generate',
  countTokens: 'count',
  embedContent: 'embed',
  batchEmbedContents: 'embed',
};

export class Faults {
  #queue: { fault: GeminiFault; left: number }[] = [];

  add(fault: GeminiFault): void {
    this.#queue.push({ fault, left: fault.times ?? 1 });
  }

  next(method: string, model: string): GeminiFault | undefined {
    const entry = this.#queue.find(
      ({ fault, left }) => left > 0 && (fault.on ?? 'generate') === groups[method] && (fault.model ?? model) === model,
    );
    if (!entry) return undefined;
    entry.left -= 1;
    return entry.fault;
  }
}
