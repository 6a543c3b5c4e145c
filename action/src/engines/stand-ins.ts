// The name of a credential → an empty file of its kind, or an empty folder, to show in its place: tools refuse settings they cannot read.
import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';

const TEXTS: Readonly<Record<string, string>> = {
  'settings.xml': '<settings/>\n',
  'settings-security.xml': '<settingsSecurity/>\n',
  'NuGet.Config': '<configuration/>\n',
  'auth.json': '{}\n',
  'credentials.json': '{}\n',
};
const EMPTY = 'empty';

export interface StandIns {
  readonly fileFor: (path: string) => string;
  readonly folder: string;
}

/** Writes them below `folder`; a folder cannot be a fresh one in memory: podman copies into that what it covers. */
export async function writeStandIns(folder: string): Promise<StandIns> {
  const at = join(folder, 'stand-ins');
  await mkdir(at, { recursive: true, mode: 0o755 });
  for (const [name, text] of [...Object.entries(TEXTS), [EMPTY, '']] as const) {
    await writeFile(join(at, name), text, { mode: 0o644 });
  }
  const empty = join(at, 'folder');
  await mkdir(empty, { recursive: true, mode: 0o755 });
  return { fileFor: (path) => join(at, Object.hasOwn(TEXTS, basename(path)) ? basename(path) : EMPTY), folder: empty };
}
