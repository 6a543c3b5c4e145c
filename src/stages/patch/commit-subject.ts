// What a patch touches → the commit's subject, for replies that bring none of the right form.
import type { Diagnosis, PatchedFile } from '../../incident/case-file.ts';

export function commitSubject(files: readonly Pick<PatchedFile, 'path' | 'isTest'>[], diagnosis: Diagnosis): string {
  const path = (files.find((file) => !file.isTest) ?? files[0])?.path ?? '';
  const scope = (path.split('/').at(-1) ?? '')
    .replace(/\.[^.]*$/, '')
    .replace(/[^\w.-]/g, '')
    .slice(0, 30);
  const words = (diagnosis.rootCause.split(/(?<=[.!?])\s|\n/)[0] ?? '').replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim();
  const start = scope ? `fix(${scope}): ` : 'fix: ';
  const what = words.replace(/[.!?]+$/, '') || 'mend the failure';
  const room = 72 - start.length;
  return start + (what.length <= room ? what : `${what.slice(0, room - 1).replace(/\s+\S*$/, '')}…`);
}
