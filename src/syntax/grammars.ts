// A file's path → the grammar that its text is parsed with, by its extension or its whole name.

export const grammarNames = [
  'bash',
  'c-sharp',
  'cpp',
  'css',
  'go',
  'ini',
  'java',
  'javascript',
  'php',
  'powershell',
  'python',
  'ruby',
  'rust',
  'tsx',
  'typescript',
] as const;
export type GrammarName = (typeof grammarNames)[number];

const byExtension: ReadonlyMap<string, GrammarName> = new Map<string, GrammarName>([
  ...extensions('bash', 'sh bash zsh ksh bats'),
  ...extensions('c-sharp', 'cs csx'),
  ...extensions('cpp', 'c cc cpp cxx h hh hpp hxx inl ino cu'),
  ...extensions('css', 'css'),
  ...extensions('go', 'go'),
  ...extensions('ini', 'ini cfg'),
  ...extensions('java', 'java'),
  ...extensions('javascript', 'js cjs mjs jsx'),
  ...extensions('php', 'php phtml'),
  ...extensions('powershell', 'ps1 psm1'),
  ...extensions('python', 'py pyi pyw'),
  ...extensions('ruby', 'rb rake gemspec ru'),
  ...extensions('rust', 'rs'),
  ...extensions('tsx', 'tsx'),
  ...extensions('typescript', 'ts cts mts'),
]);

function extensions(grammar: GrammarName, list: string): [string, GrammarName][] {
  return list.split(' ').map((extension) => [extension, grammar]);
}

const byName: ReadonlyMap<string, GrammarName> = new Map([
  ['Rakefile', 'ruby'],
  ['Gemfile', 'ruby'],
  ['Vagrantfile', 'ruby'],
  ['.bashrc', 'bash'],
  ['.editorconfig', 'ini'],
]);

export function grammarOf(path: string): GrammarName | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const extension = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  return byName.get(name) ?? (name.lastIndexOf('.') > 0 ? byExtension.get(extension) : undefined);
}
