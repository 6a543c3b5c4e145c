// Comments, reviews and commits of an issue or pull request in the order of time, and the forms that add to them.
import { html } from 'hono/html';
import type { Html } from './layout.ts';
import { markdown } from './markdown.ts';
import { labelBadge, person, when } from './marks.ts';
import type { Comment, Commit, Label, Review } from './shapes.ts';

interface Said {
  id?: number;
  body?: string | null | undefined;
  user?: { login: string; type: string } | null | undefined;
  created_at?: string | null | undefined;
}

export function commentBox(comment: Said, fullName: string, did: Html | string = 'commented'): Html {
  const body = comment.body?.trim()
    ? markdown(comment.body, fullName)
    : html`<p class="muted">No description provided.</p>`;
  return html`<article class="box comment" ${comment.id === undefined ? '' : html`id="issuecomment-${comment.id}"`}>
    <header>${person(comment.user)}${comment.user?.type === 'Bot' ? html` <span class="bot">bot</span>` : ''} ${did} ${when(comment.created_at)}</header>
    <div class="padded">${body}</div>
  </article>`;
}

export interface Happened {
  at: string;
  shown: Html;
}

export function timeline(happened: Happened[]): Html {
  const sorted = [...happened].sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  return html`${sorted.map(({ shown }) => shown)}`;
}

export function commentHappened(comment: Comment, fullName: string): Happened {
  return { at: comment.created_at, shown: commentBox(comment, fullName) };
}

const reviewed: Record<string, string> = {
  APPROVED: 'approved these changes',
  CHANGES_REQUESTED: 'requested changes',
  COMMENTED: 'reviewed',
  DISMISSED: 'had their review dismissed',
};

export function reviewHappened(review: Review, fullName: string): Happened[] {
  const did = reviewed[review.state];
  if (did === undefined || (review.state === 'COMMENTED' && !review.body)) return [];
  const mark = html`<span class="review review-${review.state.toLowerCase()}">${did}</span>`;
  const shown = review.body
    ? commentBox({ body: review.body, user: review.user, created_at: review.submitted_at }, fullName, mark)
    : html`<p class="event">${person(review.user)} ${mark} ${when(review.submitted_at)}</p>`;
  return [{ at: review.submitted_at ?? '', shown }];
}

export function commitHappened({ sha, commit, author }: Commit, fullName: string): Happened {
  const at = commit.committer?.date ?? commit.author?.date ?? '';
  const who = author ? person(author) : html`<b>${commit.author?.name}</b>`;
  return {
    at,
    shown: html`<p class="event">${who} committed <a href="/${fullName}/commit/${sha}">${commit.message.split('\n', 1)[0]}</a> <code>${sha.slice(0, 7)}</code> ${when(at)}</p>`,
  };
}

export function commentForm(action: string, more: Html | string = ''): Html {
  return html`<form class="box padded stack" method="post" action="${action}">
    <label>Add a comment <textarea name="body" rows="5" required></textarea></label>
    <p class="buttons">${more}<button class="primary">Comment</button></p>
  </form>`;
}

export function labelForms(path: string, labels: Label[], known: Label[]): Html {
  return html`<h3>Labels</h3>
    <div class="labels">
      ${labels.map(
        (label) => html`<form method="post" action="${path}/unlabel">
          <input type="hidden" name="label" value="${label.name}">
          ${labelBadge(label)}<button class="plain" title="Remove ${label.name}" aria-label="Remove ${label.name}">×</button>
        </form>`,
      )}
      ${labels.length === 0 ? html`<span class="muted">None yet</span>` : ''}
    </div>
    <form class="inline" method="post" action="${path}/label">
      <input name="label" list="known-labels" required placeholder="auto-heal" aria-label="Label" autocomplete="off">
      <datalist id="known-labels">${known.map(({ name }) => html`<option value="${name}"></option>`)}</datalist>
      <button>Add label</button>
    </form>`;
}
