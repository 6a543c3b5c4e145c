// `npm run eval`: cases → how many of them the App heals, how many it rightly leaves alone, and what that costs.
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { CaseProblems, readCases } from './case.ts';
import { evaluated } from './evaluation.ts';
import { exitCodeOf, header, resultLine, totalsOf, totalsText } from './report.ts';
import type { Model } from './world.ts';

const usage = `Usage: npm run eval [-- options]

Each case is a repository, a way to break it, and what must come of it. It goes the App's whole way, on a simulated
GitHub with real runs and a real sandbox. Ends with 0 when nothing was wrong and, with recorded replies, all was as expected.

--cases DIR     folder of cases (eval/README.md); eval/cases without it
--only TEXT     cases with this in their name
--recorded      the cases' recorded replies, although GEMINI_API_KEY is set
--gemini URL    address of the model's API, instead of Google's
--jobs N        cases at a time; 2 without it
--timeout S     seconds for one case; 120 with recorded replies, 900 with a real model
--json FILE     all numbers
--keep          leaves repositories, database and logs of every case, and says where
--help

With GEMINI_API_KEY in the environment, or --gemini, the real model is asked; otherwise the recorded replies answer.
`;

class UsageError extends Error {}

const text = { type: 'string' } as const;
const flag = { type: 'boolean', default: false } as const;
const shape = {
  ...{ cases: text, only: text, gemini: text, jobs: text, timeout: text, json: text },
  ...{ recorded: flag, keep: flag, help: flag },
};
const interrupted = 130;

function parsed(args: string[]) {
  try {
    return parseArgs({ args, options: shape, strict: true }).values;
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : String(error)}\nTry --help.`);
  }
}

function whole(name: string, value: string | undefined, otherwise: number, max: number): number {
  const number = Number(value ?? otherwise);
  if (Number.isInteger(number) && number >= 1 && number <= max) return number;
  throw new UsageError(`--${name} ${value}: write a whole number from 1 to ${max}.`);
}

function modelOf({ recorded, gemini }: { recorded: boolean; gemini?: string }): Model {
  const apiKey = process.env.GEMINI_API_KEY;
  if (recorded && gemini !== undefined) throw new UsageError('--recorded and --gemini exclude each other.');
  if (recorded || (!apiKey && gemini === undefined)) return { kind: 'recorded' };
  if (gemini !== undefined && !URL.canParse(gemini))
    throw new UsageError(`--gemini ${gemini}: write an address, such as http://localhost:4020.`);
  return { kind: 'real', apiKey: apiKey || 'none', baseUrl: gemini ?? process.env.GEMINI_BASE_URL };
}

/** Aborted by the first Ctrl-C; the second does not wait for the clean end. */
function interruption(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (controller.signal.aborted) process.exit(interrupted);
      console.error('\nStopping …');
      controller.abort(new Error(`stopped by ${signal}`));
    });
  }
  return controller.signal;
}

async function main(signal: AbortSignal): Promise<number> {
  const options = parsed(process.argv.slice(2));
  if (options.help) {
    console.log(usage);
    return 0;
  }
  const model = modelOf(options);
  const recorded = model.kind === 'recorded';
  const jobs = whole('jobs', options.jobs, 2, 32);
  const withinMs = whole('timeout', options.timeout, recorded ? 120 : 900, 86_400) * 1_000;
  const directory = path.resolve(options.cases ?? fileURLToPath(new URL('./cases', import.meta.url)));
  const cases = await readCases(directory, options.only);
  const startedAtMs = Date.now();
  const results = await evaluated(cases, {
    ...{ model, jobs, withinMs, keep: options.keep, signal },
    onOpen: ({ folder, engine }) => {
      const answers = recorded ? 'recorded replies' : (model.baseUrl ?? 'Gemini');
      console.log(`${cases.length} cases, ${jobs} at a time; model: ${answers}; sandbox: ${engine}`);
      if (options.keep) console.log(`Kept in ${folder}`);
      console.log(`\n${header}`);
    },
    onResult: (result) => console.log(resultLine(result)),
  });
  const totals = totalsOf(results, Date.now() - startedAtMs);
  console.log(`\n${totalsText(totals, recorded)}`);
  if (options.json !== undefined)
    await writeFile(
      options.json,
      `${JSON.stringify({ model: recorded ? 'recorded' : 'real', totals, results }, null, 2)}\n`,
    );
  return exitCodeOf(totals, recorded);
}

const signal = interruption();
try {
  process.exitCode = await main(signal);
} catch (error) {
  if (!(error instanceof Error)) throw error;
  const plain = error instanceof UsageError || error instanceof CaseProblems;
  if (!signal.aborted) console.error(plain ? error.message : error.stack);
  process.exitCode = signal.aborted ? interrupted : plain ? 2 : 1;
}
