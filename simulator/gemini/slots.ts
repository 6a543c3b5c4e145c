// A reply's text with `{{prompt:REGEX}}` slots → the text with what the prompt says in their places.
import { pattern } from './scripted-reply.ts';

/** The last `}}` of a run of braces closes, so that `\d{3}` can end a slot. */
const slot = /\{\{prompt:(.+?)\}\}(?!\})/g;

export function slots(reply: { name: string; text: string }, prompt: string, insideJson: boolean): string {
  return reply.text.replace(slot, (_, source: string) => {
    const found = pattern(source, `${reply.name}: slot`).exec(prompt);
    if (!found) throw new Error(`${reply.name}: the prompt has nothing that fits the slot {{prompt:${source}}}`);
    const value = found[1] ?? found[0];
    return insideJson ? JSON.stringify(value).slice(1, -1) : value;
  });
}
