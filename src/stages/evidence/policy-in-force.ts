// A repository's policy file as it was found → the policy that is in force there: the last valid one, with what its owner says for all.

import { stringify } from 'yaml';
import { inheritedPolicy } from '../../config/inherited-policy.ts';
import {
  defaultPolicy,
  type GivenPolicy,
  type Mode,
  ownersRepository,
  type Policy,
  policyPath,
  stricterMode,
} from '../../config/policy.ts';
import { problemLine } from '../../config/policy-problems.ts';
import { mostPolicyBytes, readPolicy, unreadablePolicy } from '../../config/read-policy.ts';
import { fullName, type Repository } from '../../incident/incident.ts';
import type { GitHubDesk, OwnersFiles, WholeFile } from '../../ports.ts';
import type { Base } from './base.ts';

export interface PolicyInForce {
  policy: Policy;
  /** What is read again to the same policy. */
  text: string;
  /** What is wrong, and what is in force instead; empty where all is well. */
  said: string;
}

interface Found {
  file: WholeFile | undefined;
  /** The commit or branch that it was found at: its history is read from there. */
  at: string;
}

/** A policy asks nothing more of GitHub where it is valid, or not there, and its owner has none for all. */
export async function policyInForce(
  found: Found,
  repository: Repository,
  { github, owner }: Pick<GitHubDesk, 'github' | 'owner'>,
): Promise<PolicyInForce> {
  const own = await standing(found, policyPath, github);
  const above = owner && (await ownersPolicy(repository, owner));
  if (!above && own.isWhole) return { policy: readPolicy(own.text).policy, text: own.text, said: '' };
  const { given, overruled } = above ? inheritedPolicy(above.given, own.given) : { given: own.given, overruled: [] };
  const ceiling = stricterMode(own.ceiling, above?.ceiling ?? own.ceiling);
  const mode = stricterMode(given.mode ?? defaultPolicy.mode, ceiling);
  const from = [own.from, above?.from].filter((line) => line !== undefined);
  const text = `${from.map((line) => `# ${line}\n`).join('')}${stringify({ ...given, mode })}`;
  const { policy, problems } = readPolicy(text);
  const together = problems.map((problem) => `${policyPath} and ${above?.where} together: ${problemLine(problem)}`);
  const said = [...own.said, ...(above?.said ?? []), ...overruled, ...together];
  return { policy, text, said: said.map(asSentence).join(' ') };
}

/** As it was read along with the sources; asked for by itself where it is there and was too large for that, or nobody knows. */
export async function policyFileAt(
  { sha, entries, truncated }: Pick<Base, 'entries' | 'truncated'> & { sha: string },
  texts: ReadonlyMap<string, string>,
  github: Pick<GitHubDesk['github'], 'file'>,
): Promise<WholeFile | undefined> {
  const text = texts.get(policyPath);
  if (text !== undefined) return { text };
  return truncated || entries.some(({ path }) => path === policyPath) ? github.file(policyPath, sha) : undefined;
}

const asSentence = (words: string): string => (/[.?!]$/.test(words) ? words : `${words}.`);

interface Standing {
  text: string;
  given: GivenPolicy;
  /** The text is the file's own. */
  isWhole: boolean;
  /** While the file has mistakes nobody knows what people wanted: nothing is merged without them, and `off` is `off`. */
  ceiling: Mode;
  from: string | undefined;
  said: readonly string[];
}

const mostVersions = 10;

async function standing({ file, at }: Found, where: string, files: OwnersFiles): Promise<Standing> {
  const whole = { isWhole: true, ceiling: 'auto-merge', from: undefined, said: [] } as const;
  if (!file) return { text: '', given: {}, ...whole };
  const reading = readingOf(file.text);
  if (reading.problems.length === 0)
    return {
      text: file.text ?? '',
      given: reading.given,
      ...whole,
      from: where === policyPath ? undefined : `With ${where}.`,
    };
  const last = await lastValid(at, files);
  const wrong = `${where} has mistakes`;
  const told = reading.problems.map(problemLine).join('; ');
  if (!last)
    return {
      ...{ text: '', given: reading.given, isWhole: false, ceiling: reading.policy.mode },
      from: `${where} has mistakes and no earlier version without: nothing is written.`,
      said: [`${wrong}, so nothing will be written: ${told}`],
    };
  const ceiling = stricterMode('propose', reading.given.mode ?? 'propose');
  const commit = last.sha.slice(0, 10);
  return {
    ...{ text: last.text, given: last.given, isWhole: false, ceiling },
    from: `${where} has mistakes: the version of commit ${commit} is in force.`,
    said: [`${wrong}, so the version of commit ${commit} stays in force: ${told}`],
  };
}

/** No further back than to where there was no file: what held then is not known from one that was taken away. */
async function lastValid(at: string, files: OwnersFiles) {
  for (const { sha, isThere, text } of await files.versions(policyPath, at, mostVersions)) {
    if (!isThere) return undefined;
    const { given, problems } = readingOf(text);
    if (problems.length === 0) return { sha, given, text: text ?? '' };
  }
  return undefined;
}

const readingOf = (text: string | undefined) =>
  text === undefined
    ? unreadablePolicy(`is no text in UTF-8, or larger than ${mostPolicyBytes} bytes, so it cannot be read`)
    : readPolicy(text);

async function ownersPolicy(
  repository: Repository,
  owner: OwnersFiles,
): Promise<(Standing & { where: string }) | undefined> {
  const file = await owner.file(policyPath);
  if (!file) return undefined;
  const where = `${policyPath} of ${fullName({ ...repository, name: ownersRepository })}`;
  return { ...(await standing({ file, at: 'HEAD' }, where, owner)), where };
}
