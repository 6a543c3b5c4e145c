// The HTTP face of the simulated Gemini: the API's own paths, and those by which a person steers the simulation.
import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { z } from 'zod';
import {
  badPayload,
  type ErrorBody,
  foreignProject,
  invalidArgument,
  invalidKey,
  invalidToken,
  missingKey,
  noSuchModel,
  noToken,
  scriptError,
} from './errors.ts';
import { faultSchema } from './faults.ts';
import { findModel, modelPage, modelResource } from './models.ts';
import type { Recorder } from './recorder.ts';
import { pattern, plainReply } from './scripted-reply.ts';
import { type GeminiContext, json, type Streaming, send } from './send.ts';
import type { ModelCall, SimulatedGemini } from './simulated-gemini.ts';
import { passOn } from './upstream.ts';

export interface ApiOptions {
  gemini: SimulatedGemini;
  /** The only key that is taken; any when absent. */
  apiKey?: string;
  /** Of Vertex AI: the only access token that is taken, and the only project that it may use; any when absent. */
  vertex?: { accessToken: string; project: string };
  upstream?: string;
  recorder?: Recorder;
}

const maxBytes = 20 * 1024 * 1024;
const methods = ['generateContent', 'streamGenerateContent', 'countTokens', 'embedContent', 'batchEmbedContents'];
const replySchema = z.strictObject({ text: z.string(), match: z.string().optional() });

export function api(options: ApiOptions): Hono<{ Bindings: HttpBindings }> {
  const app = new Hono<{ Bindings: HttpBindings }>();
  app.route('/_simulator', steering(options.gemini));
  app.use(
    '/:version{v1|v1beta|v1beta1}/*',
    bodyLimit({
      maxSize: maxBytes,
      onError: () => failure(invalidArgument(`Request payload size exceeds the limit: ${maxBytes} bytes.`)),
    }),
  );
  app.use('/:version{v1|v1beta}/models/*', async (context, next) => {
    const problem = keyProblem(context, options.apiKey);
    if (problem) return failure(problem);
    return next();
  });
  app.post('/:version{v1|v1beta}/models/:call{[^/]+:[A-Za-z]+}', (context) =>
    answerCall(context, options, context.req.param('call')),
  );
  app.post(
    '/:version{v1|v1beta1}/projects/:project/locations/:location/publishers/google/models/:call{[^/]+:[A-Za-z]+}',
    (context) => {
      const { project, location, call } = context.req.param();
      const models = `projects/${project}/locations/${location}/publishers/google/models`;
      const problem = tokenProblem(context, options.vertex, project, `${models}/${modelOf(call)}`);
      return problem ? failure(problem) : answerCall(context, options, call, `${models}/${modelOf(call)}`);
    },
  );
  app.get('/:version{v1|v1beta}/models/:model?', (context) => listModels(context, options));
  app.notFound(
    () =>
      new Response('<!DOCTYPE html><title>Error 404 (Not Found)!!1</title>\n', {
        status: 404,
        headers: { 'content-type': 'text/html; charset=UTF-8' },
      }),
  );
  app.onError((error) => failure(scriptError(error.message)));
  return app;
}

const failure = (body: ErrorBody) => json(body, body.error.code);

function keyProblem(context: GeminiContext, apiKey: string | undefined): ErrorBody | undefined {
  const key = context.req.header('x-goog-api-key') || context.req.query('key');
  if (!key) return missingKey();
  return apiKey === undefined || key === apiKey ? undefined : invalidKey();
}

function tokenProblem(
  context: GeminiContext,
  vertex: ApiOptions['vertex'],
  project: string,
  resource: string,
): ErrorBody | undefined {
  const token = /^Bearer (.+)$/.exec(context.req.header('authorization') ?? '')?.[1];
  if (token === undefined) return noToken();
  if (vertex && token !== vertex.accessToken) return invalidToken();
  return vertex && project !== vertex.project ? foreignProject(resource) : undefined;
}

const modelOf = (target: string) => target.slice(0, target.lastIndexOf(':'));

async function answerCall(
  context: GeminiContext,
  options: ApiOptions,
  target: string,
  resource?: string,
): Promise<Response> {
  const method = target.slice(target.lastIndexOf(':') + 1);
  if (!methods.includes(method)) return context.notFound();
  const body = await context.req.text();
  const parsed = parseJson(body);
  if (!parsed.ok) return failure(parsed.error);
  const call: ModelCall = {
    version: context.req.param('version') ?? '',
    model: modelOf(target),
    ...(resource === undefined ? {} : { resource }),
    method,
    json: parsed.json,
  };
  const outcome = options.gemini.outcome(call);
  if (outcome === undefined) return upstreamAnswer(context, options, call, body);
  const status = outcome.kind === 'error' ? outcome.error.error.code : outcome.kind === 'hang-up' ? 0 : 200;
  options.gemini.record(call, status, outcome.answeredBy);
  return send(context, outcome, streamingOf(context, method));
}

function streamingOf(context: GeminiContext, method: string): Streaming {
  if (method !== 'streamGenerateContent') return 'none';
  return context.req.query('alt') === 'sse' ? 'sse' : 'array';
}

async function upstreamAnswer(context: GeminiContext, options: ApiOptions, call: ModelCall, body: string) {
  const { gemini, upstream, recorder } = options;
  if (upstream === undefined) throw new Error('no upstream is set');
  const prompt = gemini.promptOf(call);
  const generates = call.method.endsWith('enerateContent');
  const response = await passOn(upstream, context.req.raw, body, (whole) => {
    if (generates) recorder?.record({ model: call.model, request: call.json, prompt, body: whole });
  });
  gemini.record(call, response.status, 'upstream');
  return response;
}

async function listModels(context: GeminiContext, { upstream }: ApiOptions): Promise<Response> {
  if (upstream !== undefined) return passOn(upstream, context.req.raw);
  const name = context.req.param('model');
  if (name !== undefined) {
    const model = findModel(name);
    return model ? json(modelResource(model), 200) : failure(noSuchModel(name, context.req.param('version') ?? ''));
  }
  const pageSize = Number(context.req.query('pageSize') ?? 50);
  const page = Number.isInteger(pageSize) && pageSize > 0 && modelPage(pageSize, context.req.query('pageToken'));
  return page
    ? json(page, 200)
    : failure(invalidArgument('* ListModelsRequest.page_token: invalid page size or token\n'));
}

function parseJson(body: string): { ok: true; json: unknown } | { ok: false; error: ErrorBody } {
  try {
    return { ok: true, json: JSON.parse(body) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { ok: false, error: badPayload([{ description: `Invalid JSON payload received. ${reason}` }]) };
  }
}

function steering(gemini: SimulatedGemini): Hono {
  const app = new Hono();
  app.get('/calls', () => json(gemini.calls, 200));
  app.get('/leftovers', () => json(gemini.script.leftovers(), 200));
  app.post('/faults', async (context) => {
    const fault = faultSchema.safeParse(await context.req.json());
    if (!fault.success) return failure(invalidArgument(z.prettifyError(fault.error)));
    gemini.faults.add(fault.data);
    return new Response(null, { status: 204 });
  });
  app.post('/replies', async (context) => {
    const reply = replySchema.safeParse(await context.req.json());
    if (!reply.success) return failure(invalidArgument(z.prettifyError(reply.error)));
    const { text, match } = reply.data;
    const queued = plainReply('reply()', text);
    gemini.script.queue(match === undefined ? queued : { ...queued, match: pattern(match, 'match') });
    return new Response(null, { status: 204 });
  });
  return app;
}
