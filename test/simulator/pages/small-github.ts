// The canned answers → the pages in front of them, and what the pages asked.
import type { BeyondApi, Rest } from '../../../simulator/pages/client.ts';
import { pages } from '../../../simulator/pages/pages.ts';
import { answers } from './answers.ts';

export const origin = 'http://localhost:4010';

export function site() {
  const github = smallGithub();
  const app = pages(github.rest, github.beyond);
  const get = async (path: string, headers: Record<string, string> = {}) => {
    const response = await app.request(`${origin}${path}`, { headers });
    return { status: response.status, headers: response.headers, html: await response.text() };
  };
  const post = (path: string, fields: Record<string, string> = {}, headers: Record<string, string> = { origin }) =>
    app.request(`${origin}${path}`, { method: 'POST', body: new URLSearchParams(fields), headers });
  return { ...github, get, post };
}

export interface Asked {
  login: string;
  method: string;
  path: string;
  body: unknown;
}

export function smallGithub(): {
  rest: Rest;
  beyond: BeyondApi;
  scheduled: string[];
  written: Asked[];
  asked: Asked[];
  refuse: (status: number, body: object) => void;
} {
  const asked: Asked[] = [];
  const written: Asked[] = [];
  let refusal: { status: number; body: object } | undefined;
  const refuse = (status: number, body: object) => {
    refusal = { status, body };
  };
  const rest: Rest = (login) => async (path, init) => {
    const method = init?.method ?? 'GET';
    const entry = { login, method, path, body: typeof init?.body === 'string' ? JSON.parse(init.body) : undefined };
    asked.push(entry);
    if (method !== 'GET') {
      written.push(entry);
      return refusal ? Response.json(refusal.body, { status: refusal.status }) : Response.json({ number: 9 });
    }
    const answer = answers[decodeURIComponent((path.split('?')[0] ?? '').replace(/\/$/, ''))];
    if (answer === undefined) return Response.json({ message: 'Not Found' }, { status: 404 });
    if (typeof answer === 'string') return new Response(answer);
    const page = Number(new URL(path, 'http://x').searchParams.get('page') ?? 1);
    return Response.json(Array.isArray(answer) && page > 1 ? [] : answer);
  };
  const scheduled: string[] = [];
  const beyond: BeyondApi = {
    jobSummary: (id) => (id === 21 ? '### Proof\n\n| run | result |\n|---|---|\n| base | **red** |\n' : undefined),
    runSchedule: async (...asked) => {
      scheduled.push(asked.join(' '));
      return 12;
    },
  };
  return { rest, beyond, scheduled, asked, written, refuse };
}
