// The sample repositories of this folder → what a look at each of them finds.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { pathsToRead } from '../../../src/onboarding/draft/paths-to-read.ts';
import type { RepositoryLook } from '../../../src/onboarding/draft/repository-look.ts';

const root = fileURLToPath(new URL('./repositories/', import.meta.url));

export const kinds = readdirSync(root).sort();

/** Only one of them has a failed run: of a combination that its matrix adds. */
const failed: Record<string, RepositoryLook['lastFailed']> = {
  matrix: { workflowPath: '.github/workflows/node.yml', jobName: 'unit / ubuntu-24.04 / 24' },
};

export function repositoryOf(kind: string): RepositoryLook {
  const folder = path.join(root, kind);
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(path.join(folder, name)).isFile())
    .sort();
  const files = new Map(pathsToRead(paths).map((name) => [name, readFileSync(path.join(folder, name), 'utf8')]));
  return { paths, files, defaultBranch: 'main', lastFailed: failed[kind] };
}
