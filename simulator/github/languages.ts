// The files of a repository → bytes per programming language, by file ending.
import { extname } from 'node:path';
import { listTree } from './git/trees.ts';
import type { Repository } from './repository.ts';

const byEnding: Record<string, string> = {
  '.c': 'C',
  '.cpp': 'C++',
  '.cs': 'C#',
  '.css': 'CSS',
  '.go': 'Go',
  '.html': 'HTML',
  '.java': 'Java',
  '.js': 'JavaScript',
  '.cjs': 'JavaScript',
  '.mjs': 'JavaScript',
  '.jsx': 'JavaScript',
  '.kt': 'Kotlin',
  '.php': 'PHP',
  '.py': 'Python',
  '.rb': 'Ruby',
  '.rs': 'Rust',
  '.sh': 'Shell',
  '.swift': 'Swift',
  '.ts': 'TypeScript',
  '.tsx': 'TypeScript',
};

export async function languagesOf(repository: Repository): Promise<Record<string, number>> {
  const bytes = new Map<string, number>();
  for (const entry of (await listTree(repository.gitDirectory, repository.defaultRef, true)) ?? []) {
    const language = byEnding[extname(entry.path).toLowerCase()];
    if (language) bytes.set(language, (bytes.get(language) ?? 0) + (entry.sizeBytes ?? 0));
  }
  return Object.fromEntries([...bytes].sort(([, a], [, b]) => b - a));
}
