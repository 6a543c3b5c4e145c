// A branch and an issue → how both stand at this moment, in one request.
import { z } from 'zod';
import { SelfHealError } from '../../errors.ts';
import type { Standing } from '../../ports.ts';
import { at, type Connection } from './connection.ts';
import { githubError } from './errors.ts';
import { Sha } from './schemas.ts';

const Answer = z.looseObject({
  repository: z.looseObject({
    ref: z.looseObject({ target: z.looseObject({ oid: Sha }).nullish() }).nullish(),
    issue: z
      .looseObject({
        state: z.enum(['OPEN', 'CLOSED']),
        labels: z.looseObject({ nodes: z.array(z.looseObject({ name: z.string() }).nullable()).nullish() }).nullish(),
      })
      .nullish(),
  }),
});

/** GitHub allows a hundred labels on an issue. */
const issuePart = 'issue(number: $issue) { state labels(first: 100) { nodes { name } } }';

/** An issue that was deleted or moved away is an error to GraphQL: then the branch is asked for by itself. */
export async function standing(connection: Connection, branch: string, issueNumber?: number): Promise<Standing> {
  try {
    return await asked(connection, branch, issueNumber);
  } catch (thrown) {
    const error = githubError(thrown);
    if (issueNumber === undefined || error.code !== 'github-not-found') throw error;
    return asked(connection, branch, undefined);
  }
}

async function asked(connection: Connection, branch: string, issueNumber: number | undefined): Promise<Standing> {
  const asksIssue = issueNumber !== undefined;
  const query = `query($owner: String!, $repo: String!, $ref: String!${asksIssue ? ', $issue: Int!' : ''}) {
  repository(owner: $owner, name: $repo) {
    ref(qualifiedName: $ref) { target { oid } }
    ${asksIssue ? issuePart : ''}
  }
}`;
  const data = await connection.octokit.graphql<unknown>(query, {
    ...{ ...at(connection), ref: `refs/heads/${branch}` },
    ...(asksIssue ? { issue: issueNumber } : {}),
  });
  const parsed = Answer.safeParse(data);
  if (!parsed.success) {
    const why = z.prettifyError(parsed.error);
    throw new SelfHealError('github-answer-unreadable', `The answer of POST /graphql is not as asked for:\n${why}`);
  }
  const { ref, issue } = parsed.data.repository;
  return {
    ...(ref?.target ? { head: ref.target.oid } : {}),
    ...(issue ? { issue: { state: stateOf(issue.state), labels: labelsOf(issue.labels?.nodes ?? []) } } : {}),
  };
}

const stateOf = (state: 'OPEN' | 'CLOSED'): 'open' | 'closed' => (state === 'OPEN' ? 'open' : 'closed');

const labelsOf = (nodes: readonly ({ name: string } | null)[]): string[] =>
  nodes.flatMap((node) => (node ? [node.name] : []));
