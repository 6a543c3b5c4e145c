// A page's content → the whole HTML page: header, the acting person, the repository's tabs.
import { html } from 'hono/html';

export type Html = ReturnType<typeof html>;

export interface Page {
  title: string;
  /** Who acts; switchable in the header. */
  login: string;
  /** Where the page is, to come back to after switching the person. */
  path: string;
  fullName?: string;
  tab?: 'code' | 'issues' | 'pulls' | 'actions' | 'settings';
  /** Looks again after so many seconds: something is in progress. */
  refreshSeconds?: number | undefined;
  content: Html;
}

const tabs = [
  ['code', 'Code', ''],
  ['issues', 'Issues', '/issues'],
  ['pulls', 'Pull requests', '/pulls'],
  ['actions', 'Actions', '/actions'],
  ['settings', 'Settings', '/settings/installations'],
] as const;

export function layout(page: Page): Html {
  const { title, refreshSeconds, fullName } = page;
  return html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${title}</title>
    <link rel="stylesheet" href="/_simulator/style.css">
    ${refreshSeconds === undefined ? '' : html`<meta http-equiv="refresh" content="${refreshSeconds}">`}
  </head>
  <body>
    <header class="top">
      <a class="home" href="/">Simulated GitHub</a>
      ${fullName === undefined ? '' : repositoryName(fullName)}
      ${personSwitch(page)}
    </header>
    ${fullName === undefined ? '' : repositoryTabs(fullName, page.tab)}
    <main>${page.content}</main>
  </body>
</html>`;
}

function repositoryName(fullName: string): Html {
  const [owner, name] = fullName.split('/');
  return html`<span class="where"><a href="/${owner}">${owner}</a> / <a href="/${fullName}"><b>${name}</b></a></span>`;
}

function repositoryTabs(fullName: string, current: Page['tab']): Html {
  return html`<nav class="tabs">
    ${tabs.map(
      ([id, name, path]) =>
        html`<a href="/${fullName}${path}" ${id === current ? html`aria-current="page"` : ''}>${name}</a>`,
    )}
  </nav>`;
}

function personSwitch({ login, path }: Page): Html {
  return html`<form class="person" method="post" action="/_simulator/person">
    <input type="hidden" name="back" value="${path}">
    <label>You are <input name="user" value="${login}" size="12" autocomplete="off" spellcheck="false" pattern="[A-Za-z0-9][A-Za-z0-9\\-]*" required></label>
    <button>Switch</button>
  </form>`;
}
