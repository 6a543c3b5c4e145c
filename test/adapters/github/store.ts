// A real server for what GitHub redirects to, and a GitHub without TLS that may redirect there.
// Bodies that are cancelled have to come from a real server: after cancelling one of nock's, Node 24 cannot import a key once.
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type RequestListener } from 'node:http';
import nock from 'nock';
import { factory, repository } from './scene.ts';

const server = 'http://github.test/api/v3';
const signature = '?signature=secret';

export interface Store {
  url: string;
  /** The next request's answer. */
  gives(status: number, body: string | Buffer): void;
  answers(listener: RequestListener): void;
  requests: { url: string | undefined; headers: IncomingHttpHeaders }[];
  close(): Promise<void>;
}

export async function startStore(): Promise<Store> {
  const listeners: RequestListener[] = [];
  const requests: Store['requests'] = [];
  const http = createServer((request, response) => {
    requests.push({ url: request.url, headers: request.headers });
    const listener = listeners.shift();
    if (listener) listener(request, response);
    else response.writeHead(500).end('the test did not say what to answer');
  });
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  const address = http.address();
  if (address === null || typeof address === 'string') throw new Error('the store listens on no port');
  return {
    url: `http://127.0.0.1:${address.port}/file${signature}`,
    gives: (status, body) => listeners.push((_, response) => response.writeHead(status).end(body)),
    answers: (listener) => listeners.push(listener),
    requests,
    async close() {
      http.close();
      http.closeAllConnections();
      if (http.listening) await once(http, 'close');
    },
  };
}

/** nock takes the API's requests, and lets those to the store through. */
export function withoutTls() {
  nock.enableNetConnect('127.0.0.1');
  nock(server)
    .post('/app/installations/42/access_tokens')
    .reply(201, { token: 'ghs_firsttoken', expires_at: '2999-01-01T00:00:00Z' });
  return {
    github: factory({ baseUrl: server })(repository, { actions: 'read' }),
    shop: () => nock(`${server}/repos/acme/shop`, { reqheaders: { authorization: 'token ghs_firsttoken' } }),
  };
}
