// Repositories, refs and git objects → the fields that GraphQL queries may ask of them.
import { canSee, grants } from './access.ts';
import { type Commit, listCommits, parseCommit, readCommit } from './git/commits.ts';
import type { GitObject } from './git/object-reader.ts';
import { findRef, type Ref } from './git/refs.ts';
import { findEntry, listTree, type TreeEntry } from './git/trees.ts';
import type { GitHub } from './github.ts';
import { pullObject } from './graphql-pull.ts';
import { type Issue, isPull } from './issue.ts';
import type { Repository } from './repository.ts';
import { nodeId } from './shapes/account.ts';
import { repositoryHtmlUrl } from './shapes/repository.ts';
import type { Caller } from './tokens.ts';

export type Resolver = (args: Record<string, unknown>) => unknown | Promise<unknown>;

export interface ObjectValue {
  typeName: string;
  fields: Record<string, Resolver>;
}

/** Raised while fields are resolved; the field becomes null, the rest goes on. */
export class FieldError extends Error {
  readonly type: string;
  constructor(type: string, message: string) {
    super(message);
    this.type = type;
  }
}

/** GitHub cuts a blob's text off here. */
const largestTextBytes = 512 * 1024;

/** Git's own rule of thumb: a NUL among the first 8,000 bytes. */
const isBinary = (content: Buffer): boolean => content.subarray(0, 8000).includes(0);

function blobObject({ sha, content }: GitObject): Record<string, Resolver> {
  const binary = isBinary(content);
  return {
    byteSize: () => content.length,
    isBinary: () => binary,
    isTruncated: () => content.length > largestTextBytes,
    text: () => (binary ? null : content.subarray(0, largestTextBytes).toString('utf8')),
    oid: () => sha,
  };
}

function commitObject(repository: Repository, commit: Commit): Record<string, Resolver> {
  return {
    message: () => commit.message,
    messageHeadline: () => commit.message.split('\n')[0],
    messageBody: () => commit.message.split('\n').slice(1).join('\n').trim(),
    authoredDate: () => commit.author.date,
    committedDate: () => commit.committer.date,
    tree: () => readObject(repository, commit.tree),
    parents: ({ first }) => ({
      typeName: 'CommitConnection',
      fields: {
        totalCount: () => commit.parents.length,
        nodes: () => Promise.all(commit.parents.slice(0, Number(first)).map((one) => readObject(repository, one))),
      },
    }),
    file: ({ path }) => entryObject(repository, commit.sha, String(path)),
    history: (args) => historyOf(repository, commit.sha, args),
  };
}

const entryObject = async (repository: Repository, sha: string, path: string): Promise<ObjectValue | null> => {
  const entry = await findEntry(repository.gitDirectory, sha, path);
  return entry && treeEntry(repository, entry, path);
};

/** The cursor is the number of commits before. */
async function historyOf(repository: Repository, sha: string, args: Record<string, unknown>): Promise<ObjectValue> {
  const path = typeof args.path === 'string' ? { path: args.path } : {};
  const shas = await listCommits(repository.gitDirectory, sha, null, path);
  const start = Number(args.after ?? 0);
  const end = start + Number(args.first ?? 100);
  return {
    typeName: 'CommitHistoryConnection',
    fields: {
      totalCount: () => shas.length,
      nodes: () => Promise.all(shas.slice(start, end).map((one) => readObject(repository, one))),
      pageInfo: () => ({
        typeName: 'PageInfo',
        fields: { hasNextPage: () => end < shas.length, endCursor: () => String(Math.min(end, shas.length)) },
      }),
    },
  };
}

const treeEntry = (repository: Repository, entry: TreeEntry, path: string): ObjectValue => ({
  typeName: 'TreeEntry',
  fields: {
    name: () => entry.path.split('/').at(-1) ?? '',
    path: () => path,
    type: () => entry.type,
    mode: () => Number.parseInt(entry.mode, 8),
    oid: () => entry.sha,
    size: () => entry.sizeBytes ?? 0,
    object: () => readObject(repository, entry.sha),
  },
});

