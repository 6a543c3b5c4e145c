// The simulated GitHub's REST API → the HTML pages by which a person sees it and acts on it.
import { readFileSync } from 'node:fs';
import { type Context, Hono } from 'hono';
import { setCookie } from 'hono/cookie';
import { csrf } from 'hono/csrf';
import { html } from 'hono/html';
import { artifact, jobPage, runCommand, runList, runPage } from './actions.ts';
import { checkPage } from './checks.ts';
import { type BeyondApi, Refused, type Rest } from './client.ts';
import { commentOnCommit, commitPage, commitsPage } from './commit.ts';
import { home } from './home.ts';
import { installations, redeliver } from './installations.ts';
import {
  addLabel,
  commentOnIssue,
  createIssue,
  issueList,
  issuePage,
  newIssue,
  removeLabel,
  setState,
} from './issues.ts';
import { deleteBranch, disableAutoMerge, enableAutoMerge, markReady, merge, review } from './pull-forms.ts';
import { pullCommits, pullFiles, pullList, pullPage } from './pulls.ts';
import { blob, commitNewFile, newFile, overview, tree } from './repository.ts';
import { commentOnLine, replyInThread } from './threads.ts';
import { loginPattern, type Visit, visit } from './visit.ts';
import { dispatchWorkflow, runSchedule, workflowPage } from './workflows.ts';

const style = readFileSync(new URL('./style.css', import.meta.url), 'utf8');

/** What people write is shown in these pages: no script runs, nothing is sent elsewhere, whatever slipped through. */
const contentSecurity =
  "default-src 'none'; style-src 'self'; img-src * data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

type Page = (visit: Visit) => Response | Promise<Response>;

const shown: Record<string, Page> = {
  '/': home,
  '/:owner': home,
  '/:owner/:repository': overview,
  '/:owner/:repository/tree/:rest{.+}': tree,
  '/:owner/:repository/blob/:rest{.+}': blob,
  '/:owner/:repository/commits/:rest{.+}': commitsPage,
  '/:owner/:repository/commit/:sha': commitPage,
  '/:owner/:repository/new/:branch{.+}': newFile,
  '/:owner/:repository/issues': issueList,
  '/:owner/:repository/issues/new': newIssue,
  '/:owner/:repository/issues/:number{\\d+}': issuePage,
  '/:owner/:repository/pulls': pullList,
  '/:owner/:repository/pull/:number{\\d+}': pullPage,
  '/:owner/:repository/pull/:number{\\d+}/commits': pullCommits,
  '/:owner/:repository/pull/:number{\\d+}/files': pullFiles,
  '/:owner/:repository/actions': runList,
  '/:owner/:repository/actions/workflows/:workflow': workflowPage,
  '/:owner/:repository/actions/runs/:run{\\d+}': runPage,
  '/:owner/:repository/actions/runs/:run{\\d+}/attempts/:attempt{\\d+}': runPage,
  '/:owner/:repository/actions/runs/:run{\\d+}/job/:job{\\d+}': jobPage,
  '/:owner/:repository/actions/runs/:run{\\d+}/artifacts/:artifact{\\d+}': artifact,
  '/:owner/:repository/runs/:check{\\d+}': checkPage,
  '/:owner/:repository/settings/installations': installations,
};

const done: Record<string, Page> = {
  '/:owner/:repository/new/:branch{.+}': commitNewFile,
  '/:owner/:repository/commit/:sha/comments': commentOnCommit,
  '/:owner/:repository/issues/new': createIssue,
  '/:owner/:repository/:kind{(?:issues|pull)}/:number{\\d+}/comments': commentOnIssue,
  '/:owner/:repository/:kind{(?:issues|pull)}/:number{\\d+}/label': addLabel,
  '/:owner/:repository/:kind{(?:issues|pull)}/:number{\\d+}/unlabel': removeLabel,
  '/:owner/:repository/:kind{(?:issues|pull)}/:number{\\d+}/state': setState,
  '/:owner/:repository/pull/:number{\\d+}/merge': merge,
  '/:owner/:repository/pull/:number{\\d+}/reviews': review,
  '/:owner/:repository/pull/:number{\\d+}/threads': commentOnLine,
  '/:owner/:repository/pull/:number{\\d+}/threads/:comment{\\d+}': replyInThread,
  '/:owner/:repository/pull/:number{\\d+}/ready': markReady,
  '/:owner/:repository/pull/:number{\\d+}/enable-auto-merge': enableAutoMerge,
  '/:owner/:repository/pull/:number{\\d+}/disable-auto-merge': disableAutoMerge,
  '/:owner/:repository/pull/:number{\\d+}/delete-branch': deleteBranch,
  '/:owner/:repository/actions/runs/:run{\\d+}/:command{(?:rerun|rerun-failed-jobs|cancel)}': runCommand,
  '/:owner/:repository/actions/workflows/:workflow/dispatch': dispatchWorkflow,
  '/:owner/:repository/actions/workflows/:workflow/schedule': runSchedule,
  '/:owner/:repository/settings/installations/deliveries/:delivery/redeliver': redeliver,
};

export function pages(rest: Rest, beyond: BeyondApi): Hono {
  const app = new Hono();
  const visiting = (context: Context) => visit(context, rest, beyond);
  // A page elsewhere must not be able to press these buttons: a committed workflow runs on this machine.
  app.use(csrf());
  app.use(async (context, next) => {
    await next();
    context.header('content-security-policy', contentSecurity);
    context.header('cache-control', 'no-store');
  });
  app.get('/_simulator/style.css', (context) =>
    context.body(style, 200, { 'content-type': 'text/css; charset=utf-8' }),
  );
  app.get('/favicon.ico', (context) => context.body(null, 204));
  app.post('/_simulator/person', switchPerson);
  for (const [path, page] of Object.entries(shown)) app.get(path, (context) => page(named(visiting(context))));
  for (const [path, page] of Object.entries(done)) app.post(path, (context) => page(named(visiting(context))));
  app.onError((error, context) => failure(error, visiting(context)));
  app.notFound((context) => failure(new Refused(404, 'There is no such page'), visiting(context)));
  return app;
}

/** The name goes into addresses and links; one that GitHub would not allow goes nowhere. */
function named(visitor: Visit): Visit {
  if (/^[\w.-]+\/[\w.-]+$/.test(visitor.fullName)) return visitor;
  throw new Refused(404, 'There is no such repository');
}

async function switchPerson(context: Context): Promise<Response> {
  const { user, back } = await context.req.parseBody();
  if (typeof user !== 'string' || !loginPattern.test(user))
    throw new Refused(422, 'A login has letters, digits and hyphens only');
  setCookie(context, 'user', user, { httpOnly: true, sameSite: 'Lax', path: '/' });
  return context.redirect(typeof back === 'string' && /^\/(?![/\\])/.test(back) ? back : '/', 303);
}

async function failure(error: Error, from: Visit): Promise<Response> {
  const status = 'status' in error && typeof error.status === 'number' ? error.status : 500;
  if (status === 500) console.error(error);
  const page = await from.page(
    { title: `${status}` },
    html`<div class="box padded"><h1>${status}</h1><p>${error.message}</p><p><a href="/">All repositories</a></p></div>`,
  );
  return new Response(page.body, { status, headers: page.headers });
}
