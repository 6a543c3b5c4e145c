#!/usr/bin/env node
// The command line `self-heal`: finds the command and runs it.
import { existsSync } from 'node:fs';
import type { Command } from './cli/command.ts';
import { diagnose } from './cli/diagnose.ts';
import { doctor } from './cli/doctor.ts';
import { serveCommand } from './cli/serve.ts';
import { coded } from './errors.ts';

const commands: readonly Command[] = [serveCommand, doctor, diagnose];

function usage(): string {
  const width = Math.max(...commands.map((command) => command.name.length));
  const lines = commands.map((command) => `  ${command.name.padEnd(width)}  ${command.summary}`);
  return `Usage: self-heal COMMAND [options]\n\n${lines.join('\n')}\n\nself-heal COMMAND --help tells more.`;
}

async function main(args: string[]): Promise<number> {
  const [name, ...rest] = args;
  if (!name || name === '--help' || name === '-h' || name === 'help') {
    console.log(usage());
    return name ? 0 : 2;
  }
  const command = commands.find((one) => one.name === name);
  if (!command) {
    console.error(`self-heal: there is no command ${JSON.stringify(name)}.\n\n${usage()}`);
    return 2;
  }
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

let exitCode = 1;
try {
  exitCode = await main(process.argv.slice(2));
} catch (thrown) {
  const error = coded(thrown);
  console.error(`self-heal: ${error.code}: ${error.message}`);
  if (error.code === 'input-invalid') exitCode = 2;
  if (error.code === 'defect' && error.cause instanceof Error) console.error(error.cause.stack);
}
// A step that was left behind may wait for GitHub or the model for minutes yet: it must not keep the process.
process.exit(exitCode);
