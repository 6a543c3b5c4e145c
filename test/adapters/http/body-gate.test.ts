import { once } from 'node:events';
import { createServer, request } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bodyGate } from '../../../src/adapters/http/body-gate.ts';

const limit = 25 * 1024 * 1024;
let letThrough = 0;
const server = createServer((incoming, response) => {
  if (bodyGate(incoming, response)) return;
  letThrough += 1;
  incoming.resume();
  incoming.once('end', () => response.writeHead(204).end());
});
let port = 0;

beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  port = address.port;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

async function statusLine(...lines: string[]): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.write([...lines, 'host: x', '', ''].join('\r\n'));
  const [data]: unknown[] = await once(socket, 'data');
  socket.destroy();
  return String(data).split('\r\n')[0] ?? '';
}

describe('the gate', () => {
  it.each(['POST', 'PUT', 'PATCH'])('refuses a %s without a length', async (method) => {
    expect(await statusLine(`${method} / HTTP/1.1`)).toBe('HTTP/1.1 411 Length Required');
    expect(await statusLine(`${method} / HTTP/1.1`, 'transfer-encoding: chunked')).toBe('HTTP/1.1 411 Length Required');
  });

  it.each([
    [limit + 1, 413],
    [10 ** 15, 413],
  ])('refuses a length of %i with %i', async (length, status) => {
    expect(await statusLine('POST / HTTP/1.1', `content-length: ${length}`)).toContain(` ${status} `);
  });

  it.each(['-1', 'many', '1e3', '0x10', ''])('leaves a length of %j to Node, which refuses it', async (length) => {
    expect(await statusLine('POST / HTTP/1.1', `content-length: ${length}`)).toMatch(/ 4(00|11) /);
  });

  it.each(['GET', 'HEAD', 'DELETE', 'OPTIONS'])('lets a %s without a body through', async (method) => {
    const before = letThrough;
    expect(await statusLine(`${method} / HTTP/1.1`)).toBe('HTTP/1.1 204 No Content');
    expect(letThrough).toBe(before + 1);
  });

  it('lets a body of exactly the limit through', async () => {
    const sending = request({ port, host: '127.0.0.1', method: 'POST', headers: { 'content-length': limit } });
    sending.end(Buffer.alloc(limit));
    const [response]: { statusCode?: number }[] = await once(sending, 'response');
    expect(response?.statusCode).toBe(204);
  });
});
