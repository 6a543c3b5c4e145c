// `GET /healthz` → 200 while the database answers, 503 with the reason while it does not.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Store } from '../adapters/database/store.ts';

export function healthHandler(store: Store) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<boolean> => {
    if (request.method !== 'GET' || request.url?.split('?')[0] !== '/healthz') return false;
    const health = await store.health();
    response.writeHead(health.ok ? 200 : 503, { 'content-type': 'application/json', 'cache-control': 'no-store' });
    response.end(JSON.stringify(health));
    return true;
  };
}
