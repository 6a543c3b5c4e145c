// A question and the operator's settings → the request to one model.
import { createHash } from 'node:crypto';
import { type Content, type GenerateContentConfig, ThinkingLevel } from '@google/genai';
import type { Question } from '../../ports.ts';

export interface Sampling {
  temperature?: number | undefined;
  thinkingLevel?: 'low' | 'medium' | 'high' | undefined;
  seed?: number | undefined;
  /** Thoughts included. */
  maxOutputTokens?: number | undefined;
}

const defaultMaxOutputTokens = 32_768;
const largestSeed = 2 ** 31;
const warmer = 0.2;
const warmest = 2;

const goOn = 'Your reply was cut off. Go on exactly where it stopped: repeat nothing, and add no introduction.';

export function generateRequest(question: Question, model: string, settings: Sampling) {
  const { temperature, seed } = sampled(question, settings);
  const thinking = thinkingConfig(model, settings.thinkingLevel);
  const config: GenerateContentConfig = {
    systemInstruction: question.system,
    maxOutputTokens: settings.maxOutputTokens ?? defaultMaxOutputTokens,
    ...(temperature === undefined ? {} : { temperature }),
    ...(seed === undefined ? {} : { seed }),
    ...(thinking === undefined ? {} : { thinkingConfig: thinking }),
    ...(question.jsonSchema === undefined
      ? {}
      : { responseMimeType: 'application/json', responseJsonSchema: question.jsonSchema }),
  };
  return { model, contents: contents(question), config };
}

function contents({ prompt, soFar }: Question): Content[] {
  const asked = { role: 'user', parts: [{ text: prompt }] };
  if (soFar === undefined) return [asked];
  return [asked, { role: 'model', parts: [{ text: soFar }] }, { role: 'user', parts: [{ text: goOn }] }];
}

/**
 * The first sample is what the settings say. Further ones get a seed of their own, known, so that a run can be repeated. They get
 * warmer only where the operator cooled the model, which makes replies alike: at the model's own temperature they differ enough,
 * and Google advises to leave that of Gemini 3 alone (https://ai.google.dev/gemini-api/docs/gemini-3).
 */
function sampled(question: Question, { temperature, seed }: Sampling): Pick<Sampling, 'temperature' | 'seed'> {
  const { sample = 0 } = question;
  if (sample === 0) return { temperature, seed };
  return {
    temperature: temperature === undefined ? undefined : Math.min(warmest, temperature + warmer * sample),
    seed: ((seed ?? seedOf(question)) + sample) % largestSeed,
  };
}

const seedOf = ({ system, prompt }: Question): number =>
  createHash('sha256').update(system).update('\0').update(prompt).digest().readUInt32BE() % largestSeed;

/** As Google maps levels on the budgets of Gemini 2.5, which knows no levels (https://ai.google.dev/gemini-api/docs/openai). */
const budgets = { low: 1_024, medium: 8_192, high: 24_576 };
const levels = { low: ThinkingLevel.LOW, medium: ThinkingLevel.MEDIUM, high: ThinkingLevel.HIGH };

function thinkingConfig(model: string, level: Sampling['thinkingLevel']) {
  if (level === undefined) return undefined;
  return model.startsWith('gemini-2.5') ? { thinkingBudget: budgets[level] } : { thinkingLevel: levels[level] };
}
