// An outcome → the HTTP response: JSON, server-sent events, a JSON array, or a connection that breaks.
import { setTimeout } from 'node:timers/promises';
import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Context } from 'hono';
import type { Outcome } from './outcome.ts';
import { blockedPrompt, chunks, response } from './response.ts';

const jsonType = 'application/json; charset=UTF-8';

export type Streaming = 'none' | 'sse' | 'array';
export type GeminiContext = Context<{ Bindings: HttpBindings }>;

export async function send(context: GeminiContext, outcome: Outcome, streaming: Streaming): Promise<Response> {
  if (outcome.delayMs !== undefined) await setTimeout(outcome.delayMs, undefined, { ref: false });
  switch (outcome.kind) {
    case 'error':
      return json(streaming === 'array' ? [outcome.error] : outcome.error, outcome.error.error.code);
    case 'json':
      return json(outcome.body, 200);
    case 'hang-up':
      return hangUp(context);
    case 'answer':
      return sendAnswer(context, outcome, streaming);
  }
}

export function json(body: unknown, status: number): Response {
  return new Response(`${JSON.stringify(body, null, 2)}\n`, { status, headers: { 'content-type': jsonType } });
}

function sendAnswer(context: GeminiContext, outcome: Outcome & { kind: 'answer' }, streaming: Streaming): Response {
  const { answer, promptBlocked, hangUp: breaks } = outcome;
  if (streaming === 'none') {
    if (breaks) return hangUp(context);
    return json(promptBlocked ? blockedPrompt(answer) : response(answer), 200);
  }
  const bodies = promptBlocked ? [blockedPrompt(answer)] : chunks(answer);
  const pieces = bodies.map((body, index) => piece(body, index, bodies.length, streaming));
  const type = streaming === 'sse' ? 'text/event-stream' : jsonType;
  return breaks ? hangUp(context, pieces[0], type) : streamed(pieces, type);
}

function piece(body: object, index: number, count: number, streaming: 'sse' | 'array'): string {
  if (streaming === 'sse') return `data: ${JSON.stringify(body)}\r\n\r\n`;
  return `${index === 0 ? '[' : ',\r\n'}${JSON.stringify(body, null, 2)}\n${index === count - 1 ? ']\n' : ''}`;
}

function streamed(pieces: string[], type: string): Response {
  const bytes = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const next = pieces.shift();
      if (next === undefined) controller.close();
      else controller.enqueue(bytes.encode(next));
    },
  });
  return new Response(body, { headers: { 'content-type': type } });
}

function hangUp(context: GeminiContext, firstPiece?: string, type = jsonType): Response {
  const { outgoing } = context.env;
  if (firstPiece === undefined) outgoing.destroy();
  else {
    outgoing.writeHead(200, { 'content-type': type });
    outgoing.write(firstPiece, () => outgoing.destroy());
  }
  return RESPONSE_ALREADY_SENT;
}
