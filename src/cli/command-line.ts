// Arguments → the command they name, run; anything thrown becomes one line on standard error and an exit code.
import { existsSync } from 'node:fs';
import { coded } from '../errors.ts';
import type { Command } from './command.ts';

/** Loaded when it is named: `diagnose` needs no database, `doctor` no parsers. */
const commands: Record<string, () => Promise<Command>> = {
  serve: async () => (await import('./serve.ts')).serveCommand,
  doctor: async () => (await import('./doctor.ts')).doctor,
  diagnose: async () => (await import('./diagnose.ts')).diagnose,
  edits: async () => (await import('./edits.ts')).edits,
  calls: async () => (await import('./calls.ts')).calls,
  policy: async () => (await import('./policy.ts')).policy,
};

async function usage(): Promise<string> {
  const known = await Promise.all(Object.values(commands).map((load) => load()));
  const width = Math.max(...known.map((command) => command.name.length));
  const lines = known.map((command) => `  ${command.name.padEnd(width)}  ${command.summary}`);
  return `Usage: self-heal COMMAND [options]\n\n${lines.join('\n')}\n\nself-heal COMMAND --help tells more.`;
}

async function run(args: string[]): Promise<number> {
  const [name, ...rest] = args;
  if (!name || name === '--help' || name === '-h' || name === 'help') {
    console.log(await usage());
    return name ? 0 : 2;
  }
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!load) {
    console.error(`self-heal: there is no command ${JSON.stringify(name)}.\n\n${await usage()}`);
    return 2;
  }
  const command = await load();
  if (rest.includes('--help') || rest.includes('-h')) {
    console.log(command.help);
    return 0;
  }
  // Where the registration page writes what GitHub gave it; what the environment sets already goes before it.
  if (existsSync('.env')) process.loadEnvFile('.env');
  const { flags } = command;
  const unknown = flags === 'its own' ? undefined : rest.find((arg) => !flags.includes(arg));
  if (unknown !== undefined) {
    console.error(
      `self-heal ${name}: does not take ${JSON.stringify(unknown)}. self-heal ${name} --help tells what it takes.`,
    );
    return 2;
  }
  return command.run(rest, process.env);
}

/** Resolves to the exit code; never rejects. */
export async function commandLine(args: string[]): Promise<number> {
  try {
    return await run(args);
  } catch (thrown) {
    const error = coded(thrown);
    console.error(`self-heal: ${error.code}: ${error.message}`);
    if (error.code === 'defect' && error.cause instanceof Error) console.error(error.cause.stack);
    return error.code === 'input-invalid' ? 2 : 1;
  }
}
