// What it shall decide → a server that answers as the data API of an Open Policy Agent does.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { z } from 'zod';

const Asked = z.object({ input: z.unknown() });

export interface PolicyServer {
  url: string;
  asked: { path: string; authorization: string | undefined; input: unknown }[];
  /** What the rule comes to; undefined where it is not defined for the input. */
  decides(result: unknown): void;
  /** What is answered instead of a decision. */
  answers(status: number, body?: string): void;
  close(): Promise<void>;
}

export async function policyServer(): Promise<PolicyServer> {
  const asked: PolicyServer['asked'] = [];
  let answer = { status: 200, body: '{}' };
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const { input } = Asked.parse(JSON.parse(body));
      asked.push({ path: request.url ?? '', authorization: request.headers.authorization, input });
      const isData = request.method === 'POST' && request.url?.startsWith('/v1/data/');
      const { status, body: said } = isData ? answer : { status: 404, body: '{"code": "resource_not_found"}' };
      response.writeHead(status, { 'content-type': 'application/json', ...(status === 307 ? { location: '/' } : {}) });
      response.end(said);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}/v1/data/self_heal`,
    asked,
    decides: (result) => {
      answer = { status: 200, body: JSON.stringify(result === undefined ? {} : { result }) };
    },
    answers: (status, body = '{}') => {
      answer = { status, body };
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
