// The prompt files under src → the same places under dist, next to their compiled parsers.
import { copyFileSync, mkdirSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));
const prompts = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).filter((path) =>
  path.endsWith('.prompt.md'),
);
if (prompts.length === 0)
  throw new Error('src holds no *.prompt.md: the compiled App could not ask the model anything');
for (const path of prompts) {
  const target = join(root, 'dist', path);
  mkdirSync(dirname(target), { recursive: true });
  copyFileSync(join(root, 'src', path), target);
}
