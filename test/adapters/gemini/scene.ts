// Options and questions for the tests of the Gemini adapter, and a check that the key is in no error and no log line.
import { inspect } from 'node:util';
import { expect } from '@jest/globals';
import pino from 'pino';
import { type GeminiOptions, geminiModel } from '../../../src/adapters/gemini/model.ts';
import { SelfHealError } from '../../../src/errors.ts';
import type { Model, Question } from '../../../src/ports.ts';

export const apiKey = 'AIza-the-key-of-the-tests';
export const question: Question = {
  purpose: 'diagnose',
  attempt: 1,
  system: 'You read logs.',
  prompt: 'Why is it red?',
};

export const logged: string[] = [];
const log = pino({ level: 'trace' }, { write: (line: string) => logged.push(line) });

export function model(options: Partial<GeminiOptions> = {}): Model {
  return geminiModel({
    apiKey,
    model: 'gemini-flash-latest',
    strongModel: 'gemini-pro-latest',
    log,
    retryBaseMs: 1,
    ...options,
  });
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
