// Step: reads the policy file that a commit or a pull request brings, and answers its mistakes there.
import { policyPath } from '../../config/policy.ts';
import type { PolicyProblem } from '../../config/policy-problems.ts';
import { mostPolicyBytes, readPolicy, unreadablePolicy } from '../../config/read-policy.ts';
import { fullName } from '../../incident/incident.ts';
import type { ProposedPolicy } from '../../incident/proposed-policy.ts';
import type { GitHub, Permissions, WholeFile } from '../../ports.ts';
import { redact } from '../../text/redact.ts';
import { mendedAnswer, policyAnswer, policyMarker, problemLines } from './policy-answer.ts';

/** What its token has to grant. Anybody opens pull requests, so that theirs can write no contents; a comment on a commit is contents. */
export const policyCheckMay = ({ pull }: ProposedPolicy): Permissions =>
  pull ? { contents: 'read', pull_requests: 'write' } : { contents: 'write' };

export interface PolicyCheckDesk {
  github: Pick<GitHub, 'file' | 'compare' | 'comments' | 'comment' | 'commitComment' | 'pull'>;
}

export type PolicyCheck =
  | { kind: 'answered'; url: string; said: string }
  /** There is nothing wrong, or it is not of this commit's making. */
  | { kind: 'nothing-to-say'; why: string };

/** Of a pull request that grows while it is answered. */
const mostRounds = 3;

/** Safe to do twice: there is one comment a commit, and one a pull request. */
export async function checkPolicy(desk: PolicyCheckDesk, proposed: ProposedPolicy, round = 1): Promise<PolicyCheck> {
  const { sha, pull } = proposed;
  const file = await desk.github.file(policyPath, sha);
  const problems = await problemsIn(file);
  if (pull) return answerPull(desk, { ...proposed, pull }, { file, problems }, round);
  if (problems.length === 0) return nothingToSay(file ? 'the policy is valid' : 'there is no policy');
  const url = await desk.github.commitComment(sha, policyMarker, policyAnswer(problems, 'commit'));
  return answered(url, proposed, problems);
}

interface Brought {
  file: WholeFile | undefined;
  problems: readonly PolicyProblem[];
}

type ProposedByPull = ProposedPolicy & { pull: NonNullable<ProposedPolicy['pull']> };

async function answerPull(
  desk: PolicyCheckDesk,
  proposed: ProposedByPull,
  { file, problems }: Brought,
  round: number,
): Promise<PolicyCheck> {
  const { github } = desk;
  const { sha, pull } = proposed;
  if (problems.length > 0) {
    if (!(await isOfItsMaking(github, proposed, file)))
      return nothingToSay('the pull request does not change the policy');
  } else if (!(await waitsToBeMended(github, pull)))
    return nothingToSay(file ? 'the policy is valid' : 'there is no policy');
  const now = await github.pull(pull.number);
  if (now?.state !== 'open' || now.headSha !== sha) return nothingToSay('the pull request has moved on');
  const body = problems.length > 0 ? policyAnswer(problems, 'pull request') : mendedAnswer;
  const url = await github.comment(pull.number, policyMarker, body);
  return (await sinceThen(desk, proposed, round)) ?? answered(url, proposed, problems);
}

/** A branch that is behind may still have mistakes that were mended since: what it changes itself counts. */
async function isOfItsMaking(
  github: PolicyCheckDesk['github'],
  { sha, pull }: ProposedByPull,
  file: WholeFile | undefined,
): Promise<boolean> {
  const changes = await github.compare(pull.baseSha, sha);
  if (changes?.files.some(({ path }) => path === policyPath)) return true;
  if (changes && !changes.truncated) return false;
  const base = await github.file(policyPath, pull.baseSha);
  return base === undefined || base.text !== file?.text;
}

/** Most pull requests have nothing to do with the policy: their comments are read only where there are any. */
async function waitsToBeMended(
  github: PolicyCheckDesk['github'],
  { number, mayBeAnswered }: ProposedByPull['pull'],
): Promise<boolean> {
  if (!mayBeAnswered) return false;
  const comments = await github.comments(number, new Date(0));
  const ours = comments.find(
    ({ authorIsBot, body }) => authorIsBot && body.startsWith(`<!-- self-heal:${policyMarker} -->`),
  );
  return ours !== undefined && !ours.body.includes(mendedAnswer.text);
}

/** What came in just before our comment was told that nobody has said anything yet, and so would leave it as it is. */
async function sinceThen(
  desk: PolicyCheckDesk,
  { pull, ...proposed }: ProposedByPull,
  round: number,
): Promise<PolicyCheck | undefined> {
  if (round >= mostRounds) return undefined;
  const now = await desk.github.pull(pull.number);
  if (now?.state !== 'open' || now.headSha === proposed.sha) return undefined;
  const next = { ...proposed, sha: now.headSha, pull: { ...pull, mayBeAnswered: true } };
  const check = await checkPolicy(desk, next, round + 1);
  return check.kind === 'answered' ? check : undefined;
}

/** What people wrote into the file by mistake is not repeated in a comment. */
async function problemsIn(file: WholeFile | undefined): Promise<PolicyProblem[]> {
  if (!file) return [];
  const reading =
    file.text === undefined
      ? unreadablePolicy(`is no text in UTF-8, or larger than ${mostPolicyBytes} bytes, so it cannot be read`)
      : readPolicy(file.text);
  return Promise.all(
    reading.problems.map(async (problem) => ({
      ...problem,
      key: await redact(problem.key),
      message: await redact(problem.message),
    })),
  );
}

const nothingToSay = (why: string): PolicyCheck => ({ kind: 'nothing-to-say', why });

const answered = (
  url: string,
  { repository, sha }: ProposedPolicy,
  problems: readonly PolicyProblem[],
): PolicyCheck => ({
  kind: 'answered',
  url,
  said: `${policyPath} of ${fullName(repository)} at ${sha.slice(0, 10)}: ${problemLines(problems) || 'mended'}`,
});
