// What a repository is like, and the one issue in it that is the App's own: looked up by its marker, opened, edited, closed.
import { z } from 'zod';
import type { OwnIssue, RepositoryFacts, RepositorySetup } from '../../ports/setup.ts';
import type { RunSummary } from '../../ports.ts';
import { RunPage } from './actions-schemas.ts';
import { answer, answerUnless, everyPage, isGone } from './answer.ts';
import { headOf } from './comments.ts';
import { at, type Connection } from './connection.ts';
import { Id, Ignored } from './schemas.ts';

const Facts = z
  .looseObject({
    html_url: z.string(),
    default_branch: z.string(),
    private: z.boolean(),
    fork: z.boolean(),
    archived: z.boolean().optional(),
    disabled: z.boolean().optional(),
    has_issues: z.boolean().optional(),
  })
  .transform(
    (facts): RepositoryFacts => ({
      url: facts.html_url,
      defaultBranch: facts.default_branch,
      private: facts.private,
      fork: facts.fork,
      archived: facts.archived === true || facts.disabled === true,
      hasIssues: facts.has_issues ?? true,
    }),
  );

const Account = z.looseObject({ login: z.string() }).nullish();
const Told = z.looseObject({
  number: Id,
  html_url: z.string(),
  state: z.enum(['open', 'closed']),
  body: z.string().nullish(),
  user: Account,
  /** Lists leave it out. */
  closed_by: Account,
  pull_request: z.unknown().optional(),
});
type Told = z.infer<typeof Told>;

const maxPages = 3;

export function ownIssues(connection: Connection): RepositorySetup {
  return {
    facts: () => facts(connection),
    failedRuns: (branch) => failedRuns(connection, branch),
    ownIssue: (marker, known) => ownIssue(connection, headOf(marker), known),
    openOwnIssue: (marker, issue) => openOwnIssue(connection, headOf(marker), issue),
    editOwnIssue: (number, marker, change) => editOwnIssue(connection, number, headOf(marker), change),
  };
}

/** 451 is a repository that GitHub has taken down. */
async function facts(connection: Connection): Promise<RepositoryFacts | undefined> {
  const request = connection.octokit.request('GET /repos/{owner}/{repo}', at(connection));
  return answerUnless((refusal) => isGone(refusal) || refusal.status === 451, Facts, request);
}

async function failedRuns(connection: Connection, branch: string): Promise<RunSummary[]> {
  const request = connection.octokit.request('GET /repos/{owner}/{repo}/actions/runs', {
    ...at(connection),
    ...{ branch, status: 'failure', per_page: 10 },
  });
  return (await answerUnless(isGone, RunPage, request))?.workflow_runs ?? [];
}

/** Anybody can quote a marker; nobody else can write under the App's login. */
async function ownIssue(connection: Connection, head: string, known?: number): Promise<OwnIssue | undefined> {
  const botLogin = await connection.botLogin();
  const isOurs = (one: Told) => one.user?.login === botLogin && !one.pull_request && (one.body ?? '').startsWith(head);
  const found = known === undefined ? undefined : await byNumber(connection, known);
  if (found && isOurs(found)) return summary(found, head, botLogin);
  const listed = await everyPage(
    (position) =>
      answer(
        z.array(Told),
        connection.octokit.request('GET /repos/{owner}/{repo}/issues', {
          ...{ ...at(connection), ...position },
          ...{ creator: botLogin, state: 'all', sort: 'created', direction: 'desc' },
        }),
      ),
    { maxPages, done: isOurs },
  );
  const ours = listed.find(isOurs);
  if (!ours) return undefined;
  // Who closed it is told only where it is asked for by itself.
  const whole = ours.state === 'closed' ? await byNumber(connection, ours.number) : ours;
  return summary(whole ?? ours, head, botLogin);
}

function byNumber(connection: Connection, number: number): Promise<Told | undefined> {
  const request = connection.octokit.request('GET /repos/{owner}/{repo}/issues/{issue_number}', {
    ...at(connection),
    issue_number: number,
  });
  return answerUnless(isGone, Told, request);
}

function summary(told: Told, head: string, botLogin: string): OwnIssue {
  const body = (told.body ?? '').slice(head.length).replace(/^\r?\n/, '');
  const closedBy = told.closed_by?.login === botLogin ? 'the App' : 'somebody';
  const { number, html_url: url, state } = told;
  return { number, url, state, body, ...(state === 'closed' ? { closedBy } : {}) };
}

/** Not repeated by the client: the next look finds what the lost answer was about. */
async function openOwnIssue(
  connection: Connection,
  head: string,
  { title, body }: Parameters<RepositorySetup['openOwnIssue']>[1],
): Promise<OwnIssue> {
  const request = connection.octokit.request('POST /repos/{owner}/{repo}/issues', {
    ...at(connection),
    title,
    body: `${head}\n${body.text}`,
    request: { retries: 0 },
  });
  return summary(await answer(Told, request), head, '');
}

async function editOwnIssue(
  connection: Connection,
  number: number,
  head: string,
  { body, state }: Parameters<RepositorySetup['editOwnIssue']>[2],
): Promise<void> {
  const request = connection.octokit.request('PATCH /repos/{owner}/{repo}/issues/{issue_number}', {
    ...at(connection),
    issue_number: number,
    ...(body === undefined ? {} : { body: `${head}\n${body.text}` }),
    ...(state === undefined ? {} : { state, state_reason: 'completed' as const }),
  });
  await answer(Ignored, request);
}
