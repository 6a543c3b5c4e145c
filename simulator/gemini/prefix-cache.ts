// The prompts that a model has seen → how much of a new one it need not read again: implicit caching, as Gemini does it from 2.5 on.
import { countTokens } from './tokens.ts';

/** https://ai.google.dev/gemini-api/docs/caching: a shorter common beginning is not cached. */
const minTokens = (model: string): number => (model.startsWith('gemini-2.5') ? 2_048 : 4_096);

/** The real cache forgets after minutes to hours, so the newest prompts are enough. */
const remembered = 30;

export class PrefixCache {
  readonly #seen = new Map<string, string[]>();

  /** Tokens of the longest beginning that an earlier prompt to the model had, too. */
  tokens(model: string, prompt: string): number {
    const seen = this.#seen.get(model) ?? [];
    const longest = seen.reduce((length, earlier) => Math.max(length, commonLength(earlier, prompt)), 0);
    const tokens = countTokens(prompt.slice(0, longest));
    return tokens < minTokens(model) ? 0 : tokens;
  }

  add(model: string, prompt: string): void {
    this.#seen.set(model, [prompt, ...(this.#seen.get(model) ?? [])].slice(0, remembered));
  }
}

function commonLength(one: string, other: string): number {
  const end = Math.min(one.length, other.length);
  let at = 0;
  while (at < end && one.charCodeAt(at) === other.charCodeAt(at)) at += 1;
  return at;
}
