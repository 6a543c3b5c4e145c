// Text → the same text, line for line, with every secret in it replaced by its kind.
import { lintSource } from '@secretlint/core';
import { secretLintProfiler } from '@secretlint/profiler';
import { rules } from '@secretlint/secretlint-rule-preset-recommend';
import { z } from 'zod';
import { emails } from './emails.ts';
import { randomTokens } from './random-tokens.ts';
import { redactedAt, withOthers } from './redact-by-form.ts';
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
