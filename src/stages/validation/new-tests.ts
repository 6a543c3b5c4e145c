// The files of a patch → how many tests it adds, by the titles that its test files have after and did not have before.
import type { PatchedFile } from '../../incident/case-file.ts';
import { outlineOf } from '../../syntax/outline.ts';

/** 0 also where no grammar knows the language. */
export async function newTests(files: readonly PatchedFile[]): Promise<number> {
  const counts = await Promise.all(files.filter((file) => file.isTest).map(added));
  return counts.reduce((sum, count) => sum + count, 0);
}

async function added({ path, before, after }: PatchedFile): Promise<number> {
  const [old, now] = await Promise.all([titles(path, before ?? ''), titles(path, after)]);
  return now.filter((title) => !old.includes(title)).length;
}

async function titles(path: string, text: string): Promise<string[]> {
  const outline = text === '' ? undefined : await outlineOf(path, text);
  return (outline?.tests ?? []).filter(({ kind }) => kind === 'test').map(({ title }) => title);
}
