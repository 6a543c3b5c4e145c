// A wire between the App and a server it asks, which a test cuts, or holds, at the request that it names.
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';

export interface Wire {
  /** The server's address by way of this wire. */
  url: string;
  /** The next request like this (`POST /path?query`) does what it asks for; then `instead` happens, and its answer never arrives. */
  cut(like: RegExp, instead: () => Promise<void>): Promise<string>;
  /** Requests like this wait until there are so many of them. */
  gather(like: RegExp, count: number): void;
  close(): Promise<void>;
}

interface Cut {
  like: RegExp;
  instead: () => Promise<void>;
  done: (request: string) => void;
}

const hopByHop = ['connection', 'content-encoding', 'content-length', 'host', 'keep-alive', 'transfer-encoding'];
const passedOn = (headers: Iterable<[string, string]>): [string, string][] =>
  [...headers].filter(([name]) => !hopByHop.includes(name));

export async function wire(target: string): Promise<Wire> {
  const cuts: Cut[] = [];
  const meetings: { like: RegExp; missing: number; all: PromiseWithResolvers<void> }[] = [];

  async function carry(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const name = `${request.method} ${request.url}`;
    const body = await buffer(request);
    const meeting = meetings.find(({ like, missing }) => missing > 0 && like.test(name));
    if (meeting) {
      meeting.missing -= 1;
      if (meeting.missing === 0) meeting.all.resolve();
      await meeting.all.promise;
    }
    const headers = Object.entries(request.headers).map(([key, value]): [string, string] => [key, String(value)]);
    const answer = await fetch(new URL(request.url ?? '/', target), {
      method: request.method ?? 'GET',
      headers: passedOn(headers),
      redirect: 'manual',
      ...(body.length === 0 ? {} : { body }),
    });
    const answered = Buffer.from(await answer.arrayBuffer());
    const at = cuts.findIndex(({ like }) => like.test(name));
    const [cut] = at < 0 ? [] : cuts.splice(at, 1);
    if (cut) {
      await cut.instead();
      response.destroy();
      return cut.done(name);
    }
    response.writeHead(answer.status, Object.fromEntries(passedOn(answer.headers))).end(answered);
  }

  const server = createServer((request, response) => {
    // An App that was killed leaves its requests behind.
    carry(request, response).catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no TCP port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    cut: (like, instead) => new Promise((done) => cuts.push({ like, instead, done })),
    gather: (like, count) => meetings.push({ like, missing: count, all: Promise.withResolvers<void>() }),
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
