// GitHub-flavoured Markdown from anybody → HTML that is safe to show, with links for #1, commits and @people.
import { raw } from 'hono/html';
import { Marked } from 'marked';
import { diagram } from './diagram.ts';
import type { LinkText } from './sanitize.ts';
import { sanitize } from './sanitize.ts';

const alerts: Record<string, string> = {
  NOTE: 'Note',
  TIP: 'Tip',
  IMPORTANT: 'Important',
  WARNING: 'Warning',
  CAUTION: 'Caution',
};

const marked = new Marked({ gfm: true });
const markedWithBreaks = new Marked({ gfm: true, breaks: true });

/** `owner/name` is where #1 leads; issues and comments keep their line breaks on GitHub, files do not. */
export function markdown(source: string, fullName: string, as: 'file' | 'comment' = 'comment') {
  const parser = as === 'comment' ? markedWithBreaks : marked;
  const html = parser.parse(source, { async: false });
  return raw(`<div class="markdown">${drawn(alerted(sanitize(html, references(fullName))))}</div>`);
}

function references(fullName: string): LinkText {
  const link = (href: string, text: string, title?: string) =>
    `<a class="reference" href="${href}"${title ? ` title="${title}"` : ''}>${text}</a>`;
  return (text) =>
    text.replace(
      /(^|[\s([{,;:"'])(?:@([a-z\d][a-z\d-]{0,38}(?:\[bot\])?)|([\w.-]+\/[\w.-]+)?#(\d{1,9})|([\da-f]{40}))(?![\w/-])/gi,
      (_, before: string, login?: string, repository?: string, number?: string, sha?: string) => {
        if (login !== undefined) return `${before}${link(`/${encodeURIComponent(login)}`, `@${login}`)}`;
        if (sha !== undefined) return `${before}${link(`/${fullName}/commit/${sha}`, sha.slice(0, 7), sha)}`;
        return `${before}${link(`/${repository ?? fullName}/issues/${number}`, `${repository ?? ''}#${number}`)}`;
      },
    );
}

/** `> [!NOTE]` at the start of a quotation makes it an alert. */
function alerted(html: string): string {
  return html.replace(
    /<blockquote>\s*<p>\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\](?:<br>)?\s*/g,
    (_, kind: string) =>
      `<blockquote class="alert alert-${kind.toLowerCase()}"><p class="alert-title">${alerts[kind]}</p><p>`,
  );
}

/** Sanitised HTML has no other way to such a block than a fence in the Markdown. */
function drawn(html: string): string {
  return html.replace(/<pre><code class="language-mermaid">([^<]*)<\/code><\/pre>/g, (_, code: string) =>
    diagram(code),
  );
}
