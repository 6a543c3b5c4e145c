// Failures → the same without secrets and invisible characters in what the tools printed.
import type { Failure } from '../../incident/failure.ts';
import { type Redaction, redact } from '../../text/redact.ts';
import { withoutInvisible } from '../../text/untrusted.ts';

/** What is cut away may hold the rest of a secret: redacted first. No tool prints so much that this takes long. */
const longest = 40_000;

export function redactedFailures(failures: readonly Failure[], redaction: Redaction = {}): Promise<Failure[]> {
  const shown = async (text: string, limit: number): Promise<string> =>
    (await redact(withoutInvisible(text.slice(0, longest)), redaction)).slice(0, limit).toWellFormed();
  return Promise.all(
    failures.map(async (failure) => ({
      ...failure,
      ...(failure.test === undefined ? {} : { test: await shown(failure.test, 500) }),
      ...(failure.type === undefined ? {} : { type: await shown(failure.type, 200) }),
      message: await shown(failure.message, 4_000),
      ...(failure.expected === undefined ? {} : { expected: await shown(failure.expected, 2_000) }),
      ...(failure.actual === undefined ? {} : { actual: await shown(failure.actual, 2_000) }),
      frames: failure.frames.slice(0, 30),
    })),
  );
}
