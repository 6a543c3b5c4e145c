// Failures → the same without secrets and invisible characters in what the tools printed.
import type { Failure } from '../../incident/failure.ts';
import { redact } from '../../text/redact.ts';
import { withoutInvisible } from '../../text/untrusted.ts';

const shown = (text: string, limit: number): Promise<string> => redact(withoutInvisible(text.slice(0, limit)));

export const redactedFailures = (failures: readonly Failure[]): Promise<Failure[]> =>
  Promise.all(
    failures.map(async (failure) => ({
      ...failure,
      ...(failure.test === undefined ? {} : { test: await shown(failure.test, 500) }),
      message: await shown(failure.message, 4_000),
      ...(failure.expected === undefined ? {} : { expected: await shown(failure.expected, 2_000) }),
      ...(failure.actual === undefined ? {} : { actual: await shown(failure.actual, 2_000) }),
      frames: failure.frames.slice(0, 30),
    })),
  );
