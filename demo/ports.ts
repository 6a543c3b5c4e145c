// The ports that were asked for → ports that nobody listens on, or a sentence that says which one is taken.
import { once } from 'node:events';
import { createServer } from 'node:net';
import { freePort } from './free-port.ts';

/** 0: any free one. */
export interface Ports {
  app: number;
  github: number;
  gemini: number;
}

const listeners = [
  ['app', 'the App', '--port'],
  ['github', 'the simulated GitHub', '--github-port'],
  ['gemini', 'the simulated Gemini', '--gemini-port'],
] as const;

export class PortTaken extends Error {}

async function isTaken(port: number): Promise<boolean> {
  const server = createServer();
  try {
    server.listen(port, 'localhost');
    await once(server, 'listening');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') return true;
    throw error;
  }
  server.close();
  await once(server, 'close');
  return false;
}

/** The App gets a port in any case: its server cannot choose one. */
export async function freePorts(wanted: Ports): Promise<Ports> {
  for (const [name, listener, option] of listeners) {
    if (wanted[name] === 0 || !(await isTaken(wanted[name]))) continue;
    throw new PortTaken(
      `Port ${wanted[name]} of ${listener} is taken: end what listens there, or choose another with ${option}.`,
    );
  }
  return { ...wanted, app: wanted.app === 0 ? await freePort() : wanted.app };
}
