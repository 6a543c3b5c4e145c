// A failure → a short name that stays the same when only times, numbers, addresses or the commit differ.
import { createHash } from 'node:crypto';
import type { Failure } from './failure.ts';

/** Lower-case hex, 16 digits: enough for one installation's incidents, short enough for a log line. */
export function fingerprint(parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, 16);
}

/** What differs between two sightings of one failure, taken out. */
export function normalised(text: string): string {
  return text
    .replace(/0x[0-9a-f]+/gi, '<address>')
    .replace(/\b[0-9a-f]{7,64}\b/gi, (word) => (/[0-9]/.test(word) ? '<hash>' : word))
    .replace(/\d+(?:[.:]\d+)*/g, '<n>')
    .replace(/(?:\/[\w.@-]+)+\//g, '<path>/')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 300);
}

/** One a failure, in their order, none twice. Keyed by test and error, never by commit: one break in six commits is one failure. */
export function failureFingerprints(repository: string, failures: readonly Failure[]): string[] {
  const names = failures.map((failure) => {
    const what = failure.test ? '' : normalised(failure.message);
    return fingerprint([repository.toLowerCase(), failure.tool, failure.test ?? '', failure.type ?? '', what]);
  });
  return [...new Set(names)];
}
