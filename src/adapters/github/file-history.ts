// A path and a commit → the versions the file had on the way there, first parents only, in two or three requests.
import { z } from 'zod';
import { SelfHealError } from '../../errors.ts';
import type { FileVersion } from '../../ports.ts';
import { at, type Connection } from './connection.ts';
import { githubError } from './errors.ts';
import { Blob, textOfBlob } from './graphql-files.ts';
import { Sha } from './schemas.ts';

const commitsPerPage = 100;
const maxPages = 2;

const Entry = z.looseObject({ oid: Sha, type: z.string() }).nullish();
const Node = z.looseObject({
  oid: Sha,
  parents: z.looseObject({ nodes: z.array(z.looseObject({ oid: Sha }).nullable()).nullish() }),
  file: Entry,
});
const History = z.looseObject({
  repository: z.looseObject({
    object: z
      .looseObject({
        history: z.looseObject({
          nodes: z.array(Node.nullable()).nullish(),
          pageInfo: z.looseObject({ hasNextPage: z.boolean(), endCursor: z.string().nullish() }),
        }),
      })
      .nullish(),
  }),
});
const Blobs = z.looseObject({ repository: z.record(z.string(), Blob.nullable()) });

interface Step {
  sha: string;
  /** Undefined where there is no file. */
  blob: string | undefined;
}

/**
 * GitHub's own history of a path lists the commits of merged branches one by one: a version that nobody but its author ever
 * had in force would look like one of the branch. So the branch's own line is followed, merge by merge.
 */
export async function versions(
  connection: Connection,
  path: string,
  from: string,
  most: number,
): Promise<FileVersion[]> {
  const kept: Step[] = [];
  for (const step of await line(connection, path, from)) {
    const last = kept.at(-1);
    if (last && last.blob === step.blob) last.sha = step.sha;
    else if (kept.length === most) break;
    else kept.push({ ...step });
  }
  const texts = await textsOf(connection, [...new Set(kept.flatMap(({ blob }) => blob ?? []))]);
  return kept.map(({ sha, blob }) => {
    const text = blob === undefined ? undefined : texts.get(blob);
    return { sha, isThere: blob !== undefined, ...(text === undefined ? {} : { text }) };
  });
}

async function line(connection: Connection, path: string, from: string): Promise<Step[]> {
  const nodes = new Map<string, { blob: string | undefined; parent: string | undefined }>();
  let next: string | undefined;
  let cursor: string | null = null;
  for (let page = 0; page < maxPages; page += 1) {
    const found = await pageOf(connection, path, from, cursor);
    for (const node of found.nodes) {
      next ??= node.oid;
      nodes.set(node.oid, { blob: node.file?.oid, parent: node.parents.nodes?.[0]?.oid });
    }
    cursor = found.next;
    if (cursor === null) break;
  }
  const steps: Step[] = [];
  for (let sha = next; sha !== undefined; ) {
    const node = nodes.get(sha);
    if (!node) break;
    steps.push({ sha, blob: node.blob });
    sha = node.parent;
  }
  return steps;
}

async function pageOf(
  connection: Connection,
  path: string,
  from: string,
  cursor: string | null,
): Promise<{ nodes: z.infer<typeof Node>[]; next: string | null }> {
  const { repository } = await ask(connection, History, historyQuery, { path, from, cursor });
  const { nodes, pageInfo } = repository.object?.history ?? {};
  const next = pageInfo?.hasNextPage ? (pageInfo.endCursor ?? null) : null;
  return { nodes: (nodes ?? []).filter((node) => node !== null), next };
}

const historyQuery = `query($owner: String!, $repo: String!, $from: String!, $path: String!, $cursor: String) {
  repository(owner: $owner, name: $repo) {
    object(expression: $from) {
      ... on Commit {
        history(first: ${commitsPerPage}, after: $cursor) {
          nodes { oid parents(first: 1) { nodes { oid } } file(path: $path) { oid type } }
          pageInfo { hasNextPage endCursor }
        }
      }
    }
  }
}`;

async function textsOf(connection: Connection, oids: readonly string[]): Promise<Map<string, string>> {
  if (oids.length === 0) return new Map();
  const declared = oids.map((_, index) => `$blob${index}: GitObjectID!`).join(', ');
  const asked = oids.map(
    (_, index) => `blob${index}: object(oid: $blob${index}) { ... on Blob { text isBinary isTruncated byteSize } }`,
  );
  const query = `query($owner: String!, $repo: String!, ${declared}) {
  repository(owner: $owner, name: $repo) {
    ${asked.join('\n    ')}
  }
}`;
  const variables = Object.fromEntries(oids.map((oid, index) => [`blob${index}`, oid]));
  const { repository } = await ask(connection, Blobs, query, variables);
  const found = oids.map((oid, index) => [oid, textOfBlob(repository[`blob${index}`])] as const);
  return new Map(found.flatMap(([oid, text]) => (text === undefined ? [] : [[oid, text] as const])));
}

async function ask<S extends z.ZodType>(
  connection: Connection,
  schema: S,
  query: string,
  variables: Record<string, unknown>,
): Promise<z.output<S>> {
  let data: unknown;
  try {
    data = await connection.octokit.graphql<unknown>(query, { ...at(connection), ...variables });
  } catch (error) {
    throw githubError(error);
  }
  const parsed = schema.safeParse(data);
  if (parsed.success) return parsed.data;
  const why = z.prettifyError(parsed.error);
  throw new SelfHealError('github-answer-unreadable', `The answer of POST /graphql is not as asked for:\n${why}`);
}
