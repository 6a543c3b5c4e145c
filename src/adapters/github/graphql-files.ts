// Paths at a commit → their texts, fifty in one GraphQL request.
import { z } from 'zod';
import { SelfHealError } from '../../errors.ts';
import { at, type Connection } from './connection.ts';
import { githubError } from './errors.ts';

const pathsPerRequest = 50;

const Blob = z.looseObject({
  text: z.string().nullable().optional(),
  isBinary: z.boolean().nullable().optional(),
  isTruncated: z.boolean().optional(),
  byteSize: z.number().optional(),
});
const Answer = z.looseObject({ repository: z.record(z.string(), Blob.nullable()) });

export async function files(
  connection: Connection,
  commitSha: string,
  paths: readonly string[],
  maxBytes: number,
): Promise<Map<string, string>> {
  const wanted = [...new Set(paths)];
  const texts = new Map<string, string>();
  for (let from = 0; from < wanted.length; from += pathsPerRequest) {
    const batch = wanted.slice(from, from + pathsPerRequest);
    const blobs = await request(connection, commitSha, batch);
    for (const [index, path] of batch.entries()) {
      const blob = blobs[alias(index)];
      const whole = typeof blob?.text === 'string' && blob.isBinary !== true && blob.isTruncated !== true;
      if (whole && (blob.byteSize ?? Number.POSITIVE_INFINITY) <= maxBytes) texts.set(path, blob.text ?? '');
    }
  }
  return texts;
}

const alias = (index: number) => `file${index}`;

/** Paths travel as variables: a path is anybody's text. */
async function request(connection: Connection, commitSha: string, paths: string[]) {
  const declared = paths.map((_, index) => `$${alias(index)}: String!`).join(', ');
  const asked = paths.map(
    (_, index) =>
      `${alias(index)}: object(expression: $${alias(index)}) { ... on Blob { text isBinary isTruncated byteSize } }`,
  );
  const query = `query($owner: String!, $repo: String!, ${declared}) {
  repository(owner: $owner, name: $repo) {
    ${asked.join('\n    ')}
  }
}`;
  const expressions = paths.map((path, index) => [alias(index), `${commitSha}:${path}`]);
  let data: unknown;
  try {
    data = await connection.octokit.graphql<unknown>(query, { ...at(connection), ...Object.fromEntries(expressions) });
  } catch (error) {
    throw githubError(error);
  }
  const parsed = Answer.safeParse(data);
  if (parsed.success) return parsed.data.repository;
  const why = z.prettifyError(parsed.error);
  throw new SelfHealError('github-answer-unreadable', `The answer of POST /graphql is not as asked for:\n${why}`);
}
