// Text → the same text without the secrets that show by their own form; at once, and with nothing but our own patterns.
import { randomTokens } from './random-tokens.ts';
import { type Secret, secretsByPattern } from './secret-patterns.ts';

/** For a log, which waits for nobody, and for the Action, which is one file: without the rules of secretlint, whose forms are known here too, but for rare ones. */
export const redactedByForm = (text: string): string =>
  redactedAt(text, withOthers(secretsByPattern(text), randomTokens(text)));

/** What has a name or a form of its own keeps it. */
export function withOthers(found: readonly Secret[], others: readonly Secret[]): Secret[] {
  const known = merged(found);
  return merged([...known, ...apartFrom(known, others)]);
}

function apartFrom(known: readonly Secret[], others: readonly Secret[]): Secret[] {
  let next = 0;
  return others
    .toSorted((a, b) => a.from - b.from)
    .filter(({ from, to }) => {
      while ((known[next]?.to ?? Number.POSITIVE_INFINITY) <= from) next += 1;
      return (known[next]?.from ?? Number.POSITIVE_INFINITY) >= to;
    });
}

/** Without these parts, which stand in their order and apart. */
export function redactedAt(text: string, secrets: readonly Secret[]): string {
  const parts: string[] = [];
  let from = 0;
  for (const secret of secrets) {
    const newlines = text.slice(secret.from, secret.to).replace(/[^\n]/g, '');
    parts.push(text.slice(from, secret.from), `[redacted:${secret.kind}]`, newlines);
    from = secret.to;
  }
  return parts.join('') + text.slice(from);
}

/** In order, without overlaps: of two that overlap the wider span counts, under the name of the first. */
function merged(secrets: readonly Secret[]): Secret[] {
  const result: Secret[] = [];
  for (const secret of [...secrets].sort((a, b) => a.from - b.from || b.to - a.to)) {
    const last = result.at(-1);
    if (last && secret.from < last.to) last.to = Math.max(last.to, secret.to);
    else result.push({ ...secret });
  }
  return result;
}
