// Rule: no line that is added holds a secret.
import { findSecrets } from '../../text/redact.ts';
import { changedLines } from './changed-lines.ts';
import type { Finding, Rule } from './rule.ts';

export const secrets: Rule = async (files) => {
  const perFile = files.map(async (file): Promise<Finding[]> => {
    const { added } = changedLines(file);
    const found = await findSecrets(added.map(({ text }) => text).join('\n'));
    return found.map(({ line, kind }) => ({
      rule: 'secrets',
      path: file.path,
      ...at(added[line - 1]?.line),
      why: `the added line looks like a secret (${kind})`,
      acceptable: 'read the value from where the program reads it today, or use an obvious placeholder in tests',
    }));
  });
  return (await Promise.all(perFile)).flat();
};

const at = (line: number | undefined): { line?: number } => (line === undefined ? {} : { line });
