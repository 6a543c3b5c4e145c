// What people see of one repository: issues, labels, comments, check runs, and who may do what.
import type { GitHub } from '../../ports.ts';
import { answer, answerUnless, isGone } from './answer.ts';
import { checkRun } from './check-run.ts';
import { commentOnCommit, commentOnIssue } from './comments.ts';
import { at, type Connection } from './connection.ts';
import { Ignored, Issue, Permission } from './schemas.ts';

type Issues = Pick<GitHub, 'issue' | 'permission' | 'addLabels' | 'comment' | 'commitComment' | 'checkRun'>;

export function issues(connection: Connection): Issues {
  return {
    issue: (number) => issue(connection, number),
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

async function permission(connection: Connection, login: string): Promise<'admin' | 'write' | 'read' | 'none'> {
  const request = connection.octokit.request('GET /repos/{owner}/{repo}/collaborators/{username}/permission', {
    ...at(connection),
    username: login,
  });
  return (await answerUnless(isGone, Permission, request)) ?? 'none';
}

/** GitHub makes a label that the repository does not have yet. */
async function addLabels(connection: Connection, issueNumber: number, labels: string[]): Promise<void> {
  const request = connection.octokit.request('POST /repos/{owner}/{repo}/issues/{issue_number}/labels', {
    ...at(connection),
    issue_number: issueNumber,
    labels,
  });
  await answer(Ignored, request);
}
