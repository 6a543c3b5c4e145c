// The outside service of the third story: lets the first caller wait until it gives up, and answers everybody after that.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Warehouse {
  url: string;
  close(): Promise<void>;
}

export async function slowWarehouse(): Promise<Warehouse> {
  let calls = 0;
  const server = createServer((_request, response) => {
    calls += 1;
    if (calls === 1) return;
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ count: 12 }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
