// An App's JSON web token: checked as GitHub checks it, and made for the pages that show what only the App is told.
import { createSign, createVerify } from 'node:crypto';
import { z } from 'zod';
import type { InstalledApp } from './app.ts';
import { ApiError } from './errors.ts';

const Header = z.object({ alg: z.string() });
const Claims = z.object({ iss: z.union([z.string(), z.number()]), exp: z.number(), iat: z.number() }).partial();

/** GitHub takes tokens of at most ten minutes; the minute more is its allowance for drifting clocks. */
const longestLifetimeSeconds = 10 * 60 + 60;

const undecodable = () => new ApiError(401, 'A JSON web token could not be decoded');

function decode<T>(part: string | undefined, schema: z.ZodType<T>): T {
  let outside: unknown;
  try {
    outside = JSON.parse(Buffer.from(part ?? '', 'base64url').toString('utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) throw undecodable();
    throw error;
  }
  const parsed = schema.safeParse(outside);
  if (!parsed.success) throw undecodable();
  return parsed.data;
}

export const looksLikeJwt = (token: string): boolean => token.split('.').length === 3;

export function verifyAppJwt(token: string, app: InstalledApp, nowMs: number): void {
  const [header, claims, signature] = token.split('.');
  if (decode(header, Header).alg !== 'RS256') throw undecodable();
  const { iss, exp, iat } = decode(claims, Claims);
  const now = Math.floor(nowMs / 1000);
  if (iss === undefined) throw new ApiError(401, "Missing 'issuer' claim ('iss') in assertion");
  if (![String(app.id), app.clientId].includes(String(iss))) throw new ApiError(404, 'Integration not found');
  if (iat === undefined || iat > now + 60) {
    throw new ApiError(
      401,
      "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued",
    );
  }
  if (exp === undefined || exp <= now) {
    const message =
      "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires";
    throw new ApiError(401, message);
  }
  if (exp > now + longestLifetimeSeconds) {
    throw new ApiError(401, "'Expiration time' claim ('exp') is too far in the future");
  }
  const verifier = createVerify('RSA-SHA256').update(`${header}.${claims}`);
  if (!verifier.verify(app.publicKey, signature ?? '', 'base64url')) throw undecodable();
}

/** What the App itself would sign; good for a minute. */
export function signAppJwt(app: InstalledApp, nowMs: number): string {
  const now = Math.floor(nowMs / 1000);
  const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');
  const signed = `${encode({ alg: 'RS256', typ: 'JWT' })}.${encode({ iss: app.id, iat: now, exp: now + 60 })}`;
  return `${signed}.${createSign('RSA-SHA256').update(signed).sign(app.privateKey, 'base64url')}`;
}
