// The changed files of a commit or pull request → coloured unified diffs with line numbers.
import { html } from 'hono/html';
import type { Html } from './layout.ts';
import type { ChangedFile } from './shapes.ts';

/** `below` adds to each file, where there is something to do with it. */
export function diffView(files: ChangedFile[], below?: (path: string) => Html | string) {
  const added = files.reduce((sum, file) => sum + file.additions, 0);
  const removed = files.reduce((sum, file) => sum + file.deletions, 0);
  return html`<p class="note">
      <b>${files.length}</b> changed file${files.length === 1 ? '' : 's'} with <b class="added">${added}</b>
      addition${added === 1 ? '' : 's'} and <b class="removed">${removed}</b> deletion${removed === 1 ? '' : 's'}
    </p>
    ${files.map((file) => fileDiff(file, below?.(file.filename) ?? ''))}`;
}

function fileDiff(file: ChangedFile, below: Html | string) {
  const name = file.previous_filename ? `${file.previous_filename} → ${file.filename}` : file.filename;
  return html`<details class="box file" open>
    <summary>
      <code>${name}</code>
      <span class="muted">${file.status}</span>
      <span class="counts"><b class="added">+${file.additions}</b> <b class="removed">−${file.deletions}</b></span>
    </summary>
    ${
      file.patch === undefined
        ? html`<p class="empty">${file.changes === 0 ? 'No changes in the content.' : 'Binary or too large to show.'}</p>`
        : html`<table class="diff"><tbody>${diffRows(file.patch)}</tbody></table>`
    }
    ${below}
  </details>`;
}

export function diffRows(patch: string): Html[] {
  let oldLine = 0;
  let newLine = 0;
  return patch.split('\n').map((line) => {
    const hunk = /^@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@/.exec(line);
    if (hunk) {
      oldLine = Number(hunk[1]);
      newLine = Number(hunk[2]);
      return row('hunk', '', '', line);
    }
    if (line.startsWith('+')) return row('add', '', newLine++, line);
    if (line.startsWith('-')) return row('delete', oldLine++, '', line);
    if (line.startsWith('\\')) return row('context', '', '', line);
    return row('context', oldLine++, newLine++, line);
  });
}

function row(kind: string, oldLine: number | '', newLine: number | '', line: string) {
  return html`<tr class="${kind}"><td class="line-number">${oldLine}</td><td class="line-number">${newLine}</td><td class="code">${line}</td></tr>`;
}
