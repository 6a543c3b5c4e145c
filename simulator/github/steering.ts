// Requests under /_simulator/ → what the simulated GitHub does that no GitHub would: faulty deliveries, schedules at once.
import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { ApiError, notFound } from './errors.ts';
import type { GitHub } from './github.ts';
import { fireSchedule } from './schedule.ts';
import { repositoryHtmlUrl } from './shapes/repository.ts';

const Faults = z.strictObject({
  event: z.string().optional(),
  drop: z.number().nonnegative().optional(),
  duplicate: z.number().nonnegative().optional(),
  delayMs: z.number().nonnegative().optional(),
  reorder: z.int().min(2).optional(),
});
const Schedule = z.strictObject({ repository: z.string(), workflow: z.string() });

async function read<T>(context: Context, schema: z.ZodType<T>): Promise<T> {
  const parsed = schema.safeParse(await context.req.json().catch(() => null));
  if (parsed.success) return parsed.data;
  throw new ApiError(422, z.prettifyError(parsed.error));
}

async function setFaults(github: GitHub, context: Context): Promise<Response> {
  const { event, drop, duplicate, delayMs, reorder } = await read(context, Faults);
  github.webhooks.setFaults({
    ...(event === undefined ? {} : { event }),
    ...(drop === undefined ? {} : { drop }),
    ...(duplicate === undefined ? {} : { duplicate }),
    ...(delayMs === undefined ? {} : { delayMs }),
    ...(reorder === undefined ? {} : { reorder }),
  });
  return context.body(null, 204);
}

async function runSchedule(github: GitHub, context: Context): Promise<Response> {
  const { repository: fullName, workflow } = await read(context, Schedule);
  const [owner = '', name = ''] = fullName.split('/');
  const repository = github.findRepository(owner, name);
  if (!repository) throw notFound();
  const { id } = await fireSchedule(github, repository, workflow);
  const html_url = `${repositoryHtmlUrl(github, repository)}/actions/runs/${id}`;
  return context.json({ workflow_run_id: id, html_url }, 201);
}

export function steering(github: GitHub): Hono {
  const app = new Hono();
  app.use(async (context, next) => {
    // A page elsewhere must not steer this: what a workflow says runs on this machine.
    const origin = context.req.header('origin');
    if (origin !== undefined && origin !== new URL(github.url).origin)
      throw new ApiError(403, `Requests from ${origin} are refused`);
    await next();
  });
  app.post('/faults', (context) => setFaults(github, context));
  app.post('/schedule', (context) => runSchedule(github, context));
  app.onError((error) => {
    if (!(error instanceof ApiError)) throw error;
    return Response.json(error.body(), { status: error.status });
  });
  return app;
}
