// The command `edits`: a model's reply and a working tree → each edit applied or refused as the App would, and the diff.
import { isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { parseArgs } from 'node:util';
import { SelfHealError } from '../errors.ts';
import type { Command } from './command.ts';
import { editsOfReply } from './edits-of-reply.ts';
import { asJson } from './edits-report.ts';
import { asText } from './edits-text.ts';
import { writeFiles } from './edits-writing.ts';
import { unreadable } from './given-file.ts';

const help = `Usage: self-heal edits --repo DIR --reply FILE [--write] [--json]

What the App would make of a model's reply: its SEARCH/REPLACE blocks, or the unified diff in their place, over the files
of a working tree. Each edit is applied, and how its lines were found is said, or refused, with what the model would be
told. Then comes the diff. Asks no model; changes nothing without --write.

  --repo DIR    the working tree; every regular text file in it counts as shown to the model
  --reply FILE  the model's reply; - reads standard input
  --write       change the files, if every edit fits: all of them or none
  --json        the fields of docs/edits.md

Exit code 0 when every edit fits; 1 when one was refused or malformed, or the reply has none; 2 for arguments or
files that cannot be used.`;

export const edits: Command = {
  name: 'edits',
  summary: "Runs a model's reply over a working tree, as the App would: what fits, what is refused and why, the diff.",
  help,
  flags: 'its own',
  run: async (args, env) => {
    const { repo, reply, write, json } = parsed(args);
    const { root, report, files } = await editsOfReply(await replyText(reply), repo);
    const written = write && report.whole;
    if (written) await writeFiles(root, files);
    const colour = process.stdout.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb';
    const told = { ...report, written };
    console.log(json ? asJson(told) : asText(told, { write, colour }));
    return report.whole ? 0 : 1;
  },
};

const options = {
  repo: { type: 'string' },
  reply: { type: 'string' },
  write: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
} as const;

function parsed(args: string[]): { repo: string; reply: string; write: boolean; json: boolean } {
  const { repo, reply, ...flags } = given(args);
  if (repo === undefined) throw misused('--repo is missing: the working tree that the edits are for.');
  if (reply === undefined)
    throw misused("--reply is missing: the file with the model's reply, or - for standard input.");
  return { repo, reply, ...flags };
}

function given(args: string[]) {
  try {
    return parseArgs({ args, options }).values;
  } catch (error) {
    throw misused(error instanceof Error ? error.message : String(error));
  }
}

const misused = (what: string): SelfHealError =>
  new SelfHealError('input-invalid', `${what}\nself-heal edits --help tells what it takes.`);

/** No model writes as much. */
const mostReplyBytes = 4_000_000;

/** As a stream, since a pipe gives what it has in parts. */
async function replyText(path: string): Promise<string> {
  const name = path === '-' ? 'standard input' : path;
  const parts: Buffer[] = [];
  let bytes = 0;
  try {
    const stream: AsyncIterable<Buffer> = path === '-' ? process.stdin : createReadStream(path);
    for await (const part of stream) {
      parts.push(part);
      bytes += part.length;
      if (bytes > mostReplyBytes) throw new Error(`a reply has at most ${mostReplyBytes / 1e6} MB`);
    }
    const reply = Buffer.concat(parts);
    if (!isUtf8(reply)) throw new Error('it is not encoded in UTF-8');
    return reply.toString('utf8');
  } catch (error) {
    throw unreadable(name, error);
  }
}
