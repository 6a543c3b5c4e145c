// Text → the secrets in it that follow a form of their own or are assigned to a telling name.
import { privateKeys } from './private-keys.ts';

export interface Secret {
  /** Offsets into the text; `to` is exclusive. */
  from: number;
  to: number;
  kind: string;
}

/** Every pattern is bounded, or starts where no match of it can start inside another: linear on any text. */
const forms: readonly { kind: string; pattern: RegExp }[] = [
  {
    kind: 'aws-access-key-id',
    pattern:
      /(?<![A-Za-z0-9])(?<secret>(?:A3T[A-Z0-9]|AKIA|AGPA|AIDA|AROA|AIPA|ANPA|ANVA|ASIA)[A-Z0-9]{16})(?![A-Za-z0-9])/dg,
  },
  { kind: 'github-token', pattern: /(?<![A-Za-z0-9])(?<secret>gh[pousr]_[A-Za-z0-9]{30,255}|github_pat_\w{40,255})/dg },
  {
    kind: 'google-api-key',
    pattern: /(?<![A-Za-z0-9])(?<secret>AIza[\w-]{35}|GOCSPX-[\w-]{20,60}|ya29\.[\w-]{20,2000})/dg,
  },
  { kind: 'jwt', pattern: /(?<![\w-])(?<secret>eyJ[\w-]{10,4000}\.eyJ[\w-]{10,8000}\.[\w-]{10,2000})/dg },
  { kind: 'npm-token', pattern: /_authToken\s?=\s?["']?(?<secret>[^\s"'$*]{8,500})/dg },
  { kind: 'url-credentials', pattern: /:\/\/[^\s:/?#@"'<>]{0,200}:(?<secret>[^\s/@"'<>]{3,400})@(?=[\w[.-])/dg },
  { kind: 'url-credentials', pattern: /:\/\/(?<secret>[\w-]{20,255})@(?=[\w[.-])/dg },
  { kind: 'authorization', pattern: /\b(?:bearer|basic|token)\s{1,3}(?<secret>(?=\S{0,100}\d)[\w.~+/-]{20,}=*)/dgi },
  {
    kind: 'authorization',
    pattern: /\bauthorization["']?\s{0,3}[:=]\s{0,3}["']?(?:bearer|basic|token)\s{1,3}(?<secret>[\w.~+/-]{8,}=*)/dgi,
  },
  {
    kind: 'authorization',
    pattern: /\bauthorization["']?\s{0,3}[:=]\s{0,3}["']?(?<secret>(?=\S{0,100}\d)[\w.~+/-]{16,}=*)/dgi,
  },
];

const assignment =
  /(?<name>passw(?:or)?d|pwd|passphrase|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|credentials?)["']?\]?(?<sign>\s{0,4}(?:=>|:=|[:=])\s{0,4}|\s{1,2}(?=["']?[^\s"']{16}))(?:(?<quote>["'`])(?<quoted>[^"'`\s]{6,4000})\k<quote>|(?<bare>[^\s"'`,;(){}<>[\]]{6,}))/dgi;

export function secretsByPattern(text: string): Secret[] {
  const found = secretsByForm(text);
  return [...found, ...secretsByName(text, found)];
}

function secretsByForm(text: string): Secret[] {
  const found: Secret[] = privateKeys(text).map((span) => ({ ...span, kind: 'private-key' }));
  for (const { kind, pattern } of forms) {
    for (const match of text.matchAll(pattern)) {
      const range = match.indices?.groups?.secret;
      if (range && !isPlaceholder(match.groups?.secret ?? '')) found.push({ from: range[0], to: range[1], kind });
    }
  }
  return found.sort((a, b) => a.from - b.from);
}

/** A value that holds a secret of a known form is left to that form, which knows where the secret ends. */
function secretsByName(text: string, known: readonly Secret[]): Secret[] {
  const found: Secret[] = [];
  let next = 0;
  for (const match of text.matchAll(assignment)) {
    const { name = '', sign = '', quoted, bare } = match.groups ?? {};
    const [from, to] = match.indices?.groups?.[quoted === undefined ? 'bare' : 'quoted'] ?? [0, 0];
    while ((known[next]?.to ?? text.length) <= from) next += 1;
    if ((known[next]?.from ?? text.length) < to) continue;
    const isCall = /[([]/.test(text[to] ?? '');
    if (isCall || !looksAssigned(name, sign, quoted, bare)) continue;
    found.push({ from, to, kind: /^pass|^pwd/i.test(name) ? 'password' : 'secret' });
  }
  return found;
}

/** Words, variables and code are no secrets: what is random is. */
function looksAssigned(name: string, sign: string, quoted: string | undefined, bare: string | undefined): boolean {
  const value = quoted ?? bare ?? '';
  if (isPlaceholder(value) || !/[0-9]/.test(value) || !/[A-Za-z]/.test(value)) return false;
  const isPassword = /^pass|^pwd/i.test(name);
  if (bare !== undefined && /^[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)+$|^\.{0,2}\/[\w.-]+\//.test(bare)) return false;
  const isEnvironment = bare !== undefined && sign === '=';
  if (isPassword && isEnvironment) return entropyBits(value) >= 2.5;
  return isPassword ? value.length >= 8 && entropyBits(value) >= 3 : value.length >= 16 && entropyBits(value) >= 3.2;
}

const placeholder =
  /^\*+$|^(.)\1+$|\$\{|\{\{|^[$%<{[]|example|placeholder|changeme|change_me|redacted|your[-_]?|dummy|xxxx|\.\.\./i;
const commonWord =
  /^(?:passw(?:or)?d|secret|token|pass|postgres(?:ql)?|mysql|mongo|root|admin|user|username|guest|test|testing|none|null|true|false|undefined)$/i;

function isPlaceholder(value: string): boolean {
  return placeholder.test(value) || commonWord.test(value);
}

/** Shannon entropy of the characters, in bits each. */
function entropyBits(value: string): number {
  const counts = new Map<string, number>();
  for (const character of value) counts.set(character, (counts.get(character) ?? 0) + 1);
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  return [...counts.values()].reduce((bits, count) => bits - (count / total) * Math.log2(count / total), 0);
}
