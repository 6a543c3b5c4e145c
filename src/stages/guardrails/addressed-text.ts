// Rule: no added line gives orders to a model or a person who will read the code next.
import { injections } from '../../text/injection.ts';
import { changedLines } from './changed-lines.ts';
import type { Finding, Rule } from './rule.ts';

const rule = 'addressed-text';

export const addressedText: Rule = (files) =>
  files.flatMap((file): Finding[] => {
    const { added } = changedLines(file);
    const text = added.map((line) => line.text).join('\n');
    const known = new Set(injections(file.before ?? '').map(({ why }) => why));
    const found = injections(text).find(({ why }) => !known.has(why));
    if (!found) return [];
    const line = added[text.slice(0, found.from).split('\n').length - 1]?.line;
    const why = `the added text ${found.why}: \`${text
      .slice(found.from, found.to)
      .replace(/[`\s]+/g, ' ')
      .slice(0, 100)}\``;
    const acceptable = 'comments and texts that speak about the code only';
    return [{ rule, path: file.path, ...(line === undefined ? {} : { line }), why, acceptable }];
  });
