// What the steps need of a model, and what is noted of every question to it.
import type { ErrorCode } from '../errors.ts';
import type { ModelCall } from '../incident/case-file.ts';

type Purpose = 'diagnose' | 'propose' | 'critique';

export interface Question {
  purpose: Purpose;
  /** 1 for the first attempt; later ones may go to a stronger model. */
  attempt: number;
  /** 0 for the first of several replies to the same question; further ones are asked for with another seed, and warmer. */
  sample?: number;
  /** Which words were used: stands in the record of the call. */
  promptVersion: string;
  system: string;
  prompt: string;
  /** JSON Schema of the reply; without it the reply is plain text. */
  jsonSchema?: Record<string, unknown>;
  /** A reply to this question that was cut off: the model goes on where it ended. */
  soFar?: string;
}

/** What another try at the same question came to: shown in the timeline and kept with the call. */
export interface Tried {
  model: string;
  code: ErrorCode;
  detail: string;
}

export interface Reply {
  text: string;
  model: string;
  inputTokens: number;
  outputTokens: number;
  thinkingTokens: number;
  cachedTokens: number;
  latencyMs: number;
  /** The model stopped at its limit: the text is only the beginning. */
  cutOff: boolean;
  /** The tries that failed before this one, in order. */
  tried: Tried[];
}

/** Text in, text out: no tools, no files, no GitHub. `ladder`: the models of the first attempt, the second and so on; the last one serves all further ones. */
export interface Model {
  ask(question: Question, ladder: readonly string[], signal: AbortSignal): Promise<Reply>;
}

export interface Answer {
  text: string;
  /** The reply ends in the middle: `soFar` of another question goes on from there. */
  cutOff: boolean;
  /** What it cost, for the case file. */
  call: ModelCall;
}

/**
 * The model as a step has it: every question is recorded, priced, and refused when the budget is spent. The same words in
 * the same step and attempt get the same answer, and are paid once; for another answer there is `sample`.
 */
export interface MeteredModel {
  ask(question: Question): Promise<Answer>;
}

/** Dollars per million tokens; thoughts cost as much as output. */
export interface Price {
  input: number;
  cached: number;
  output: number;
}

/** What the operator lets the model cost, and which models. */
export interface Spending {
  /** The models of the first attempt, the second and so on, where a repository names none. */
  ladder: readonly string[];
  /** What a repository may choose from. */
  allowedModels: readonly string[];
  /** By the model's name, or the beginning of it. */
  prices: Readonly<Record<string, Price>>;
  incidentUsd: number;
  dayUsd: number;
  monthUsd: number;
}

/** Which question of which step: the same words there are the same question. */
export interface QuestionKey {
  incidentId: string;
  step: string;
  attempt: number;
  sample: number;
  /** SHA-256, hexadecimal. */
  promptHash: string;
}

/** A question that is about to be asked; its texts are redacted. */
export interface Inquiry extends QuestionKey {
  /** `owner/name`. */
  repository: string;
  installationId: number;
  promptVersion: string;
  model: string;
  /** What it is expected to cost, counted as spent until the real cost is known. */
  estimateUsd: number;
  askedAt: Date;
  asked: { system: string; prompt: string; jsonSchema?: string; soFar?: string };
}

/** What was spent until now, reservations included, and when the oldest call that counts is no longer counted. */
export interface Spent {
  incidentUsd: number;
  /** Of the repository in the last 24 hours. */
  dayUsd: number;
  dayFreesAt: Date | null;
  /** Of the installation in the last 30 days. */
  monthUsd: number;
  monthFreesAt: Date | null;
}

export type Settlement =
  /** `isWhole`: the text is the reply, word for word; else something was redacted or cut. */
  { outcome: 'answered'; answer: Answer; isWhole: boolean } | { outcome: ErrorCode; costUsd: number; problem: string };

/** Every question to the model, on disk before it is asked. */
export interface Ledger {
  /** The answer that this very question got before, where its text was kept word for word. */
  answered(key: QuestionKey): Promise<Answer | undefined>;
  /** Looks at what is spent and puts the estimate on top of it, in one go: two workers cannot spend the same rest. */
  reserve(
    inquiry: Inquiry,
    refusal: (spent: Spent) => string | undefined,
  ): Promise<{ kind: 'reserved'; id: number } | { kind: 'refused'; why: string }>;
  settle(id: number, settlement: Settlement): Promise<void>;
}
