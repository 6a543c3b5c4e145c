// The arguments of `npm run simulator` → what to start, or a sentence that says what is wrong with them.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { HostedRepository, SimulatorOptions } from './simulator.ts';

export const usage = `Usage: npm run simulator -- --repo DIR=owner/name [--repo …] [options]

A GitHub and a Gemini on this machine, for a GitHub App to work against.

Repositories
  --repo DIR=owner/name          hosts a git repository (its commits are copied) or a plain folder; repeat for more
  --private owner/name           only those with access see it
  --secret owner/name:KEY=VALUE  a secret of the repository's workflows
  --variable owner/name:KEY=VALUE
  --action owner/name[/path]=DIR a folder that stands for an action in workflows, at any version (its action.yml lies
                                 there; self-heal-app/self-heal/action is ./action, when there is one)

The App
  --app-url URL                  where the App listens for webhooks, such as http://localhost:3000/api/github/webhooks
  --app-manifest FILE            the App's permissions and events (default: app.yml here, when there is one)
  --env-file FILE                receives what the App needs to start: APP_ID, PRIVATE_KEY, addresses …

Gemini
  --gemini-replies DIR           scripted replies (simulator/gemini/REPLIES.md)
  --gemini-upstream URL          passes on what no reply answers, and records it
  --gemini-record DIR            where recordings go (default: in the data folder)

Addresses and data
  --port PORT                    of GitHub (default 4010; 0: any free one)
  --gemini-port PORT             of Gemini (default 4020; 0: any free one)
  --data DIR                     keeps repositories, logs and artifacts there (default: a temporary folder)
  --help
`;

export class UsageError extends Error {}

export interface CommandLine {
  help: boolean;
  envFile: string | null;
  options: SimulatorOptions;
}

const text = { type: 'string' } as const;
const texts = { type: 'string', multiple: true } as const;

const shape = {
  repo: texts,
  private: texts,
  secret: texts,
  variable: texts,
  action: texts,
  'app-url': text,
  'app-manifest': text,
  'env-file': text,
  'gemini-replies': text,
  'gemini-upstream': text,
  'gemini-record': text,
  port: text,
  'gemini-port': text,
  data: text,
  help: { type: 'boolean' },
} as const;

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: shape, strict: true }).values;
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : String(error)}\nTry --help.`);
  }
}

function parsePort(name: string, value: string | undefined, standard: number): number {
  const port = Number(value ?? standard);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new UsageError(`--${name} ${value}: write a port number from 0 to 65535.`);
}

function checkUrl(name: string, value: string | undefined): string | undefined {
  if (value === undefined || (URL.canParse(value) && /^https?:$/.test(new URL(value).protocol))) return value;
  throw new UsageError(`--${name} ${value}: write an address that starts with http:// or https://.`);
}

/** `DIR=owner/name`; the folder's own name may hold `=`. */
function parseRepository(
  value: string,
): HostedRepository & { secrets: Record<string, string>; variables: Record<string, string> } {
  const [, directory, fullName] = /^(.+)=([^/=\s]+\/[^/=\s]+)$/.exec(value) ?? [];
  if (!directory || !fullName) throw new UsageError(`--repo ${value}: write DIR=owner/name.`);
  return { directory, fullName, secrets: {}, variables: {} };
}

function parseSetting(option: string, value: string): { fullName: string; key: string; value: string } {
  const [, fullName, key, content] = /^([^/:]+\/[^/:]+):([A-Za-z_]\w*)=([\s\S]*)$/.exec(value) ?? [];
  // The value may be a secret: it is not repeated.
  if (!fullName || !key) throw new UsageError(`--${option}: write owner/name:KEY=VALUE.`);
  return { fullName, key: key.toUpperCase(), value: content ?? '' };
}

function parseAction(value: string): [string, string] {
  const [, name, directory] = /^([^=\s]+\/[^=\s]+)=(.+)$/.exec(value) ?? [];
  if (!name || !directory) throw new UsageError(`--action ${value}: write owner/name=DIR or owner/name/path=DIR.`);
  return [name, directory];
}

function parseRepositories(values: ReturnType<typeof parse>): HostedRepository[] {
  const repositories = (values.repo ?? []).map(parseRepository);
  if (repositories.length === 0)
    throw new UsageError('No repository to host: give --repo DIR=owner/name.\nTry --help.');
  const named = (option: string, fullName: string) => {
    const repository = repositories.find((one) => one.fullName === fullName);
    if (!repository) throw new UsageError(`--${option} names ${fullName}, which no --repo hosts.`);
    return repository;
  };
  for (const fullName of values.private ?? []) named('private', fullName).private = true;
  for (const option of ['secret', 'variable'] as const) {
    for (const setting of (values[option] ?? []).map((value) => parseSetting(option, value))) {
      const target = named(option, setting.fullName);
      (option === 'secret' ? target.secrets : target.variables)[setting.key] = setting.value;
    }
  }
  return repositories;
}

/** In this project's checkout its own Action needs no option: the one that lies there is the one to try. */
const ownAction: Record<string, string> = { 'self-heal-app/self-heal/action': 'action' };

function localActions(given: readonly string[]): Record<string, string> {
  const own = Object.entries(ownAction).filter(([, directory]) => existsSync(join(directory, 'action.yml')));
  return Object.fromEntries([...own, ...given.map(parseAction)]);
}

export function readCommandLine(args: readonly string[]): CommandLine {
  const values = parse(args);
  if (values.help) return { help: true, envFile: null, options: { repositories: [] } };
  const appUrl = checkUrl('app-url', values['app-url']);
  const geminiUpstream = checkUrl('gemini-upstream', values['gemini-upstream']);
  const manifest = values['app-manifest'] ?? (existsSync('app.yml') ? 'app.yml' : undefined);
  const given = {
    appUrl,
    geminiUpstream,
    appManifest: manifest,
    geminiReplies: values['gemini-replies'],
    geminiRecordTo: values['gemini-record'],
    dataDirectory: values.data,
  };
  const set = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const options: SimulatorOptions = {
    ...set,
    port: parsePort('port', values.port, 4010),
    geminiPort: parsePort('gemini-port', values['gemini-port'], 4020),
    repositories: parseRepositories(values),
    localActions: localActions(values.action ?? []),
  };
  return { help: false, envFile: values['env-file'] ?? null, options };
}
