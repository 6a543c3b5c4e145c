// A whole list → the page that was asked for, with GitHub's Link header.
import type { Answer, Call } from './call.ts';

export interface Page<T> {
  items: T[];
  headers: Record<string, string>;
}

const positive = (text: string | null, fallback: number): number => {
  const value = Number(text ?? fallback);
  return Number.isSafeInteger(value) && value > 0 ? value : fallback;
};

export function paginate<T>(call: Call, all: readonly T[], largest = 100, standard = 30): Page<T> {
  const perPage = Math.min(positive(call.query('per_page'), standard), largest);
  const page = positive(call.query('page'), 1);
  const last = Math.max(1, Math.ceil(all.length / perPage));
  const link = (number: number, rel: string) => {
    const url = new URL(`${call.github.apiUrl}${call.url.pathname.replace(/^\/api\/v3/, '')}${call.url.search}`);
    url.searchParams.set('page', String(number));
    return `<${url}>; rel="${rel}"`;
  };
  const links: string[] = [];
  if (page > 1) links.push(link(page - 1, 'prev'));
  if (page < last) links.push(link(page + 1, 'next'), link(last, 'last'));
  if (page > 1) links.push(link(1, 'first'));
  return {
    items: all.slice((page - 1) * perPage, page * perPage),
    headers: links.length > 0 ? { link: links.join(', ') } : {},
  };
}

/** A page as a bare list. */
export async function listed<T>(call: Call, all: readonly T[], shape: (item: T) => unknown): Promise<Answer> {
  const page = paginate(call, all);
  return { status: 200, body: await Promise.all(page.items.map(shape)), headers: page.headers };
}

/** A page as `{ total_count, [key]: [...] }`. */
export async function listedUnder<T>(
  call: Call,
  key: string,
  all: readonly T[],
  shape: (item: T) => unknown,
): Promise<Answer> {
  const page = paginate(call, all);
  const items = await Promise.all(page.items.map(shape));
  return { status: 200, body: { total_count: all.length, [key]: items }, headers: page.headers };
}
