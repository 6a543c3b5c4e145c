// A job's log as GitHub stores it → HTML: groups folded, ANSI colours, errors and warnings marked, timestamps that can be hidden.
import { html, raw } from 'hono/html';

const shownLines = 5000;
const timestamp = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z) ?/;
/** `[command]` is how actions show what they execute; the others are the runner's own marks. */
const mark = /^(?:##\[(group|endgroup|error|warning|notice|debug|section)\]|\[(command)\])(.*)$/s;
const announced: Record<string, string> = { error: 'Error', warning: 'Warning', notice: 'Notice' };

export function jobLog(log: string) {
  const lines = log
    .replace(/^\uFEFF/, '')
    .replace(/\r?\n$/, '')
    .split(/\r?\n/);
  const hidden = Math.max(0, lines.length - shownLines);
  const note = hidden > 0 ? html`<p class="note">${hidden} earlier lines are not shown here.</p>` : '';
  return html`${note}<div class="log">${raw(rows(lines.slice(hidden), hidden).join(''))}</div>`;
}

function rows(lines: string[], hidden: number): string[] {
  const output: string[] = [];
  let open = false;
  for (const [index, line] of lines.entries()) {
    const { time, name, text } = read(line);
    const number = `<span class="line-number">${hidden + index + 1}</span><time>${time}</time>`;
    if ((name === 'group' || name === 'endgroup') && open) output.push('</details>');
    if (name === 'group') output.push(`<details><summary class="line">${number}<span>${ansi(text)}</span></summary>`);
    if (name === 'group' || name === 'endgroup') open = name === 'group';
    else output.push(row(name, number, text));
  }
  if (open) output.push('</details>');
  return output;
}

function read(line: string): { time: string; name: string; text: string } {
  const [stamp = '', time = ''] = timestamp.exec(line) ?? [];
  const text = line.slice(stamp.length);
  const found = mark.exec(text);
  return { time, name: found?.[1] ?? found?.[2] ?? '', text: found?.[3] ?? text };
}

function row(name: string, number: string, text: string): string {
  const label = announced[name] === undefined ? '' : `<b>${announced[name]}: </b>`;
  return `<div class="line${name === '' ? '' : ` log-${name}`}">${number}<span>${label}${ansi(text)}</span></div>`;
}

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escapeHtml = (text: string) => text.replace(/[&<>"]/g, (character) => escapes[character] ?? character);

/** Select-graphic-rendition sequences become classes, other control sequences are dropped. */
export function ansi(text: string): string {
  let classes = new Set<string>();
  let output = '';
  for (const [, sequence, plain = ''] of text.matchAll(/\u001b\[([\d;?]*[A-Za-z])|([^\u001b]+|\u001b)/g)) {
    if (sequence === undefined) {
      const shown = escapeHtml(plain.replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, ''));
      output += classes.size === 0 ? shown : `<span class="${[...classes].join(' ')}">${shown}</span>`;
    } else if (sequence.endsWith('m')) classes = rendition(classes, sequence.slice(0, -1));
  }
  return output;
}

function rendition(before: Set<string>, parameters: string): Set<string> {
  const classes = new Set(before);
  const drop = (kind: string) => {
    for (const name of classes) if (name.startsWith(kind)) classes.delete(name);
  };
  const codes = parameters.split(';').map(Number);
  for (let at = 0; at < codes.length; at += 1) {
    const code = codes[at] ?? 0;
    if (code === 0) classes.clear();
    else if (code === 1) classes.add('bold');
    else if (code === 2) classes.add('dim');
    else if (code === 3) classes.add('italic');
    else if (code === 4) classes.add('underline');
    else if (code === 22) {
      classes.delete('bold');
      classes.delete('dim');
    } else if (code === 39) drop('fg');
    else if (code === 49) drop('bg');
    else if ((code >= 30 && code <= 37) || (code >= 90 && code <= 97)) {
      drop('fg');
      classes.add(`fg${code}`);
    } else if ((code >= 40 && code <= 47) || (code >= 100 && code <= 107)) {
      drop('bg');
      classes.add(`bg${code}`);
    } else if (code === 38 || code === 48) at += codes[at + 1] === 5 ? 2 : 4;
  }
  return classes;
}
