// Evidence of a repository whose policy says so → the same without e-mail addresses in anything that a model or a person is shown.
import type { Evidence } from '../../incident/evidence.ts';
import { redact } from '../../text/redact.ts';
import { redactedFailures } from './redacted-failures.ts';

const withoutAddresses = (text: string): Promise<string> => redact(text, { emails: true });

/** Sources stay as they are in git, for patches are made of them; what a prompt shows of them is redacted there. */
export async function withoutEmails(evidence: Evidence): Promise<Evidence> {
  const { failures, excerpt, changes, sinceGreen, environment, code } = evidence;
  const patches = (files: Evidence['changes']): Promise<Evidence['changes']> =>
    Promise.all(files.map(async (file) => ({ ...file, patch: await withoutAddresses(file.patch) })));
  return {
    ...evidence,
    failures: await redactedFailures(failures, { emails: true }),
    excerpt: await withoutAddresses(excerpt),
    changes: await patches(changes),
    ...(sinceGreen ? { sinceGreen: { ...sinceGreen, files: await patches(sinceGreen.files) } } : {}),
    ...(environment ? { environment: await Promise.all(environment.map(withoutAddresses)) } : {}),
    ...(code ? { code: { ...code, text: await withoutAddresses(code.text) } } : {}),
  };
}
