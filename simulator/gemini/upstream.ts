// A request → the same request to the real Gemini (or another server), with the caller's own key; its response, passed through.
import { unavailable } from './errors.ts';
import { json } from './send.ts';

const timeoutMs = 600_000;

/** What belongs to one connection, or what fetch sets and undoes by itself. */
const ownHeaders = ['host', 'connection', 'content-length', 'transfer-encoding', 'accept-encoding', 'keep-alive'];
const undoneHeaders = ['connection', 'content-length', 'transfer-encoding', 'content-encoding', 'keep-alive'];

export async function passOn(
  upstream: string,
  request: Request,
  body?: string,
  onWhole: (body: string) => void = () => {},
): Promise<Response> {
  const { pathname, search } = new URL(request.url);
  let reply: Response;
  try {
    reply = await fetch(`${upstream.replace(/\/+$/, '')}${pathname}${search}`, {
      method: request.method,
      headers: without(request.headers, ownHeaders),
      ...(body === undefined ? {} : { body }),
      signal: AbortSignal.any([request.signal, AbortSignal.timeout(timeoutMs)]),
    });
  } catch (error) {
    const cause = error instanceof Error ? (error.cause ?? error) : error;
    return json(unavailable(`Simulated Gemini: the upstream ${upstream} could not be reached: ${cause}`), 503);
  }
  const through = reply.ok ? reply.body?.pipeThrough(overheard(onWhole)) : reply.body;
  return new Response(through ?? null, { status: reply.status, headers: without(reply.headers, undoneHeaders) });
}

/** The listener hears the whole body before the reader sees its end: a run that stops with it is recorded. */
function overheard(onWhole: (body: string) => void): TransformStream<Uint8Array, Uint8Array> {
  const pieces: Uint8Array[] = [];
  return new TransformStream({
    transform(piece, controller) {
      pieces.push(piece);
      controller.enqueue(piece);
    },
    flush: () => onWhole(Buffer.concat(pieces).toString('utf8')),
  });
}

function without(headers: Headers, names: string[]): Headers {
  const kept = new Headers(headers);
  for (const name of names) kept.delete(name);
  return kept;
}
