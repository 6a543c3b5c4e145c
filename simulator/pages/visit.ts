// A request to a page → who asks for what, and the ways to answer: show a page, or do something and go back.
import type { Context } from 'hono';
import { getCookie } from 'hono/cookie';
import { type BeyondApi, Client, type Rest } from './client.ts';
import { type Html, layout, type Page } from './layout.ts';

const defaultLogin = 'octocat';
export const loginPattern = /^[A-Za-z0-9][A-Za-z0-9-]{0,38}$/;

export interface Visit {
  client: Client;
  beyond: BeyondApi;
  fullName: string;
  /** `/repos/owner/name`. */
  api: string;
  param(name: string): string;
  query(name: string): string | undefined;
  /** What a form was filled in with. */
  form(): Promise<(name: string) => string>;
  page(page: Pick<Page, 'title' | 'tab' | 'refreshSeconds'>, content: Html): Response | Promise<Response>;
  go(path: string): Response;
  context: Context;
}

export function visit(context: Context, rest: Rest, beyond: BeyondApi): Visit {
  const cookie = getCookie(context, 'user') ?? '';
  const login = loginPattern.test(cookie) ? cookie : defaultLogin;
  const { owner = '-', repository } = context.req.param();
  const fullName = `${owner}/${repository ?? '-'}`;
  const url = new URL(context.req.url);
  return {
    client: new Client(rest, login),
    beyond,
    fullName,
    api: `/repos/${fullName}`,
    context,
    param: (name) => context.req.param(name) ?? '',
    query: (name) => context.req.query(name),
    async form() {
      const fields = await context.req.parseBody();
      return (name) => {
        const value = fields[name];
        return typeof value === 'string' ? value.replaceAll('\r\n', '\n') : '';
      };
    },
    page: (page, content) =>
      context.html(
        layout({
          ...page,
          login,
          path: `${url.pathname}${url.search}`,
          ...(repository === undefined ? {} : { fullName }),
          content,
        }),
      ),
    go: (path) => context.redirect(path, 303),
  };
}

/** `a/b` stays two steps of a path. */
export const pathOf = (name: string) => name.split('/').map(encodeURIComponent).join('/');
