// Paths at a commit or tree → their texts, fifty in one GraphQL request, and the commit's own tree with them.
import { z } from 'zod';
import { SelfHealError } from '../../errors.ts';
import { at, type Connection } from './connection.ts';
import { githubError } from './errors.ts';
import { Sha } from './schemas.ts';

const pathsPerRequest = 50;

export const Blob = z.looseObject({
  text: z.string().nullable().optional(),
  isBinary: z.boolean().nullable().optional(),
  isTruncated: z.boolean().optional(),
  byteSize: z.number().optional(),
});
/** Its tree only if it is a commit. */
const Target = z.looseObject({ oid: Sha.optional(), tree: z.looseObject({ oid: Sha }).optional() });
const Answer = z.looseObject({
  repository: z.object({ id: z.string().optional(), at: Target.nullish() }).catchall(Blob.nullable()),
});

export async function filesOf(
  connection: Connection,
  sha: string,
  paths: readonly string[],
  maxBytes: number,
): Promise<{ texts: Map<string, string>; commit?: { sha: string; treeSha: string } }> {
  const wanted = [...new Set(paths)];
  const texts = new Map<string, string>();
  let commit: { sha: string; treeSha: string } | undefined;
  for (let from = 0; from < wanted.length; from += pathsPerRequest) {
    const batch = wanted.slice(from, from + pathsPerRequest);
    const { at: target, ...blobs } = await request(connection, sha, batch);
    if (target?.oid !== undefined && target.tree) commit = { sha: target.oid, treeSha: target.tree.oid };
    for (const [index, path] of batch.entries()) {
      const blob = blobs[alias(index)];
      const text = textOfBlob(blob);
      if (text !== undefined && (blob?.byteSize ?? Number.POSITIVE_INFINITY) <= maxBytes) texts.set(path, text);
    }
  }
  return { texts, ...(commit ? { commit } : {}) };
}

/** Undefined where there is no whole text. */
export function textOfBlob(blob: z.infer<typeof Blob> | null | undefined): string | undefined {
  const isWhole = blob?.isBinary !== true && blob?.isTruncated !== true;
  return isWhole && typeof blob?.text === 'string' ? blob.text : undefined;
}

const alias = (index: number) => `file${index}`;

/** Paths travel as variables: a path is anybody's text. */
async function request(connection: Connection, sha: string, paths: string[]) {
  const declared = paths.map((_, index) => `$${alias(index)}: String!`).join(', ');
  const asked = paths.map(
    (_, index) =>
      `${alias(index)}: object(expression: $${alias(index)}) { ... on Blob { text isBinary isTruncated byteSize } }`,
  );
  const query = `query($owner: String!, $repo: String!, $at: String!, ${declared}) {
  repository(owner: $owner, name: $repo) {
    id
    at: object(expression: $at) { oid ... on Commit { tree { oid } } }
    ${asked.join('\n    ')}
  }
}`;
  const expressions = paths.map((path, index) => [alias(index), `${sha}:${path}`]);
  let data: unknown;
  try {
    data = await connection.octokit.graphql<unknown>(query, {
      ...at(connection),
      at: sha,
      ...Object.fromEntries(expressions),
    });
  } catch (error) {
    throw githubError(error);
  }
  const parsed = Answer.safeParse(data);
  if (parsed.success) {
    const { id, ...blobs } = parsed.data.repository;
    if (id !== undefined) connection.repositoryId.known = id;
    return blobs;
  }
  const why = z.prettifyError(parsed.error);
  throw new SelfHealError('github-answer-unreadable', `The answer of POST /graphql is not as asked for:\n${why}`);
}
