// A folder of scripted replies, or the address of another Gemini → a running server that speaks Google's Gemini API.
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { api } from './api.ts';
import type { GeminiControl } from './contract.ts';
import { Recorder } from './recorder.ts';
import { plainReply } from './scripted-reply.ts';
import { SimulatedGemini } from './simulated-gemini.ts';

export interface GeminiOptions {
  /** 0, and the default: any free port. */
  port?: number;
  /** Folder of scripted replies; see REPLIES.md. */
  replies?: string;
  /** Address of the real Gemini or of another server; what no scripted reply answers is passed on to it. */
  upstream?: string;
  /** Folder that receives what the upstream answered, as scripted replies. */
  recordTo?: string;
  /** The only key that is taken; any when absent. */
  apiKey?: string;
  /** Of Vertex AI: the only access token that is taken, and the only project that it may use; any when absent. */
  vertex?: { accessToken: string; project: string };
}

export async function startGemini(options: GeminiOptions = {}): Promise<GeminiControl & { close(): Promise<void> }> {
  const { upstream, replies, recordTo, apiKey, vertex } = options;
  if (recordTo !== undefined && upstream === undefined)
    throw new Error('recordTo needs an upstream: only what another Gemini answers can be recorded');
  const gemini = new SimulatedGemini(replies, upstream !== undefined);
  const app = api({
    gemini,
    ...(apiKey === undefined ? {} : { apiKey }),
    ...(vertex === undefined ? {} : { vertex }),
    ...(upstream === undefined ? {} : { upstream }),
    ...(recordTo === undefined ? {} : { recorder: new Recorder(recordTo) }),
  });
  const server = createServer(getRequestListener(app.fetch, { overrideGlobalObjects: false }));
  await listen(server, options.port ?? 0);
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the simulated Gemini listens on no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    calls: () => [...gemini.calls],
    fault: (fault) => gemini.faults.add(fault),
    reply: (text, match) =>
      gemini.script.queue({ ...plainReply('reply()', text), ...(match === undefined ? {} : { match }) }),
    leftovers: () => gemini.script.leftovers(),
    async close() {
      server.close();
      server.closeAllConnections();
      if (server.listening) await once(server, 'close');
    },
  };
}

async function listen(server: Server, port: number): Promise<void> {
  server.listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'EADDRINUSE')) throw cause;
    throw new Error(`Port ${port} is taken: choose another with --gemini-port, or end what listens there`, { cause });
  }
}
