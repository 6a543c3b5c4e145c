// The failures → a diagnosis that needs no model, where the runner itself says what only a person can give it.
import type { Diagnosis } from '../../incident/case-file.ts';
import type { Failure } from '../../incident/failure.ts';

const remedies: ReadonlyMap<string, { rootCause: string; change: string }> = new Map([
  [
    'Permission',
    {
      rootCause: 'GitHub refused what the job asked for: its token may not do it, or is no longer valid.',
      change: 'Give the job the permission under `permissions:` of its workflow, or a token that has it.',
    },
  ],
  [
    'InputMissing',
    {
      rootCause:
        'An action did not get an input that it requires: it is not set, or the secret that it comes from is empty.',
      change: 'Set the input in the workflow, or the secret in the settings of the repository.',
    },
  ],
]);

/** Only where nothing else failed. The remedy is in workflows and settings, which are never written. */
export function certainCause(failures: readonly Failure[]): Diagnosis | undefined {
  const [first] = failures;
  if (!first || !failures.every(({ tool, type }) => tool === 'runner' && type === first.type)) return undefined;
  const remedy = remedies.get(first.type ?? '');
  if (!remedy) return undefined;
  return {
    kind: 'environment',
    ...remedy,
    mechanism: `The runner said: ${(first.message.split('\n')[0] ?? '').slice(0, 300).toWellFormed()}`,
    citations: [...new Set(failures.map(({ message }) => message.slice(0, 400).toWellFormed()))].slice(0, 6),
    files: [],
    risk: 'low',
    confidence: 1,
  };
}
