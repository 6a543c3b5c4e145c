// Rule: nothing is added that starts, fetches, decodes, deletes or grants something, unless the file did the same before.
import type { Evidence, PatchedFile, SourceFile } from '../../incident/case-file.ts';
import { placeholder } from './code-text.ts';
import { type CodeView, codeView } from './code-view.ts';
import { dangersFor } from './dangers/anywhere.ts';
import { type DangerKind, dangerKinds } from './dangers/danger.ts';
import type { Finding, Rule } from './rule.ts';
import { viewsOf } from './views.ts';

const rule = 'dangerous-additions';

interface Use {
  kind: DangerKind | 'sql';
  /** What is used, as the code writes it. */
  name: string;
  line: number;
}

export const dangerousAdditions: Rule = async (files, { evidence }) =>
  (await Promise.all(files.map((file) => addedTo(file, evidence)))).flat();

async function addedTo(file: PatchedFile, evidence: Evidence): Promise<Finding[]> {
  const { path } = file;
  const { before, after } = await viewsOf(file);
  const known = namesOf(path, before);
  const fresh = usesIn(path, after)
    .filter(({ kind, name }) => !known.has(`${kind} ${name}`))
    // A new test may wait for something, and names its runner; in the program the one hides the cause, the other cheats.
    .filter(({ kind }) => !file.isTest || (kind !== 'waits' && kind !== 'tells'));
  if (fresh.length === 0) return [];
  const beside = file.before === null ? await namesBeside(path, evidence.sources) : new Set<string>();
  const told = new Set<string>();
  return fresh.flatMap((use): Finding[] => {
    const key = `${use.kind} ${use.name}`;
    if (beside.has(key) || told.has(key)) return [];
    told.add(key);
    const [does, acceptable] = use.kind === 'sql' ? joinedSql : dangerKinds[use.kind];
    const why = `the patch adds \`${use.name
      .replace(/[`\s]+/g, ' ')
      .trim()
      .slice(0, 80)}\`, which ${does}; the file did not do that before`;
    return [{ rule, path, line: use.line, why, acceptable }];
  });
}

const namesOf = (path: string, view: CodeView): Set<string> =>
  new Set(usesIn(path, view).map(({ kind, name }) => `${kind} ${name}`));

/** A new file may do what the files beside it do. */
async function namesBeside(path: string, sources: readonly SourceFile[]): Promise<Set<string>> {
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  const extension = path.slice(path.lastIndexOf('.'));
  const names = sources
    .filter((source) => source.path.startsWith(folder) && !source.path.slice(folder.length).includes('/'))
    .filter((source) => source.path.endsWith(extension))
    .map(async (source) => namesOf(path, await codeView(source.path, source.text)));
  return new Set((await Promise.all(names)).flatMap((found) => [...found]));
}

function usesIn(path: string, view: CodeView): Use[] {
  const uses = dangersFor(path).flatMap(({ kind, pattern, view: which }) =>
    [...view[which].matchAll(pattern)].map((match): Use => {
      const line = which === 'code' ? view.lineAt(match.index) : view.lineAtFull(match.index);
      return { kind, name: match[0], line };
    }),
  );
  return [...uses, ...joinedQueries(view)];
}

const joinedSql = ['puts values into the text of a query', 'pass the values as parameters of the query'] as const;
const query =
  /^\s*(?:select\s[\s\S]{0,2000}\bfrom\b|insert\s+into\b|update\s+\S+\s+set\b|delete\s+from\b|replace\s+into\b|merge\s+into\b|(?:drop|alter|truncate)\s+table\b)/i;
const putIn = /^\u00b6(?:\$?\{|#\{|\$\w|["'`]{1,3}(?:\n?[+%]|\.(?:format|concat)\(|\.\$|\.(?!\w)))/;
const formatting = /(?:String\.(?:format|Format)|\b[sf]?printf|Sprintf|format!|\.formatted)\(\$?["'`]{1,3}$/i;

function joinedQueries({ code, literals, grammar }: CodeView): Use[] {
  return literals.flatMap(({ text, at, line }): Use[] => {
    if (!query.test(text)) return [];
    const rest = code.slice(at, at + 40).replace(/^\u00b6+/, placeholder);
    const isPutIn = putIn.test(rest) || (grammar === 'php' && /^\u00b6["']\.\w/.test(rest));
    const isFormatted = formatting.test(code.slice(Math.max(0, at - 40), at)) && /%|\{/.test(text);
    return isPutIn || isFormatted ? [{ kind: 'sql', name: `${text.trim().split(/\s+/)[0] ?? ''} …`, line }] : [];
  });
}