function treeObject(repository: Repository, sha: string, path: string): Record<string, Resolver> {
  return {
    entries: async () =>
      ((await listTree(repository.gitDirectory, sha)) ?? []).map((entry) =>
        treeEntry(repository, entry, path === '' ? entry.path : `${path}/${entry.path}`),
      ),
  };
}

async function readObject(repository: Repository, expression: string): Promise<ObjectValue | null> {
  const object = await repository.objects.read(expression);
  if (!object) return null;
  const own = {
    oid: () => object.sha,
    abbreviatedOid: () => object.sha.slice(0, 7),
    id: () => nodeId('G', object.sha),
  };
  switch (object.type) {
    case 'blob':
      return { typeName: 'Blob', fields: { ...own, ...blobObject(object) } };
    case 'tree':
      return {
        typeName: 'Tree',
        fields: { ...own, ...treeObject(repository, object.sha, expression.split(':')[1] ?? '') },
      };
    case 'commit':
      return {
        typeName: 'Commit',
        fields: { ...own, ...commitObject(repository, parseCommit(object.sha, object.content)) },
      };
    default:
      return { typeName: 'Tag', fields: own };
  }
}

const refObject = (repository: Repository, ref: Ref): ObjectValue => ({
  typeName: 'Ref',
  fields: {
    name: () => ref.name.replace(/^refs\/(heads|tags)\//, ''),
    prefix: () => ref.name.replace(/[^/]+$/, ''),
    target: () => readObject(repository, ref.sha),
  },
});

const issueObject = (issue: Issue): ObjectValue => ({
  typeName: 'Issue',
  fields: {
    number: () => issue.number,
    title: () => issue.title,
    state: () => issue.state.toUpperCase(),
    labels: () => ({
      typeName: 'LabelConnection',
      fields: {
        totalCount: () => issue.labels.length,
        nodes: () => issue.labels.map(({ name }) => ({ typeName: 'Label', fields: { name: () => name } })),
      },
    }),
  },
});

export function repositoryObject(github: GitHub, caller: Caller, repository: Repository): ObjectValue {
  const mayRead = (what: 'contents' | 'issues' | 'pull_requests' = 'contents') => {
    const limited = caller.kind === 'installation' || caller.kind === 'actions';
    const allowed = !repository.private || !limited || grants(caller.permissions, [what, 'read']);
    if (!allowed || !canSee(github, caller, repository))
      throw new FieldError('FORBIDDEN', 'Resource not accessible by integration');
  };
  const findNamed = async (name: string) => {
    mayRead();
    const full = name.startsWith('refs/') ? name : `refs/heads/${name}`;
    const ref = await findRef(repository.gitDirectory, full);
    return ref && refObject(repository, ref);
  };
  return {
    typeName: 'Repository',
    fields: {
      id: () => nodeId('R', repository.id),
      databaseId: () => repository.id,
      name: () => repository.name,
      nameWithOwner: () => repository.fullName,
      url: () => repositoryHtmlUrl(github, repository),
      isPrivate: () => repository.private,
      isFork: () => false,
      isArchived: () => false,
      defaultBranchRef: () => findNamed(repository.defaultRef),
      ref: (args) => findNamed(String(args.qualifiedName ?? '')),
      issue: ({ number }) => {
        mayRead('issues');
        const issue = repository.issues.get(Number(number));
        if (issue && !isPull(issue)) return issueObject(issue);
        throw new FieldError('NOT_FOUND', `Could not resolve to an Issue with the number of ${number}.`);
      },
      pullRequest: ({ number }) => {
        mayRead('pull_requests');
        const issue = repository.issues.get(Number(number));
        if (issue && isPull(issue)) return pullObject(github, { repository, issue });
        throw new FieldError('NOT_FOUND', `Could not resolve to a PullRequest with the number of ${number}.`);
      },
      object: async (args) => {
        mayRead();
        if (typeof args.oid === 'string') return await readObject(repository, args.oid);
        const [revision = '', ...path] = String(args.expression ?? '').split(':');
        const commit = revision === 'HEAD' ? await readCommit(repository.objects, 'HEAD') : null;
        return await readObject(repository, [commit?.sha ?? revision, ...path].join(':'));
      },
    },
  };
}
