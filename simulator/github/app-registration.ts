// GitHub's "register an App from a manifest": a posted form → a code, and the code → the App's credentials.
import { randomBytes } from 'node:crypto';
import type { Context } from 'hono';
import { z } from 'zod';
import { eventsOf, Manifest, permissionsOf } from './app.ts';
import { notFound } from './errors.ts';
import type { GitHub } from './github.ts';
import { appShape, type Json } from './shapes/account.ts';

const Posted = z.looseObject({
  ...Manifest.shape,
  redirect_url: z.url().optional(),
  hook_attributes: z.looseObject({ url: z.url().optional() }).optional(),
});

const codes = new WeakMap<GitHub, Set<string>>();

function parseManifest(text: unknown): z.infer<typeof Posted> | null {
  try {
    return Posted.safeParse(JSON.parse(String(text))).data ?? null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** The simulator has one App; registering takes over what the manifest says of it. */
export async function registerApp(github: GitHub, context: Context): Promise<Response> {
  const form = await context.req.parseBody();
  const manifest = parseManifest(form.manifest);
  if (!manifest) return context.text('The form field `manifest` must hold an App manifest as JSON.', 422);
  github.app.name = manifest.name ?? github.app.name;
  github.app.permissions = permissionsOf(manifest);
  github.app.events = eventsOf(manifest);
  const code = randomBytes(20).toString('hex');
  codes.set(github, (codes.get(github) ?? new Set()).add(code));
  const hookUrl = manifest.hook_attributes?.url;
  if (hookUrl) github.setAppUrl(hookUrl);
  if (!manifest.redirect_url) return context.json({ code });
  const back = new URL(manifest.redirect_url);
  back.searchParams.set('code', code);
  const state = context.req.query('state');
  if (state) back.searchParams.set('state', state);
  return context.redirect(back.toString(), 302);
}

/** A code is good once. */
export function convertCode(github: GitHub, code: string): Json {
  if (!codes.get(github)?.delete(code)) throw notFound();
  return {
    ...appShape(github, github.app),
    client_secret: github.app.clientSecret,
    webhook_secret: github.app.webhookSecret,
    pem: github.app.privateKey,
  };
}
