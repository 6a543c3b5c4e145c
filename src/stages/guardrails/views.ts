// A patched file → its code before and after, read once for all rules.
import type { PatchedFile } from '../../incident/case-file.ts';
import { type CodeView, codeView } from './code-view.ts';

interface Views {
  before: CodeView;
  after: CodeView;
}

const known = new WeakMap<PatchedFile, Promise<Views>>();

export function viewsOf(file: PatchedFile): Promise<Views> {
  const views = known.get(file) ?? read(file);
  known.set(file, views);
  return views;
}

async function read({ path, before, after }: PatchedFile): Promise<Views> {
  return { before: await codeView(path, before ?? ''), after: await codeView(path, after) };
}
