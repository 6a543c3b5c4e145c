// A folder of cases → the cases in it, each checked; or an error that names every file that is not as it should be.
import { isUtf8 } from 'node:buffer';
import { type Dirent, existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { type StopReason, stopReasons } from '../src/incident/outcome.ts';

const isStopReason = (name: unknown): name is StopReason => typeof name === 'string' && name in stopReasons;
const sentence = z.string().trim().min(1).max(300);

const Manifest = z.strictObject({
  title: sentence,
  language: z.string().regex(/^[a-z]+$/),
  kind: z.string().regex(/^[a-z-]+$/),
  /** Programs that have to be on PATH. */
  needs: z.array(z.string().regex(/^[\w.+-]+$/)).default([]),
  /** What CI runs, and the sandbox. */
  command: z.string().min(1),
  /** Message of the breaking commit. */
  breaks: sentence.optional(),
  start: z.enum(['push', 'issue']),
  /** `healed`: a proven pull request whose tree passes the hidden check. */
  expect: z.custom<StopReason>(isStopReason, 'is no stop reason of src/incident/outcome.ts'),
  /** Variables of the CI workflow; they may hold expressions. */
  env: z.record(z.string().regex(/^[A-Z_][A-Z0-9_]*$/), z.string()).default({}),
  /** Fails on the broken tree with the files of `hidden/` in it, and passes on the healed one. */
  hidden: z.string().min(1).optional(),
});

export interface Case extends z.infer<typeof Manifest> {
  /** Its folder's name, and its repository's. */
  name: string;
  directory: string;
  /** The breaking push: path → text. */
  broken: Record<string, string>;
  issue: { title: string; body: string } | undefined;
  /** Files of a known right fix lie in `fix/`. */
  hasFix: boolean;
  /** Names of the recorded replies. */
  replies: string[];
}

export class CaseProblems extends Error {}

const entries = ['case.yml', 'sound', 'break', 'fix', 'hidden', 'replies', 'issue.md', 'README.md'];

/** Those whose name holds `only`, by name. */
export async function readCases(directory: string, only = ''): Promise<Case[]> {
  const folders = await foldersIn(directory);
  const chosen = folders.filter((name) => name.includes(only)).sort();
  if (chosen.length === 0) {
    const what = only === '' ? 'no folder with a case in it' : `no case with "${only}" in its name`;
    throw new CaseProblems(`${directory}: ${what}.`);
  }
  const readings = await Promise.all(chosen.map((name) => readCase(path.join(directory, name), name)));
  const problems = readings.flatMap((reading) => (Array.isArray(reading) ? reading : []));
  if (problems.length > 0) throw new CaseProblems(problems.join('\n'));
  return readings.flatMap((reading) => (Array.isArray(reading) ? [] : [reading]));
}

async function foldersIn(directory: string): Promise<string[]> {
  try {
    const all = await readdir(directory, { withFileTypes: true });
    return all.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.')).map((entry) => entry.name);
  } catch (error) {
    throw new CaseProblems(`${directory}: cannot be read (${error instanceof Error ? error.message : String(error)}).`);
  }
}

/** The case, or what is wrong with it. */
async function readCase(directory: string, name: string): Promise<Case | string[]> {
  const file = path.join(directory, 'case.yml');
  if (!existsSync(file)) return [`${file}: is missing.`];
  let data: unknown;
  try {
    data = parse(await readFile(file, 'utf8'));
  } catch (error) {
    return [`${file}: not valid YAML: ${error instanceof Error ? error.message : String(error)}`];
  }
  const manifest = Manifest.safeParse(data);
  if (!manifest.success)
    return manifest.error.issues.map((issue) => `${file}: ${issue.path.join('.') || 'the file'}: ${issue.message}`);
  const texts = await textsIn(path.join(directory, 'break'));
  const found: Case = {
    ...manifest.data,
    ...{ name, directory, broken: texts.files },
    issue: await readIssue(path.join(directory, 'issue.md')),
    hasFix: existsSync(path.join(directory, 'fix')),
    replies: await namesIn(path.join(directory, 'replies')),
  };
  const problems = [...texts.problems, ...(await faults(found))];
  return problems.length > 0 ? problems : found;
}

async function faults(one: Case): Promise<string[]> {
  const at = (inside: string) => path.join(one.directory, inside);
  const unknown = (await namesIn(one.directory)).filter((entry) => !entries.includes(entry));
  const isPush = one.start === 'push';
  const rules: [boolean, string, string][] = [
    [/^[a-z0-9][a-z0-9-]{1,60}$/.test(one.name), '', 'the name may hold small letters, digits and hyphens only.'],
    [existsSync(at('sound')), 'sound', 'is missing: it holds the repository while it is green.'],
    [!existsSync(at('sound/.github/workflows')), 'sound/.github/workflows', 'is made from `command`: take it out.'],
    [!isPush || Object.keys(one.broken).length > 0, 'break', 'holds no file, but the case starts with a push.'],
    [!isPush || one.breaks !== undefined, 'case.yml', 'breaks: is missing, but the case starts with a push.'],
    [isPush || one.issue !== undefined, 'issue.md', 'is missing or has no body below its title, its first line.'],
    [isPush || !existsSync(at('break')), 'break', 'is not used where a case starts with an issue.'],
    [isPush || !existsSync(at('issue.md')) || one.issue !== undefined, 'issue.md', 'is not used by a push.'],
    [
      existsSync(at('hidden')) === (one.hidden !== undefined),
      'hidden',
      'needs both the folder and the command `hidden:` in case.yml, or neither.',
    ],
    [
      one.expect !== 'healed' || one.hidden !== undefined,
      'case.yml',
      'hidden: is missing: without it nothing tells a right patch from one that only satisfies the visible test.',
    ],
  ];
  return [
    ...unknown.map((entry) => `${at(entry)}: is no part of a case (${entries.join(', ')}).`),
    ...rules.flatMap(([holds, inside, problem]) => (holds ? [] : [`${at(inside)}: ${problem}`])),
  ];
}

async function readIssue(file: string): Promise<Case['issue']> {
  if (!existsSync(file)) return undefined;
  const [title = '', ...body] = (await readFile(file, 'utf8')).split('\n');
  const plain = { title: title.replace(/^#+\s*/, '').trim(), body: body.join('\n').trim() };
  return plain.title === '' || plain.body === '' ? undefined : plain;
}

async function namesIn(directory: string): Promise<string[]> {
  if (!existsSync(directory)) return [];
  return (await readdir(directory)).filter((name) => !name.startsWith('.')).sort();
}

/** A push carries text: other bytes belong into `sound/`. */
async function textsIn(directory: string): Promise<{ files: Record<string, string>; problems: string[] }> {
  const files: Record<string, string> = {};
  const problems: string[] = [];
  if (!existsSync(directory)) return { files, problems };
  const all: Dirent[] = await readdir(directory, { recursive: true, withFileTypes: true });
  for (const entry of all.filter((one) => one.isFile())) {
    const file = path.join(entry.parentPath, entry.name);
    const bytes = await readFile(file);
    if (isUtf8(bytes)) files[path.relative(directory, file).replaceAll(path.sep, '/')] = bytes.toString('utf8');
    else problems.push(`${file}: is not UTF-8, and a breaking push carries text only.`);
  }
  return { files, problems };
}
