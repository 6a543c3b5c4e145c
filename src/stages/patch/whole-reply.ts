// A question → the model's reply to its end: one that was cut off is asked to go on, once.
import type { ModelCall } from '../../incident/case-file.ts';
import type { ModelDesk, Question } from '../../ports.ts';

export interface WholeReply {
  text: string;
  model: string;
  /** Even the continuation did not come to an end. */
  isCutOff: boolean;
  calls: ModelCall[];
}

export async function wholeReply(question: Question, desk: ModelDesk): Promise<WholeReply> {
  const first = await desk.model.ask(question);
  const { model } = first.call;
  if (!first.cutOff) return { text: first.text, model, isCutOff: false, calls: [first.call] };
  const rest = await desk.model.ask({ ...question, soFar: first.text });
  const text = first.text + rest.text.slice(repeated(first.text, rest.text));
  return { text, model, isCutOff: rest.cutOff, calls: [first.call, rest.call] };
}

/** Shorter than this it may be chance: two lines can both end and begin with the same word. */
const leastRepetition = 12;
const mostRepetition = 400;

/** Characters at the start of the continuation that the beginning ended with already. */
function repeated(beginning: string, rest: string): number {
  for (let length = Math.min(mostRepetition, rest.length); length >= leastRepetition; length--)
    if (beginning.endsWith(rest.slice(0, length))) return length;
  return 0;
}
