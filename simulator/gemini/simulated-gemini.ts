// The state of a simulated Gemini: script, faults, calls; and the one place that decides what a call gets.
import type { GeminiCall, GeminiFault } from './contract.ts';
import { batchEmbedContents, embedContent, tokenCount } from './embed.ts';
import { badPayload, unknownModel, unknownPublisherModel } from './errors.ts';
import { Faults } from './faults.ts';
import { faulty, type Generation, nothingScripted, refusal, scripted, slowMs } from './generate.ts';
import { findModel, type Model, supports } from './models.ts';
import type { Outcome } from './outcome.ts';
import { PrefixCache } from './prefix-cache.ts';
import { contentText, promptText } from './prompt-text.ts';
import { type Checked, check } from './proto.ts';
import { type GenerateContentRequest, requests } from './request.ts';
import { Script } from './script.ts';

export interface ModelCall {
  version: string;
  model: string;
  /** Of Vertex AI: `projects/…/models/…`. */
  resource?: string;
  method: string;
  json: unknown;
}

export class SimulatedGemini {
  readonly script: Script;
  readonly faults = new Faults();
  readonly calls: GeminiCall[] = [];
  readonly #cache = new PrefixCache();
  readonly #hasUpstream: boolean;

  constructor(repliesFolder: string | undefined, hasUpstream: boolean) {
    this.script = new Script(repliesFolder);
    this.#hasUpstream = hasUpstream;
  }

  /** Undefined: the upstream shall answer. */
  outcome(call: ModelCall): Outcome | undefined {
    const model = findModel(call.model);
    if (!model || !supports(model, call.method)) {
      if (this.#hasUpstream) return undefined;
      const error = call.resource
        ? unknownPublisherModel(call.resource)
        : unknownModel(call.model, call.version, call.method);
      return { kind: 'error', error, answeredBy: 'refused' };
    }
    const fault = this.faults.next(call.method, call.model);
    const outcome = this.#methodOutcome(call, model, fault);
    const delayMs = slowMs(fault);
    return outcome === undefined || delayMs === undefined ? outcome : { ...outcome, delayMs };
  }

  promptOf(call: ModelCall): string {
    return prompt(call);
  }

  record(call: ModelCall, status: number, answeredBy: string): void {
    const { model, method, json: request } = call;
    this.calls.push({ model, method, request, prompt: prompt(call), status, answeredBy, at: new Date().toISOString() });
  }

  #methodOutcome(call: ModelCall, model: Model, fault: GeminiFault | undefined): Outcome | undefined {
    if (call.method.endsWith('enerateContent'))
      return checked(check(requests.generateContent, call.json), (request) =>
        this.#generate(model, request, call.model, fault),
      );
    const failed = fault && faulty({ model, request: {}, cachedTokens: 0 }, fault);
    if (failed) return failed;
    if (this.#hasUpstream) return undefined;
    if (call.method === 'countTokens') return checked(check(requests.countTokens, call.json), tokenCount);
    if (call.method === 'embedContent') return checked(check(requests.embedContent, call.json), embedContent);
    return checked(check(requests.batchEmbedContents, call.json), batchEmbedContents);
  }

  #generate(
    model: Model,
    request: GenerateContentRequest,
    name: string,
    fault: GeminiFault | undefined,
  ): Outcome | undefined {
    const refused = refusal({ model, request });
    if (refused) return refused;
    const text = promptText(request);
    const generation: Generation = { model, request, cachedTokens: this.#cache.tokens(model.answers, text) };
    const outcome = this.#generated(generation, text, name, fault);
    if (outcome?.kind === 'answer') this.#cache.add(model.answers, text);
    return outcome;
  }

  #generated(generation: Generation, text: string, name: string, fault: GeminiFault | undefined): Outcome | undefined {
    const names = [name, generation.model.answers];
    const failed = fault && faulty(generation, fault, this.script.peek(text, names));
    if (failed) return failed;
    const reply = this.script.next(text, names);
    if (reply) return scripted(generation, reply);
    return this.#hasUpstream ? undefined : nothingScripted(generation, name);
  }
}

function checked<Request>(
  result: Checked<Request>,
  answer: (request: Request) => Outcome | undefined,
): Outcome | undefined {
  if (result.ok) return answer(result.request);
  return { kind: 'error', error: badPayload(result.violations), answeredBy: 'refused' };
}

function prompt({ method, json }: ModelCall): string {
  if (method === 'embedContent') {
    const embed = check(requests.embedContent, json);
    return embed.ok ? contentText(embed.request.content) : '';
  }
  if (method === 'batchEmbedContents') {
    const batch = check(requests.batchEmbedContents, json);
    return batch.ok ? (batch.request.requests ?? []).map(({ content }) => contentText(content)).join('\n\n') : '';
  }
  if (method === 'countTokens') {
    const count = check(requests.countTokens, json);
    return count.ok ? promptText(count.request.generateContentRequest ?? { contents: count.request.contents }) : '';
  }
  const generate = check(requests.generateContent, json);
  return generate.ok ? promptText(generate.request) : '';
}
