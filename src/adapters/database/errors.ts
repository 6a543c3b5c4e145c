// What the database's libraries throw → a SelfHealError that says what to do.
import { isNativeError } from 'node:util/types';
import { DrizzleQueryError } from 'drizzle-orm';
import { SelfHealError } from '../../errors.ts';

const networkCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'ETIMEDOUT',
  'EPIPE',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);

/** SQLSTATE classes of https://www.postgresql.org/docs/current/errcodes-appendix.html that say nothing about our statement. */
const passingClasses = {
  '08': 'the connection broke',
  '28': 'the server refused the user or password; check DATABASE_URL',
  '3D': 'the server has no such database; create it or correct DATABASE_URL',
  '40': 'two transactions were in each other’s way',
  '53': 'the server is short of connections, memory or disk',
  '55': 'a lock was not free in time',
  '57': 'the server is starting, stopping or cancelled the query',
  '58': 'the server had a system error; look at its log and disk',
} as const;
const isPassing = (value: string): value is keyof typeof passingClasses => value in passingClasses;

/** Two workers gave two records one name at the same time: the second looks again, and finds the first. */
const uniqueViolation = '23505';

/** pg and PGlite have these as plain messages, without a code. */
const lostConnection =
  /connection terminated|timeout exceeded when trying to connect|query read timeout|connection error|pool after calling end|pglite is clos/i;

/** What another worker did first becomes `record-moved-on`, what says the database cannot be reached `database-unavailable`; what is our own mistake stays as it is. */
export function databaseError(thrown: unknown, doing: string): unknown {
  if (thrown instanceof SelfHealError) return thrown;
  // drizzle's own error has the whole statement with all its values, records of megabytes, in its message.
  const cause = thrown instanceof DrizzleQueryError && thrown.cause ? thrown.cause : thrown;
  for (const error of causes(cause)) {
    if (codeOf(error) === uniqueViolation)
      return new SelfHealError('record-moved-on', `${doing}: another worker was faster: ${error.message}`, { cause });
    const reason = unavailability(error);
    if (reason) {
      const message = `${doing}: the database is not available: ${reason}`;
      return new SelfHealError('database-unavailable', message, { cause });
    }
  }
  return cause === thrown
    ? thrown
    : new Error(`${doing}: ${cause instanceof Error ? cause.message : cause}`, { cause });
}

function unavailability(error: Error): string | undefined {
  const code = codeOf(error);
  if (networkCodes.has(code)) return `${code}; is the server up, and DATABASE_URL right?`;
  const sqlClass = /^[0-9A-Z]{5}$/.test(code) ? code.slice(0, 2) : '';
  if (isPassing(sqlClass)) return `${passingClasses[sqlClass]} (${code})`;
  return lostConnection.test(error.message) ? error.message : undefined;
}

const codeOf = (error: Error): string => ('code' in error && typeof error.code === 'string' ? error.code : '');

/** The error, what caused it, and the members of an AggregateError (Node throws one when a name has several addresses). */
function causes(thrown: unknown): Error[] {
  const found: Error[] = [];
  let next: unknown[] = [thrown];
  while (next.length > 0 && found.length < 20) {
    const errors = next.filter(isNativeError).filter((error) => !found.includes(error));
    found.push(...errors);
    next = errors.flatMap((error) => [
      error.cause,
      ...('errors' in error && Array.isArray(error.errors) ? error.errors : []),
    ]);
  }
  return found;
}
