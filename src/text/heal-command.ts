// A comment → the command that its first line is, if it is one.

const commands = ['release'] as const;
export type HealCommand = (typeof commands)[number];

const longestLine = 200;

/** Only a line of its own: who quotes a command, or speaks of it, gives none. */
export function healCommand(comment: string): HealCommand | undefined {
  const [line = ''] = comment.trimStart().split('\n', 1);
  if (line.length > longestLine) return undefined;
  const [slash, word, ...more] = line.trim().toLowerCase().split(/\s+/);
  return slash === '/heal' && more.length === 0 ? commands.find((one) => one === word) : undefined;
}
