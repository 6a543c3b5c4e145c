// What people see of one repository: issues, labels, comments, check runs, and who may do what.
import { z } from 'zod';
import type { Label } from '../../config/labels.ts';
import type { CommentSummary, GitHub } from '../../ports.ts';
import { answer, answerUnless, everyPage, isGone } from './answer.ts';
import { checkRun } from './check-run.ts';
import { commentOnCommit, commentOnIssue } from './comments.ts';
import { at, type Connection } from './connection.ts';
import { Ignored, Issue, IssueComment, Permission } from './schemas.ts';
import { standing } from './standing.ts';

type Issues = Pick<
  GitHub,
  'issue' | 'standing' | 'comments' | 'permission' | 'addLabels' | 'comment' | 'commitComment' | 'checkRun'
>;

export function issues(connection: Connection): Issues {
  return {
    issue: (number) => issue(connection, number),
    standing: (branch, issueNumber) => standing(connection, branch, issueNumber),
    comments: (issueNumber, since) => comments(connection, issueNumber, since),
    permission: (login) => permission(connection, login),
    addLabels: (issueNumber, labels) => addLabels(connection, issueNumber, labels),
    comment: (issueNumber, marker, body, known) => commentOnIssue(connection, issueNumber, marker, body, known),
    commitComment: (sha, marker, body, known) => commentOnCommit(connection, sha, marker, body, known),
    checkRun: (check) => checkRun(connection, check),
  };
}

async function issue(connection: Connection, number: number) {
  const request = connection.octokit.request('GET /repos/{owner}/{repo}/issues/{issue_number}', {
    ...at(connection),
    issue_number: number,
  });
  const found = await answerUnless(isGone, Issue, request);
  return found && { state: found.state, labels: found.labels };
}

function comments(connection: Connection, issueNumber: number, since: Date): Promise<CommentSummary[]> {
  const here = { ...at(connection), issue_number: issueNumber, since: since.toISOString() };
  return everyPage(
    (position) =>
      answer(
        z.array(IssueComment),
        connection.octokit.request('GET /repos/{owner}/{repo}/issues/{issue_number}/comments', {
          ...here,
          ...position,
        }),
      ),
    { maxPages: 10 },
  );
}

async function permission(connection: Connection, login: string): Promise<'admin' | 'write' | 'read' | 'none'> {
  const request = connection.octokit.request('GET /repos/{owner}/{repo}/collaborators/{username}/permission', {
    ...at(connection),
    username: login,
  });
  return (await answerUnless(isGone, Permission, request)) ?? 'none';
}

/** GitHub makes a label that the repository does not have yet. */
async function addLabels(connection: Connection, issueNumber: number, labels: Label[]): Promise<void> {
  const request = connection.octokit.request('POST /repos/{owner}/{repo}/issues/{issue_number}/labels', {
    ...at(connection),
    issue_number: issueNumber,
    labels,
  });
  await answer(Ignored, request);
}
