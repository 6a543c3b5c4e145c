// Settings → a file that `node --env-file` and dotenv read, for this user's eyes only.
import { chmod, writeFile } from 'node:fs/promises';

/** Line ends are written as `\n`: both readers turn them back between double quotes. */
export const formatEnv = (settings: Readonly<Record<string, string>>): string =>
  Object.entries(settings)
    .map(([name, value]) => `${name}="${value.replaceAll('\n', '\\n')}"\n`)
    .join('');

export async function writeEnvFile(file: string, settings: Readonly<Record<string, string>>): Promise<void> {
  await writeFile(file, formatEnv(settings), { mode: 0o600 });
  // A file that was there before keeps its mode.
  await chmod(file, 0o600);
}
