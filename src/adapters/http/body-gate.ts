// A request with a body that no webhook has → 411 or 413 before a byte of it is kept.
import type { IncomingMessage, ServerResponse } from 'node:http';

/** GitHub caps payloads at 25 MB: https://docs.github.com/en/webhooks/webhook-events-and-payloads#payload-cap */
const maxBodyBytes = 25 * 1024 * 1024;

/** Node itself holds a body to its Content-Length, so refusing bodies without one is enough; GitHub always sends it. */
export function bodyGate(request: IncomingMessage, response: ServerResponse): boolean {
  if (request.method !== 'POST' && request.method !== 'PUT' && request.method !== 'PATCH') return false;
  const length = request.headers['content-length'];
  if (length === undefined) return refused(request, response, 411, 'a body needs a Content-Length header');
  if (Number(length) > maxBodyBytes)
    return refused(request, response, 413, `a body may have ${maxBodyBytes} bytes at most`);
  return false;
}

const drainMs = 2_000;

/** What is on its way is read and dropped for a moment, so that the sender sees the answer and not a reset connection. */
function refused(request: IncomingMessage, response: ServerResponse, status: number, error: string): true {
  request.resume();
  const timer = setTimeout(() => request.destroy(), drainMs);
  request.once('close', () => clearTimeout(timer));
  response.writeHead(status, { 'content-type': 'application/json', connection: 'close' });
  response.end(JSON.stringify({ error }));
  return true;
}
