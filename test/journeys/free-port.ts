// A port for an App that is killed and started again: free, and left alone by the system while the App is down.
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';

/** Linux gives out ports from 32768 by itself, macOS and Windows from 49152. */
const lowest = 20_000;
const firstGivenOut = 32_768;

export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(lowest, firstGivenOut);
    const server = createServer();
    try {
      server.listen(port, '127.0.0.1');
      await once(server, 'listening');
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') continue;
      throw error;
    }
    server.close();
    await once(server, 'close');
    return port;
  }
}
