// Words of this program, or delimited data → a part of a prompt; no other text becomes one.

declare const mark: unique symbol;
/** What a slot of a prompt file takes: made by `ours` of our own words, and by `delimited` (untrusted.ts) of anybody's. */
export type PromptPart = string & { readonly [mark]: true };

/** For `delimited` alone: everything else is made of the two. */
export const promptPart = (text: string): PromptPart => text as PromptPart;

/** Words that stand in our own source, with numbers and other parts between them: ours`This is attempt ${2}.` */
export const ours = (words: TemplateStringsArray, ...values: readonly (number | PromptPart)[]): PromptPart =>
  promptPart(String.raw({ raw: words }, ...values));

export const nothing: PromptPart = ours``;

/** One below the other, with a blank line between; empty ones are left out. */
export const joined = (parts: readonly PromptPart[]): PromptPart => promptPart(parts.filter(Boolean).join('\n\n'));
