// `npm run simulator -- …`: starts the simulator, prints its addresses, stops it on Ctrl-C.
import { resolve } from 'node:path';
import { readCommandLine, UsageError, usage } from './command-line.ts';
import { writeEnvFile } from './env-file.ts';
import type { Simulator, SimulatorOptions } from './simulator.ts';
import { startSimulator } from './start.ts';

function describe(simulator: Simulator, options: SimulatorOptions, envFile: string | null): string {
  const hosted = options.repositories.map(({ fullName }) => `  ${simulator.url}/${fullName}`);
  return [
    `GitHub  ${simulator.url}   (REST ${simulator.url}/api/v3, GraphQL ${simulator.url}/api/graphql)`,
    `Gemini  ${simulator.gemini.url}`,
    'Repositories',
    ...hosted,
    `App     ${simulator.github.app.slug}, id ${simulator.github.app.id}`,
    `        permissions and events: ${options.appManifest ?? 'broad, every event'}`,
    `        webhooks go to ${options.appUrl ?? 'nobody (give --app-url)'}`,
    envFile
      ? `        start it with: (set -a; . ${resolve(envFile)}; npm start)`
      : '        its settings: give --env-file FILE',
    `Person  octocat, token for git and the API: ${simulator.github.userToken('octocat')}`,
    'Stop with Ctrl-C.',
  ].join('\n');
}

/** The port that `npm start` must listen on for the webhooks to arrive. */
function appSettings(simulator: Simulator, appUrl: string | undefined): Record<string, string> {
  const port = appUrl === undefined ? '' : new URL(appUrl).port;
  return { ...simulator.env(), ...(port === '' ? {} : { PORT: port }) };
}

/** 1 when scripted replies were left over: the script and what was asked have parted. */
async function stop(simulator: Simulator): Promise<number> {
  const leftovers = simulator.gemini.leftovers();
  await simulator.close();
  if (leftovers.length === 0) return 0;
  console.error(`Nobody asked for these scripted replies:\n${leftovers.map((name) => `  ${name}`).join('\n')}`);
  return 1;
}

async function main(): Promise<void> {
  const { help, envFile, options } = readCommandLine(process.argv.slice(2));
  if (help) {
    console.log(usage);
    return;
  }
  const simulator = await startSimulator(options);
  let stopping = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, async () => {
      // A second Ctrl-C does not wait for the clean stop.
      if (stopping) process.exit(130);
      stopping = true;
      process.exit(await stop(simulator));
    });
  }
  if (envFile) await writeEnvFile(envFile, appSettings(simulator, options.appUrl));
  console.log(describe(simulator, options, envFile));
}

try {
  await main();
} catch (error) {
  if (!(error instanceof Error)) throw error;
  console.error(error instanceof UsageError ? error.message : `The simulator did not start: ${error.message}`);
  process.exit(error instanceof UsageError ? 2 : 1);
}
