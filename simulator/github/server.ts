// The simulated GitHub → one HTTP server: REST, GraphQL, git, downloads, people's pages and the control endpoint.
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import type { Api } from './api.ts';
import { registerApp } from './app-registration.ts';
import { authenticate } from './auth.ts';
import { ApiError } from './errors.ts';
import type { GitHub } from './github.ts';
import { answerGraphql } from './graphql.ts';
import { smartHttp } from './smart-http.ts';
import { steering } from './steering.ts';

async function download(github: GitHub, context: Context): Promise<Response> {
  const found = github.signedUrls.find(context.req.param('name') ?? '', new URL(context.req.url).searchParams);
  if (!found) return context.text('Signature not valid in the specified time frame', 403);
  const bytes = await found.produce();
  return context.body(new Uint8Array(bytes), 200, {
    'content-type': found.contentType,
    'content-disposition': `attachment; filename="${found.fileName}"`,
  });
}

async function graphql(github: GitHub, context: Context): Promise<Response> {
  try {
    const caller = authenticate(github, context.req.header('authorization') ?? null);
    return context.json(await answerGraphql(github, caller, await context.req.text()));
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return new Response(JSON.stringify(error.body()), {
      status: error.status,
      headers: { 'content-type': 'application/json' },
    });
  }
}

async function rawFile(github: GitHub, context: Context): Promise<Response> {
  const { owner = '', repo = '', sha = '' } = context.req.param();
  const repository = github.findRepository(owner, repo);
  const path = decodeURIComponent(new URL(context.req.url).pathname.split('/').slice(5).join('/'));
  const object = repository && !repository.private ? await repository.objects.read(`${sha}:${path}`) : null;
  if (object?.type !== 'blob') return context.text('404: Not Found', 404);
  return context.body(new Uint8Array(object.content), 200, { 'content-type': 'text/plain; charset=utf-8' });
}

const avatar = (id: string): string => {
  const hue = (Number.parseInt(id, 10) * 47) % 360;
  const circle = '<circle cx="20" cy="16" r="8"/><path d="M4 40a16 16 0 0 1 32 0z"/>';
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40"><rect width="40" height="40" fill="hsl(${hue} 45% 80%)"/><g fill="hsl(${hue} 45% 45%)">${circle}</g></svg>`;
};

export function routes(github: GitHub, api: Api): Hono {
  const app = new Hono();
  app.use(async (context, next) => (await smartHttp(github, context.req.raw)) ?? (await next()));
  app.all('/api/v3', (context) => api.handle(context.req.raw));
  app.all('/api/v3/*', (context) => api.handle(context.req.raw));
  app.post('/api/graphql', (context) => graphql(github, context));
  app.get('/_downloads/:name', (context) => download(github, context));
  app.route('/_simulator', steering(github));
  app.get('/avatars/u/:id', (context) =>
    context.body(avatar(context.req.param('id')), 200, { 'content-type': 'image/svg+xml' }),
  );
  app.get('/:owner/:repo/raw/:sha/*', (context) => rawFile(github, context));
  app.post('/settings/apps/new', (context) => registerApp(github, context));
  app.onError((error, context) => {
    console.error('simulator:', error);
    return context.json({ message: 'Server Error', detail: String(error), documentation_url: '', status: '500' }, 500);
  });
  return app;
}

type FetchCallback = Parameters<typeof serve>[0]['fetch'];

export interface Listening {
  port: number;
  close(): Promise<void>;
}

export function listen(fetch: FetchCallback, port: number): Promise<Listening> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch, port, hostname: '127.0.0.1', overrideGlobalObjects: false }, (info: AddressInfo) => {
      resolve({
        port: info.port,
        close: () =>
          new Promise((closed) => {
            server.close(() => closed());
            if ('closeAllConnections' in server) server.closeAllConnections();
          }),
      });
    });
    server.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EADDRINUSE') return reject(error);
      reject(
        new Error(`Port ${port} is taken: choose another with --port, or end what listens there`, { cause: error }),
      );
    });
  });
}
