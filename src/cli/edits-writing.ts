// Patched files → the same files in the working tree, all of them or none: each is written beside its place, then renamed into it.
import { randomBytes } from 'node:crypto';
import { chmod, mkdir, rename, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { SelfHealError } from '../errors.ts';
import type { PatchedFile } from '../incident/case-file.ts';
import { placeOf } from './edits-places.ts';

/** What to do to have it as it was. */
type Undo = () => Promise<unknown>;

export async function writeFiles(root: string, files: readonly PatchedFile[]): Promise<void> {
  const undone: Undo[] = [];
  try {
    const staged: { file: PatchedFile; beside: string }[] = [];
    for (const file of files) staged.push({ file, beside: await stage(root, file, undone) });
    for (const { file, beside } of staged) await put(root, file, beside, undone);
  } catch (error) {
    for (const undo of undone.reverse()) await undo().catch(() => undefined);
    const why = error instanceof Error ? error.message : String(error);
    throw new SelfHealError('input-invalid', `Nothing was written: ${why}`, { cause: error });
  }
}

async function stage(root: string, { path, after, before }: PatchedFile, undone: Undo[]): Promise<string> {
  const folder = dirname(join(root, path));
  const made = await mkdir(folder, { recursive: true });
  if (made !== undefined) undone.push(() => removeEmpty(folder, made));
  const mode = before === null ? undefined : (await stat(join(root, path))).mode & 0o777;
  return writeBeside(folder, after, mode, undone);
}

/** A name that nobody else has, so that no link is followed and no file replaced. */
async function writeBeside(folder: string, text: string, mode: number | undefined, undone: Undo[]): Promise<string> {
  const beside = join(folder, `.self-heal-${randomBytes(8).toString('hex')}`);
  undone.push(() => rm(beside, { force: true }));
  await writeFile(beside, text, { flag: 'wx', flush: true });
  if (mode !== undefined) await chmod(beside, mode);
  return beside;
}

async function put(root: string, file: PatchedFile, beside: string, undone: Undo[]): Promise<void> {
  const { path, before } = file;
  const place = await placeOf(root, path);
  const asRead = before === null ? place.kind === 'free' : place.kind === 'text' && place.source.text === before;
  if (!asRead) throw new Error(`${path} was changed by somebody else meanwhile.`);
  const target = join(root, path);
  if (before === null) undone.push(() => rm(target, { force: true }));
  else {
    const { mode } = await stat(target);
    undone.push(async () => rename(await writeBeside(dirname(target), before, mode & 0o777, []), target));
  }
  await rename(beside, target);
}

/** Folders that were made, from the innermost out, as long as nobody else put something there. */
async function removeEmpty(innermost: string, outermost: string): Promise<void> {
  for (let folder = innermost; `${folder}${sep}`.startsWith(`${outermost}${sep}`); folder = dirname(folder))
    await rmdir(folder);
}
