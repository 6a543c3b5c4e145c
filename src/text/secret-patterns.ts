// Text → the secrets in it that follow a form of their own or are assigned to a telling name.
import { isPlaceholder } from './entropy.ts';
import { keyLines } from './key-lines.ts';
import { namedSecrets } from './named-secrets.ts';
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
    // Any other scheme, or none: `Authorization: ApiKey …`.
    kind: 'authorization',
    pattern:
      /\bauthorization["']?\s{0,3}[:=]\s{0,3}["']?(?:[a-z][\w-]{1,30}\s{1,3})?(?<secret>(?=\S{0,100}\d)[\w.~+/-]{16,}=*)/dgi,
  },
  {
    kind: 'url-signature',
    pattern:
      /[?&](?:sig|signature|x-amz-signature|x-goog-signature|x-amz-security-token)=(?<secret>[\w%+/=.~-]{16,4000})/dgi,
  },
  { kind: 'secret', pattern: /<(?:api_?key|secret|token|privatekey)>(?<secret>(?=[^<]{0,100}\d)[^<\s]{12,400})<\//dgi },
  { kind: 'password', pattern: /<(?:password|passphrase)>(?<secret>[^<\s]{6,400})<\//dgi },
  {
    // A private key's DER in base64 on one line begins with its version and algorithm (RFC 5208, RFC 8017, RFC 5915).
    kind: 'private-key',
    pattern:
      /(?<![A-Za-z0-9+/])(?<secret>(?:MII[A-Za-z0-9+/]{3}IBA(?:AK[BC]|DAN)|MH[cg]CAQE|MIG[HkT]AgE|MC4CAQAwBQYDK2Vw|b3BlbnNzaC1rZXktdjE)[A-Za-z0-9+/]{40,20000}={0,2})/dg,
  },
];

/** A header's `name=value` pairs; what they say about the cookie itself is no secret. */
const cookieHeader = /\b(?:set-)?cookie["']?\s{0,3}:\s{0,3}["']?(?<pairs>[^\n"']{8,4000})/dgi;
const cookiePair =
  /(?<![^;,\s])(?!(?:expires|max-age|domain|path|samesite)=)[^=;,\s]{1,100}=(?<secret>(?=[^;,\s]{0,100}\d)(?=[^;,\s]{0,100}[a-z])[^;,\s[\]*]{8,4000})/dgi;

export function secretsByPattern(text: string): Secret[] {
  const found = secretsByForm(text);
  return [...found, ...namedSecrets(text, found)];
}

function secretsByForm(text: string): Secret[] {
  const found: Secret[] = [...privateKeys(text), ...keyLines(text)].map((span) => ({ ...span, kind: 'private-key' }));
  for (const { kind, pattern } of forms) found.push(...matches(text, pattern, kind));
  for (const header of text.matchAll(cookieHeader)) {
    const start = header.indices?.groups?.pairs?.[0] ?? 0;
    for (const { from, to, kind } of matches(header.groups?.pairs ?? '', cookiePair, 'cookie'))
      found.push({ from: start + from, to: start + to, kind });
  }
  return found.sort((a, b) => a.from - b.from);
}

function matches(text: string, pattern: RegExp, kind: string): Secret[] {
  const found: Secret[] = [];
  for (const match of text.matchAll(pattern)) {
    const range = match.indices?.groups?.secret;
    if (range && !isPlaceholder(match.groups?.secret ?? '')) found.push({ from: range[0], to: range[1], kind });
  }
  return found;
}
