// Options and questions for the tests of the Gemini adapter, and a check that the key is in no error and no log line.
import { inspect } from 'node:util';
import { expect } from '@jest/globals';
import pino from 'pino';
import { geminiModel } from '../../../src/adapters/gemini/model.ts';
import type { GeminiOptions } from '../../../src/adapters/gemini/rung.ts';
import { SelfHealError } from '../../../src/errors.ts';
import type { Question, Reply } from '../../../src/ports.ts';

export const apiKey = 'AIza-the-key-of-the-tests';
export const question: Question = {
  purpose: 'diagnose',
  attempt: 1,
  promptVersion: 'test-1',
  system: 'You read logs.',
  prompt: 'Why is it red?',
};

export const logged: string[] = [];
const log = pino({ level: 'trace' }, { write: (line: string) => logged.push(line) });

export const ladder = ['gemini-flash-latest', 'gemini-flash-latest', 'gemini-pro-latest'];

interface AskedModel {
  ask(question: Question, ladder?: readonly string[], signal?: AbortSignal): Promise<Reply>;
}

/** With a ladder that has both, where the test names none. */
export function model(options: Partial<GeminiOptions> = {}): AskedModel {
  const asked = geminiModel({ apiKey, log, retryBaseMs: 1, ...options });
  return { ask: (asking, models = ladder, signal = new AbortController().signal) => asked.ask(asking, models, signal) };
}

export async function failure(promise: Promise<unknown>): Promise<SelfHealError> {
  const error: unknown = await promise.then(
    (value) => new Error(`should have failed, but gave ${inspect(value)}`),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof SelfHealError)) throw error;
  expect(inspect(error, { depth: 12, showHidden: true })).not.toContain(apiKey);
  return error;
}
