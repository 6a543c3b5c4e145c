// What the command line knows of a command.

export interface Command {
  name: string;
  /** One line for `self-heal --help`. */
  summary: string;
  /** The whole text of `self-heal COMMAND --help`. */
  help: string;
  /** What may follow the name; anything else is refused before the command runs. `its own`: it reads them itself. */
  flags: readonly string[] | 'its own';
  /** Resolves to the exit code. */
  run(args: string[], env: Record<string, string | undefined>): Promise<number>;
}
