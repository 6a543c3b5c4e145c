// Rule: nothing is imported that the repository does not use or declare already: what is not installed fails, what is strange is a risk.
import type { Evidence, PatchedFile } from '../../incident/case-file.ts';
import { type GrammarName, grammarOf } from '../../syntax/grammars.ts';
import { isManifest } from '../../syntax/manifests.ts';
import { outlineOf } from '../../syntax/outline.ts';
import type { Finding, Rule } from './rule.ts';
import { isStandard } from './standard-libraries.ts';

const rule = 'new-dependencies';
const acceptable = 'use what the repository already imports, or the standard library';

export const newDependencies: Rule = async (files, { evidence }) => {
  const perFile = files.map(async (file): Promise<Finding[]> => {
    const grammar = familyOf(file.path);
    if (!grammar) return [];
    const had = new Set((await importsOf(file.path, file.before ?? '', grammar)).map(({ name }) => name));
    const fresh = (await importsOf(file.path, file.after, grammar)).filter(({ name }) => !had.has(name));
    if (fresh.length === 0) return [];
    const known = await knownTo(evidence, grammar);
    const told = new Set<string>();
    return fresh.flatMap(({ name, line }): Finding[] => {
      if (told.has(name) || known.has(name) || isLocal(name, grammar, files, evidence)) return [];
      told.add(name);
      if (isDeclared(name, evidence)) return [];
      const why = `the patch imports ${name}, which nothing that was read of the repository imports or declares`;
      return [{ rule, path: file.path, line, why, acceptable }];
    });
  });
  return (await Promise.all(perFile)).flat();
};

/** The languages whose imports name packages; TypeScript and JavaScript share theirs. */
function familyOf(path: string): GrammarName | undefined {
  const grammar = grammarOf(path);
  if (grammar === 'typescript' || grammar === 'tsx' || grammar === 'javascript') return 'javascript';
  return grammar && ['python', 'ruby', 'go', 'java', 'rust', 'c-sharp', 'php'].includes(grammar) ? grammar : undefined;
}

interface Imported {
  name: string;
  line: number;
}

async function importsOf(path: string, text: string, grammar: GrammarName): Promise<Imported[]> {
  const outline = await outlineOf(path, text);
  const listed =
    outline?.imports.flatMap(({ from, modules }) => modules.map((module) => ({ module, line: from }))) ?? [];
  return [...listed, ...written(text, grammar)].flatMap(({ module, line }): Imported[] => {
    const name = packageOf(module, grammar);
    return name === undefined || isStandard(grammar, name) ? [] : [{ name, line }];
  });
}

const lineStarts: Partial<Record<GrammarName, RegExp>> = {
  // `Buffer.from('x')` imports nothing.
  javascript: /(?<![.\w$])(?:(?:require|import)\s{0,4}\(?|from)\s{0,4}["'`]([^"'`\n]{1,200})["'`]/,
  python: /^\s*(?:from\s+([\w.]+)\s+import\b|import\s+([\w.]+))/,
  ruby: /^\s*require\s*\(?\s*["']([^"'\n]{1,200})["']/,
  rust: /^\s*(?:pub\s+)?(?:use|extern crate)\s+(?:::)?(\w+)/,
  'c-sharp': /^\s*(?:global\s+)?using\s+(?:static\s+)?([A-Z][\w.]*)\s*;/,
  java: /^\s*import\s+(?:static\s+)?([\w.]+)/,
  php: /^\s*use\s+\\?([\w\\]+)/,
};

/** Inside functions, and where no tree can be had. */
function written(text: string, grammar: GrammarName): { module: string; line: number }[] {
  const pattern = lineStarts[grammar];
  if (!pattern) return [];
  return text.split('\n').flatMap((line, i) => {
    const match = pattern.exec(line.slice(0, 500));
    const module = match?.[1] ?? match?.[2];
    return module === undefined || /^\s*(?:\/\/|#|\*)/.test(line) ? [] : [{ module, line: i + 1 }];
  });
}

/** What would have to be installed; undefined where the module is part of the project by its spelling. */
function packageOf(module: string, grammar: GrammarName): string | undefined {
  const text = module.trim();
  if (text === '' || /^[.#/~]|^@\//.test(text) || /[\s${}]/.test(text)) return undefined;
  switch (grammar) {
    case 'javascript':
      return text.startsWith('@') ? text.split('/').slice(0, 2).join('/') : text.split('/')[0];
    case 'go':
      return text.split('/').slice(0, 3).join('/');
    case 'java':
      return text
        .split('.')
        .slice(0, /^\w+\.(?:google|github|apache|amazonaws|microsoft)\./.test(text) ? 3 : 2)
        .join('.');
    case 'c-sharp':
      return text.split('.').slice(0, 2).join('.');
    case 'php':
      return text.replace(/^\\/, '').split('\\').slice(0, 2).join('\\');
    case 'rust':
      return text.split('::')[0];
    default:
      return text.split(/[./]/)[0];
  }
}

async function knownTo({ sources }: Evidence, grammar: GrammarName): Promise<Set<string>> {
  const same = sources.filter(({ path }) => familyOf(path) === grammar);
  const imports = await Promise.all(same.map(({ path, text }) => importsOf(path, text, grammar)));
  return new Set(imports.flat().map(({ name }) => name));
}

/** In a manifest that was read, or as the tool that the failing job ran. */
function isDeclared(name: string, { sources, manifests = [], failures, failingCommand }: Evidence): boolean {
  const plain = name.toLowerCase().replaceAll('_', '-');
  const isNamed = (text: string) =>
    new RegExp(`(?<![\\w@/-])${plain.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\w-])`).test(
      text.toLowerCase().replaceAll('_', '-'),
    );
  const tools = [failingCommand ?? '', ...failures.map(({ tool }) => tool ?? '')].join(' ');
  const declared = [...manifests, ...sources.filter(({ path }) => isManifest(path))].map(({ text }) => text);
  return [tools, ...declared].some(isNamed);
}

/** A module of the repository itself: a file or a folder of its tree is called so. */
function isLocal(name: string, grammar: GrammarName, files: readonly PatchedFile[], { paths }: Evidence): boolean {
  const all = [...paths, ...files.map(({ path }) => path)];
  const parts = name.split(grammar === 'php' ? '\\' : /[./]/).filter(Boolean);
  const last = (parts.at(-1) ?? '').toLowerCase();
  const first = (parts[0] ?? '').toLowerCase();
  return all.some((path) => {
    const steps = path.toLowerCase().split('/');
    const stem = (steps.at(-1) ?? '').replace(/\.\w+$/, '');
    const folders = steps.slice(0, -1);
    if (grammar === 'python' || grammar === 'ruby' || grammar === 'rust')
      return stem.replaceAll('-', '_') === first || folders.some((folder) => folder.replaceAll('-', '_') === first);
    if (grammar === 'c-sharp' || grammar === 'php')
      return stem === first || folders.some((folder) => folder === first || folder.startsWith(`${first}.`));
    if (grammar === 'java') return `.${folders.join('.')}.`.includes(`.${parts.join('.').toLowerCase()}.`);
    return grammar === 'javascript'
      ? folders[0] === first && !first.startsWith('@')
      : last !== '' && folders.includes(last);
  });
}
