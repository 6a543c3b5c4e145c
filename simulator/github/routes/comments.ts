// Endpoints of comments on issues and pull requests, and of reactions.
import { z } from 'zod';
import { type Call, created, type Endpoints, noContent, ok } from '../call.ts';
import { ApiError, notFound, validationFailed } from '../errors.ts';
import type { Comment, Issue, Reaction } from '../issue.ts';
import { listed } from '../pagination.ts';
import { roleIncludes } from '../repository.ts';
import type { Json } from '../shapes/account.ts';
import { commentShape, issuePayload, reactionShape } from '../shapes/issue.ts';

const r = '/repos/{owner}/{repo}';
const one = `${r}/issues/comments/{comment_id}`;

/** GitHub's limit, in characters. */
const longestBody = 65_536;

const Body = z.object({ body: z.string() });
const Content = z.object({ content: z.enum(['+1', '-1', 'laugh', 'confused', 'heart', 'hooray', 'rocket', 'eyes']) });

function bodyOf(call: Call): string {
  const { body } = call.body(Body);
  const about = { resource: 'IssueComment', field: 'body' };
  if (body.trim() === '') throw validationFailed({ ...about, code: 'custom', message: "body can't be blank" });
  if (body.length > longestBody) {
    throw validationFailed({
      ...about,
      code: 'custom',
      message: `body is too long (maximum is ${longestBody} characters)`,
    });
  }
  return body;
}

function find(call: Call): { issue: Issue; comment: Comment } {
  const found = call.repository.findComment(call.number('comment_id'));
  if (!found) throw notFound();
  return found;
}

/** People change their own comments; those with write access everybody's. */
function checkOwn(call: Call, comment: Comment): void {
  const own = comment.author === call.actor;
  const role = call.caller.kind === 'user' ? call.github.roleOf(call.actor, call.repository) : 'write';
  if (!own && !roleIncludes(role, 'write')) throw new ApiError(403, 'Must have admin rights to Repository.');
}

const shaped = (call: Call, issue: Issue, comment: Comment) =>
  commentShape(call.github, call.repository, issue, comment);

function publish(call: Call, action: string, issue: Issue, comment: Comment, more: Json = {}): void {
  const { github, repository, actor: sender, byActions } = call;
  const payload = { issue: issuePayload(github, repository, issue), comment: shaped(call, issue, comment), ...more };
  github.publish({ name: 'issue_comment', action, repository, sender, byActions, payload });
}

function create(call: Call) {
  const issue = call.issue();
  const role = call.caller.kind === 'user' ? call.github.roleOf(call.actor, call.repository) : 'write';
  if (issue.locked && !roleIncludes(role, 'write')) {
    throw new ApiError(403, 'Unable to create comment because issue is locked.');
  }
  const at = call.github.now();
  const comment: Comment = {
    id: call.github.nextId(),
    author: call.actor,
    viaApp: call.viaApp,
    body: bodyOf(call),
    createdAt: at,
    updatedAt: at,
    reactions: [],
  };
  issue.comments.push(comment);
  issue.updatedAt = at;
  publish(call, 'created', issue, comment);
  return created(shaped(call, issue, comment));
}

function update(call: Call) {
  const { issue, comment } = find(call);
  checkOwn(call, comment);
  const from = comment.body ?? '';
  comment.body = bodyOf(call);
  comment.updatedAt = call.github.now();
  if (from !== comment.body) publish(call, 'edited', issue, comment, { changes: { body: { from } } });
  return ok(shaped(call, issue, comment));
}

function remove(call: Call) {
  const { issue, comment } = find(call);
  checkOwn(call, comment);
  issue.comments.splice(issue.comments.indexOf(comment), 1);
  publish(call, 'deleted', issue, comment);
  return noContent();
}

const changedSince = (call: Call, comments: Comment[]) => {
  const since = call.query('since');
  return comments.filter((comment) => !since || comment.updatedAt >= since);
};

function react(call: Call, reactions: Reaction[]) {
  const { content } = call.body(Content);
  const known = reactions.find((reaction) => reaction.user === call.actor && reaction.content === content);
  if (known) return ok(reactionShape(call.github, known));
  const reaction = { id: call.github.nextId(), user: call.actor, content, createdAt: call.github.now() };
  reactions.push(reaction);
  return created(reactionShape(call.github, reaction));
}

export const commentEndpoints: Endpoints = {
  [`GET ${r}/issues/{issue_number}/comments`]: (call) => {
    const issue = call.issue();
    return listed(call, changedSince(call, issue.comments), (comment) => shaped(call, issue, comment));
  },
  [`POST ${r}/issues/{issue_number}/comments`]: create,
  [`GET ${r}/issues/comments`]: (call) => {
    const all = [...call.repository.issues.values()].flatMap((issue) =>
      changedSince(call, issue.comments).map((comment) => ({ issue, comment })),
    );
    return listed(call, all, ({ issue, comment }) => shaped(call, issue, comment));
  },
  [`GET ${one}`]: (call) => {
    const { issue, comment } = find(call);
    return ok(shaped(call, issue, comment));
  },
  [`PATCH ${one}`]: update,
  [`DELETE ${one}`]: remove,
  [`GET ${one}/reactions`]: (call) =>
    listed(call, find(call).comment.reactions, (reaction) => reactionShape(call.github, reaction)),
  [`POST ${one}/reactions`]: (call) => react(call, find(call).comment.reactions),
  [`DELETE ${one}/reactions/{reaction_id}`]: (call) => {
    const { reactions } = find(call).comment;
    const index = reactions.findIndex((reaction) => reaction.id === call.number('reaction_id'));
    if (index < 0) throw notFound();
    reactions.splice(index, 1);
    return noContent();
  },
  [`GET ${r}/issues/{issue_number}/reactions`]: (call) =>
    listed(call, call.issue().reactions, (reaction) => reactionShape(call.github, reaction)),
  [`POST ${r}/issues/{issue_number}/reactions`]: (call) => react(call, call.issue().reactions),
};
