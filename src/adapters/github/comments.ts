// A marker and a body → one comment on an issue or commit, written once and edited after that.
import { z } from 'zod';
import { SelfHealError } from '../../errors.ts';
import type { KnownComment } from '../../ports.ts';
import type { Markdown } from '../../text/outbound.ts';
import { answer, answerUnless, everyPage, isGone } from './answer.ts';
import { at, type Connection } from './connection.ts';
import { Comment } from './schemas.ts';

type Written = z.infer<typeof Comment>;
type Position = { page: number; per_page: number };

/** How comments of one kind are listed, written and edited. */
interface Thread {
  list(position: Position): Promise<Written[]>;
  write(body: string): Promise<Written>;
  /** Undefined when somebody deleted it. */
  edit(commentId: number, body: string): Promise<Written | undefined>;
}

const maxPages = 10;

export function commentOnIssue(
  connection: Connection,
  issueNumber: number,
  marker: string,
  body: Markdown,
  known?: KnownComment,
): Promise<string> {
  const { octokit } = connection;
  const here = at(connection);
  const thread: Thread = {
    list: (position) =>
      answer(
        z.array(Comment),
        octokit.request('GET /repos/{owner}/{repo}/issues/{issue_number}/comments', {
          ...here,
          ...position,
          issue_number: issueNumber,
        }),
      ),
    write: (text) =>
      answer(
        Comment,
        octokit.request('POST /repos/{owner}/{repo}/issues/{issue_number}/comments', {
          ...here,
          issue_number: issueNumber,
          body: text,
          request: { retries: 0 },
        }),
      ),
    edit: (commentId, text) =>
      answerUnless(
        isGone,
        Comment,
        octokit.request('PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}', {
          ...here,
          comment_id: commentId,
          body: text,
        }),
      ),
  };
  return upsert(connection, marker, body, thread, known);
}

export function commentOnCommit(
  connection: Connection,
  sha: string,
  marker: string,
  body: Markdown,
  known?: KnownComment,
): Promise<string> {
  const { octokit } = connection;
  const here = at(connection);
  const thread: Thread = {
    list: (position) =>
      answer(
        z.array(Comment),
        octokit.request('GET /repos/{owner}/{repo}/commits/{commit_sha}/comments', {
          ...here,
          ...position,
          commit_sha: sha,
        }),
      ),
    write: (text) =>
      answer(
        Comment,
        octokit.request('POST /repos/{owner}/{repo}/commits/{commit_sha}/comments', {
          ...here,
          commit_sha: sha,
          body: text,
          request: { retries: 0 },
        }),
      ),
    edit: (commentId, text) =>
      answerUnless(
        isGone,
        Comment,
        octokit.request('PATCH /repos/{owner}/{repo}/comments/{comment_id}', {
          ...here,
          comment_id: commentId,
          body: text,
        }),
      ),
  };
  return upsert(connection, marker, body, thread, known);
}

/** One reply a marker, to the first comment of a thread: GitHub takes no replies to replies. */
export async function replyToReview(
  connection: Connection,
  { pullNumber, commentId }: { pullNumber: number; commentId: number },
  marker: string,
  body: Markdown,
  known?: 'nowhere',
): Promise<string | undefined> {
  const { octokit } = connection;
  const here = { ...at(connection), pull_number: pullNumber };
  const head = headOf(marker);
  // The newest first: what was lost was said just now.
  const newestFirst = { sort: 'created', direction: 'desc' } as const;
  const list = (position: Position) =>
    answer(
      z.array(Comment),
      octokit.request('GET /repos/{owner}/{repo}/pulls/{pull_number}/comments', {
        ...here,
        ...newestFirst,
        ...position,
      }),
    );
  const there = known === 'nowhere' ? undefined : await oursIn(connection, head, list);
  if (there) return there.html_url;
  const request = octokit.request('POST /repos/{owner}/{repo}/pulls/{pull_number}/comments/{comment_id}/replies', {
    ...here,
    comment_id: commentId,
    body: `${head}\n${body.text}`,
    request: { retries: 0 },
  });
  return (await answerUnless(isGone, Comment, request))?.html_url;
}

/** Writing is not repeated by the client: the next try finds what the lost answer was about. */
async function upsert(
  connection: Connection,
  marker: string,
  body: Markdown,
  thread: Thread,
  known?: KnownComment,
): Promise<string> {
  const head = headOf(marker);
  const text = `${head}\n${body.text}`;
  if (known === 'nowhere') return (await thread.write(text)).html_url;
  const id = idIn(known?.url);
  const edited = id === undefined ? undefined : await thread.edit(id, text);
  if (edited) return edited.html_url;
  const ours = await oursIn(connection, head, thread.list);
  if (ours === undefined) return (await thread.write(text)).html_url;
  if (ours.body === text) return ours.html_url;
  return ((await thread.edit(ours.id, text)) ?? (await thread.write(text))).html_url;
}

async function oursIn(connection: Connection, head: string, list: Thread['list']): Promise<Written | undefined> {
  const botLogin = await connection.botLogin();
  // Anybody can quote a marker; nobody else can write under the App's login.
  const isOurs = (comment: Written) => comment.user?.login === botLogin && (comment.body ?? '').startsWith(head);
  return (await everyPage(list, { maxPages, done: isOurs })).find(isOurs);
}

/** `…/issues/3#issuecomment-17`, `…/commit/SHA#commitcomment-17`. */
const idIn = (url: string | undefined): number | undefined => {
  const id = Number(/#(?:issuecomment-|commitcomment-|r)(\d{1,15})$/.exec(url ?? '')?.[1] ?? Number.NaN);
  return Number.isNaN(id) ? undefined : id;
};

export function headOf(marker: string): string {
  if (/^[\w./:-]+$/.test(marker) && !marker.includes('--')) return `<!-- self-heal:${marker} -->`;
  throw new SelfHealError(
    'defect',
    `A comment's marker has to be letters, digits and single . / : - _: ${JSON.stringify(marker)}`,
  );
}
