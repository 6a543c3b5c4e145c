// The command `diagnose`: a log, an issue, or a run on GitHub → what the App would see of it; without a model, and writing nothing.
import { parseArgs } from 'node:util';
import { SelfHealError } from '../errors.ts';
import type { Command } from './command.ts';
import { diagnosedLogs } from './diagnosis-of-logs.ts';
import { diagnosedRun } from './diagnosis-of-run.ts';
import { asJson, type DiagnosisReport } from './diagnosis-report.ts';
import { asText } from './diagnosis-text.ts';
import { textOf } from './given-file.ts';

const help = `Usage: self-heal diagnose --log FILE [--repo DIR] [--green-log FILE] [--issue FILE] [--json]
       self-heal diagnose --issue FILE [--repo DIR] [--json]
       self-heal diagnose OWNER/REPO RUN_ID [--json]

What the App would see of a failure: the failures with the lines of the log they were read from, the files under
suspicion with the reasons, and the excerpt that the model would get with its size. Asks no model, writes nothing.

  --log FILE        a job's log as GitHub gives it, also gzipped; or the zip of a whole run's logs
  --green-log FILE  the log of the same job when it passed: what that one has too is taken away
  --repo DIR        the checkout of the failing commit; without it suspects are the paths as they are printed
  --issue FILE      an issue's text (Markdown)
  --json            the fields of docs/diagnose.md

A run on GitHub is read with the token in GITHUB_TOKEN or GH_TOKEN (contents, actions and checks: read; GHE_HOST for a
server of your own). Exit code 0 when it could be read, whether or not it names a failure; 2 for
arguments or files that cannot be used; 1 where GitHub does not answer.`;

export const diagnose: Command = {
  name: 'diagnose',
  summary: 'Shows what the App would see of a log, an issue or a run: failures, suspects, excerpt. Asks no model.',
  help,
  flags: 'its own',
  run: async (args, env) => {
    const { values, positionals } = parsed(args);
    const report = await reportOn(values, positionals, env);
    console.log(values.json ? asJson(report) : asText(report, hintFor(values)));
    return 0;
  },
};

const options = {
  log: { type: 'string' },
  'green-log': { type: 'string' },
  repo: { type: 'string' },
  issue: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const;

function parsed(args: string[]) {
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    throw misused(error instanceof Error ? error.message : String(error));
  }
}

type Values = ReturnType<typeof parsed>['values'];

const misused = (what: string): SelfHealError =>
  new SelfHealError('input-invalid', `${what}\nself-heal diagnose --help tells what it takes.`);

async function reportOn(
  values: Values,
  positionals: readonly string[],
  env: Record<string, string | undefined>,
): Promise<DiagnosisReport> {
  const { log, issue, repo, 'green-log': greenLog } = values;
  if (positionals.length > 0) {
    const [repository = '', run = ''] = positionals;
    const [, owner, name] = /^([\w.-]{1,100})\/([\w.-]{1,100})$/.exec(repository) ?? [];
    if (!owner || !name || !/^[1-9]\d{0,14}$/.test(run) || positionals.length > 2)
      throw misused(`A run is named as OWNER/REPO RUN_ID, not as ${JSON.stringify(positionals.join(' '))}.`);
    if (log || issue || repo || greenLog)
      throw misused('A run on GitHub is read as it is: no --log, --repo or --issue.');
    return diagnosedRun({ owner, name }, Number(run), env);
  }
  if (log === undefined && issue === undefined)
    throw misused('Nothing to diagnose: neither --log nor --issue was given.');
  if (greenLog !== undefined && log === undefined)
    throw misused('--green-log needs the --log that it is compared with.');
  const issueText = issue === undefined ? undefined : await textOf(issue, mostIssueBytes);
  return diagnosedLogs({ log, greenLog, repo, issueText });
}

/** GitHub lets an issue have 65,536 characters. */
const mostIssueBytes = 262_144;

function hintFor({ log, 'green-log': greenLog }: Values): string {
  if (log === undefined) return 'The text holds no stack trace and no output of a tool that is known.';
  if (greenLog !== undefined) return 'Nothing in the log says that the job failed, and nothing in it is new.';
  return 'Nothing in the log says that the job failed. If it did, compare it with a log of the same job that passed: --green-log.';
}
