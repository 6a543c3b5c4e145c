// Comments on lines of a pull request → its threads: the lines, what was said on them, and a form to answer.
import { html } from 'hono/html';
import { z } from 'zod';
import { commentBox, type Happened } from './conversation.ts';
import { diffRows } from './diff-view.ts';
import type { Html } from './layout.ts';
import type { Comment } from './shapes.ts';
import type { Visit } from './visit.ts';

const shownLines = 4;

export function threadsHappened(comments: Comment[], fullName: string, pullPath: string): Happened[] {
  const first = comments.filter((comment) => !comment.in_reply_to_id);
  return first.map((comment) => {
    const said = [comment, ...comments.filter((one) => one.in_reply_to_id === comment.id)];
    return { at: comment.created_at, shown: thread(comment, said, fullName, pullPath) };
  });
}

function thread(first: Comment, said: Comment[], fullName: string, pullPath: string): Html {
  const line = first.line ?? first.original_line;
  const outdated = first.line == null && line != null;
  return html`<section class="box thread">
    <header><code>${first.path}${line == null ? '' : `:${line}`}</code>${outdated ? html` <span class="muted">Outdated</span>` : ''}</header>
    ${line == null ? '' : html`<table class="diff"><tbody>${lastRows(first.diff_hunk ?? '')}</tbody></table>`}
    ${said.map(({ id, ...comment }) => html`<div id="discussion_r${id}">${commentBox(comment, fullName)}</div>`)}
    <form class="padded stack" method="post" action="${pullPath}/threads/${first.id}">
      <label>Reply <textarea name="body" rows="2" required></textarea></label>
      <p class="buttons"><button>Reply</button></p>
    </form>
  </section>`;
}

const lastRows = (hunk: string): Html[] => diffRows(hunk).slice(1).slice(-shownLines);

/** On a line of a changed file. */
export function lineForm(pullPath: string, path: string): Html {
  return html`<form class="padded inline" method="post" action="${pullPath}/threads">
    <input type="hidden" name="path" value="${path}">
    <input name="line" type="number" min="1" required placeholder="line" aria-label="Line of ${path}">
    <input name="body" required placeholder="Comment on this line" aria-label="Comment on a line of ${path}" autocomplete="off">
    <button>Comment</button>
  </form>`;
}

const pullOf = (visit: Visit) => `${visit.api}/pulls/${encodeURIComponent(visit.param('number'))}`;

const back = (visit: Visit) => visit.go(`/${visit.fullName}/pull/${encodeURIComponent(visit.param('number'))}`);

export async function replyInThread(visit: Visit) {
  const field = await visit.form();
  const comment = encodeURIComponent(visit.param('comment'));
  await visit.client.send('POST', `${pullOf(visit)}/comments/${comment}/replies`, { body: field('body') });
  return back(visit);
}

export async function commentOnLine(visit: Visit) {
  const field = await visit.form();
  const { head } = await visit.client.get(pullOf(visit), z.object({ head: z.object({ sha: z.string() }) }));
  await visit.client.send('POST', `${pullOf(visit)}/comments`, {
    ...{ body: field('body'), path: field('path'), line: Number(field('line')), side: 'RIGHT' },
    commit_id: head.sha,
  });
  return back(visit);
}
