// Patched files, the diagnosis and the failure → the files that nobody spoke of, in words for the model.
import type { Diagnosis, Evidence, PatchedFile } from '../../incident/case-file.ts';

/**
 * Three lines that grow to a thousand start in a file that has nothing to do with the failure. Who has to change such a
 * file can say so: one that the explanation names is left to the rules and to the second look.
 */
export function unrelated(
  files: readonly PatchedFile[],
  { evidence, diagnosis, explanation }: { evidence: Evidence; diagnosis: Diagnosis; explanation: string },
): string | undefined {
  const printed = evidence.failures
    .flatMap((failure) => [failure, ...failure.frames])
    .flatMap(({ file }) => (file === undefined ? [] : [`/${file.replaceAll('\\', '/')}`]));
  const known = new Set([...diagnosis.files, ...(diagnosis.suspects ?? []).map(({ path }) => path)]);
  const isSpokenOf = ({ path }: PatchedFile): boolean =>
    known.has(path) || printed.some((name) => name.endsWith(`/${path}`)) || explanation.includes(path);
  const strangers = files.filter((file) => !file.isTest && !isSpokenOf(file)).map(({ path }) => path);
  if (strangers.length === 0) return undefined;
  const named = diagnosis.files.join(', ') || 'no file';
  return `The patch changes ${strangers.join(', ')}, which neither the diagnosis nor the failure speaks of. Change only what the cause needs (the diagnosis names ${named}). Where another file really has to change, name its path in your two sentences and say why.`;
}
