// Text → the same text, line for line, with every secret in it replaced by its kind.
import { lintSource } from '@secretlint/core';
import { secretLintProfiler } from '@secretlint/profiler';
import { rules } from '@secretlint/secretlint-rule-preset-recommend';
import { z } from 'zod';
import { emails } from './emails.ts';
import { randomTokens } from './random-tokens.ts';
import { type Secret, secretsByPattern } from './secret-patterns.ts';

/**
 * Left out: `filter-comments`, by which the text itself could switch the scan off; and the two rules for URLs, which
 * take the host along with the password (secret-patterns.ts does not).
 */
const leftOut = ['filter-comments', 'basicauth', 'database-connection-string'];
const shortId = (ruleId: string): string => ruleId.replace(/^@secretlint\/secretlint-rule-/, '');
const config = {
  rules: rules.filter((rule) => !leftOut.includes(shortId(rule.meta.id))).map((rule) => ({ id: rule.meta.id, rule })),
};

/** It keeps a hundred entries for every text that is scanned, and nobody ever clears them. */
secretLintProfiler.setEnabled(false);

const kindOfRule: Record<string, string> = {
  aws: 'aws-secret-access-key',
  github: 'github-token',
  npm: 'npm-token',
  privatekey: 'private-key',
};

const chunkLength = 64_000;
/** Longer than any secret that a rule recognises by its own form; keys in PEM are found in the whole text. */
const overlap = 4_000;

export interface Redaction {
  /** People's addresses too; by the policy's `redact-emails`. */
  emails?: boolean;
}

export async function redact(text: string, redaction: Redaction = {}): Promise<string> {
  return redactedAt(text, await secretsIn(text, redaction));
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

/** The same for lines that are still to be chosen from: a secret over several of them is seen whole. As many come back. */
export async function redactedLines(lines: readonly string[], redaction: Redaction = {}): Promise<string[]> {
  const shown = await redact(lines.map((line) => line.replaceAll('\n', ' ')).join('\n'), redaction);
  return lines.length === 0 ? [] : shown.split('\n');
}

/** How many secrets were taken out of a text that was redacted. */
export const redactionsIn = (text: string): number => text.match(/\[redacted:[a-z0-9-]{1,40}\]/g)?.length ?? 0;

/** Where secrets stand; the line is 1-based. */
export async function findSecrets(text: string): Promise<{ line: number; kind: string }[]> {
  let line = 1;
  let counted = 0;
  const found: { line: number; kind: string }[] = [];
  for (const { from, kind } of await secretsIn(text)) {
    for (let at = text.indexOf('\n', counted); at >= 0 && at < from; at = text.indexOf('\n', at + 1)) line += 1;
    counted = from;
    found.push({ line, kind });
  }
  return found;
}

/** In order and apart. */
export async function secretsIn(text: string, redaction: Redaction = {}): Promise<Secret[]> {
  const found = secretsByPattern(text);
  for (let start = 0; start < text.length; start += chunkLength - overlap) {
    found.push(...(await secretsByRule(text.slice(start, start + chunkLength), start)));
    if (start + chunkLength >= text.length) break;
  }
  return withOthers(found, [...randomTokens(text), ...(redaction.emails ? emails(text) : [])]);
}

/** For a log, which waits for nobody: without the rules of secretlint, whose forms are known here too, but for rare ones. */
export const redactedByForm = (text: string): string =>
  redactedAt(text, withOthers(secretsByPattern(text), randomTokens(text)));

/** What has a name or a form of its own keeps it. */
function withOthers(found: readonly Secret[], others: readonly Secret[]): Secret[] {
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

const MessageData = z.record(z.string(), z.unknown());

async function secretsByRule(content: string, offset: number): Promise<Secret[]> {
  const result = await lintSource({
    source: { content, filePath: 'text', ext: '', contentType: 'text' },
    options: { config, noPhysicFilePath: true },
  });
  return result.messages.map(({ ruleId, range, data }) => {
    // secretlint 13.0.7: the AWS rule's range has the secret's length, but starts at the name before it.
    const values = Object.values(MessageData.catch({}).parse(data ?? {})).filter((value) => typeof value === 'string');
    const places = values.map((value) => ({ at: content.indexOf(value, range[0]), length: value.length }));
    const place = places.find(({ at, length }) => at >= 0 && at <= range[1] && length >= 8);
    const from = offset + (place ? place.at : range[0]);
    const to = place ? from + place.length : offset + range[1];
    return { from, to, kind: kindOfRule[shortId(ruleId)] ?? shortId(ruleId) };
  });
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
