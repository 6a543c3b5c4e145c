// A comment → the command that its first line is, if it is one.

/** Whether a command may be followed by one word. */
const commands = { release: 'alone', 'dry-run': 'with an argument' } as const;
type Name = keyof typeof commands;

export interface HealCommand {
  name: Name;
  argument?: string;
}

const longestLine = 300;

/** Only a line of its own: who quotes a command, or speaks of it, gives none. */
export function healCommand(comment: string): HealCommand | undefined {
  const [line = ''] = comment.trimStart().split('\n', 1);
  if (line.length > longestLine) return undefined;
  const [slash = '', word = '', argument, ...more] = line.trim().split(/\s+/);
  const name = word.toLowerCase();
  if (slash.toLowerCase() !== '/heal' || !isName(name) || more.length > 0) return undefined;
  if (argument === undefined) return { name };
  return commands[name] === 'alone' ? undefined : { name, argument };
}

const isName = (word: string): word is Name => Object.hasOwn(commands, word);
