// `npm run demo`: a GitHub and a Gemini on this machine, the App as its user starts it, and three stories from failure to end.
import { parseArgs } from 'node:util';
import { type Ports, PortTaken } from './ports.ts';
import { personLine, stepLine, summary } from './progress.ts';
import { stories } from './stories.ts';
import { type Telling, tell } from './telling.ts';
import { fullNameOf, openWorld, type World } from './world.ts';

const usage = `Usage: npm run demo [-- --serve] [options]

Three repositories on a simulated GitHub get into trouble, and Self-Heal gets them out. Ends with 0 when all three
stories ended as they should.

--serve              keeps everything up afterwards, on fixed ports, to click through and merge
--port PORT          of the App (with --serve 3000)
--github-port PORT   of the simulated GitHub (with --serve 4010)
--gemini-port PORT   of the simulated Gemini (with --serve 4020)
--replies DIR        the model's replies (simulator/gemini/REPLIES.md), instead of the recorded ones
--help

With GEMINI_API_KEY in the environment the real Gemini is asked.
`;

/** Recorded replies come at once; the real model takes its time. */
const deadlineMs = { recorded: 50_000, real: 300_000 };
const interrupted = 130;

class UsageError extends Error {}

interface CommandLine {
  help: boolean;
  serve: boolean;
  ports: Ports;
  replies: string | undefined;
}

const text = { type: 'string' } as const;
const flag = { type: 'boolean', default: false } as const;
const shape = {
  ...{ serve: flag, help: flag, replies: text },
  ...{ port: text, 'github-port': text, 'gemini-port': text },
};

function readCommandLine(args: string[]): CommandLine {
  const values = parsed(args);
  const { serve, help, replies } = values;
  const port = (name: 'port' | 'github-port' | 'gemini-port', served: number): number => {
    const number = Number(values[name] ?? (serve ? served : 0));
    if (Number.isInteger(number) && number >= 0 && number <= 65_535) return number;
    throw new UsageError(`--${name} ${values[name]}: write a port number from 0 to 65535.`);
  };
  const ports = { app: port('port', 3000), github: port('github-port', 4010), gemini: port('gemini-port', 4020) };
  return { help, serve, ports, replies };
}

function parsed(args: string[]) {
  try {
    return parseArgs({ args, options: shape, strict: true }).values;
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : String(error)}\nTry --help.`);
  }
}

/** Aborted by the first Ctrl-C; the second does not wait for the clean end. */
function interruption(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (controller.signal.aborted) process.exit(interrupted);
      console.log('\nStopping …');
      controller.abort(new Error(`stopped by ${signal}`));
    });
  }
  return controller.signal;
}

async function main(): Promise<number> {
  const { help, serve, ports, replies } = readCommandLine(process.argv.slice(2));
  if (help) {
    console.log(usage);
    return 0;
  }
  const signal = interruption();
  const tellings = new Map<string, Telling>();
  const lastSaid = new Map<string, string>();
  let startedAtMs = Date.now();
  console.log('Starting a GitHub, a Gemini and the App on this machine …');
  const geminiKey = process.env.GEMINI_API_KEY;
  const world = await openWorld({
    ...{ stories, ports, replies, geminiKey, signal },
    onStep: (line) => {
      // A step that waits looks again and again, and says the same each time.
      const said = `${line.step} ${line.msg}`;
      if (lastSaid.get(line.repository) !== said) console.log(stepLine(line, startedAtMs));
      lastSaid.set(line.repository, said);
      tellings.get(line.repository)?.heard(line);
    },
  });
  try {
    const isReal = geminiKey !== undefined && geminiKey !== '' && replies === undefined;
    console.log(introduction(world, isReal, replies));
    startedAtMs = Date.now();
    const ok = await told(world, tellings, isReal ? deadlineMs.real : deadlineMs.recorded, signal);
    if (signal.aborted) return interrupted;
    if (!serve) console.log('\nAll of it is gone now. To look at it and merge: npm run demo -- --serve');
    else if (!(await served(world, signal))) return 1;
    return ok ? 0 : 1;
  } finally {
    await world.close();
  }
}

function introduction({ simulator, app, engine }: World, isReal: boolean, replies: string | undefined): string {
  const recorded = 'recorded replies (set GEMINI_API_KEY to ask the real Gemini)';
  const model = isReal ? 'Gemini (GEMINI_API_KEY is set)' : replies ? `replies of ${replies}` : recorded;
  const sandbox =
    engine === 'none'
      ? 'none works here (docker, podman, bubblewrap): the demo runs its own sample code unsandboxed'
      : engine;
  return `\nGitHub   ${simulator.url}\nApp      ${app.url}\nModel    ${model}\nSandbox  ${sandbox}\n`;
}

/** Tells all stories at once; true when each ended as it should. */
async function told(
  { simulator, person, app }: World,
  tellings: Map<string, Telling>,
  withinMs: number,
  signal: AbortSignal,
): Promise<boolean> {
  for (const story of stories) {
    console.log(personLine(fullNameOf(story), person.login, story.told));
    tellings.set(fullNameOf(story), tell(story, fullNameOf(story), simulator, person));
  }
  const giveUp = (why: string) => {
    for (const telling of tellings.values()) telling.giveUp(why);
  };
  const deadline = setTimeout(() => giveUp(`not finished within ${withinMs / 1_000} s`), withinMs);
  signal.addEventListener('abort', () => giveUp('interrupted'), { once: true });
  app.exited.then((code) => giveUp(`the App ended with code ${code}`));
  const results = await Promise.all([...tellings.values()].map((telling) => telling.result));
  clearTimeout(deadline);
  if (signal.aborted) return false;
  console.log(`\n${summary(results)}`);
  const ok = results.every((result) => result.asExpected);
  if (!ok) console.error(`\nNot every story ended as it should. What the App complained about:\n${app.complaints()}`);
  return ok;
}

/** Until Ctrl-C; false when the App ended before. */
async function served({ simulator, app }: World, signal: AbortSignal): Promise<boolean> {
  console.log(
    `\nUp until Ctrl-C. Open ${simulator.url} and merge a pull request:` +
      '\nits incident goes on here, and closes as healed a minute later.\n',
  );
  const stopped = new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  const ended = await Promise.race([stopped, app.exited.then((code) => `The App ended with code ${code}.`)]);
  if (ended) console.error(`${ended}\n${app.complaints()}`);
  return !ended;
}

try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof Error)) throw error;
  const stopped = /^stopped by SIG/.test(error.message);
  if (!stopped) console.error(error instanceof UsageError || error instanceof PortTaken ? error.message : error.stack);
  process.exitCode = stopped ? interrupted : error instanceof UsageError ? 2 : 1;
}
