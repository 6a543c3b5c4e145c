// HTML from anybody → the HTML that GitHub lets through: an allow-list of tags and attributes, balanced, everything else escaped or dropped.

/** github.com/gjtorikian/html-pipeline's list, which GitHub's is published as. */
const tags = new Set(
  `a abbr b blockquote br code dd del details div dl dt em figure figcaption h1 h2 h3 h4 h5 h6 hr i img input ins kbd
  li ol p picture pre q rp rt ruby s samp small source span strike strong sub summary sup table tbody td tfoot th thead
  tr tt ul var`.split(/\s+/),
);
const voidTags = new Set(['br', 'hr', 'img', 'input', 'source']);
const droppedWithContent = new Set(
  'script style title textarea xmp iframe noembed noframes noscript plaintext template svg math object head'.split(' '),
);
const anywhere = ['align', 'dir', 'lang', 'title'];
const attributes: Record<string, string[]> = {
  a: ['href'],
  code: ['class'],
  details: ['open'],
  img: ['src', 'alt', 'width', 'height'],
  input: ['type', 'checked'],
  li: ['value'],
  ol: ['start', 'reversed', 'type'],
  td: ['colspan', 'rowspan', 'valign'],
  th: ['colspan', 'rowspan', 'valign', 'scope'],
};

const comment = /<!--(?:-?>|.*?(?:--!?>|$))/sy;
const instruction = /<[!?][^>]*(?:>|$)/y;
const closing = /<\/([a-z][a-z0-9]*)[^>]*>/iy;
const opening = /<([a-z][a-z0-9]*)((?:\s+[a-z_:][-\w:.]*(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'=<>`]+))?)*)\s*\/?>/iy;
const attribute = /([a-z_:][-\w:.]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?/gi;

/** Gets text that stands outside of links and code, already escaped, and may put links into it. */
export type LinkText = (escapedText: string) => string;

export function sanitize(html: string, linkText: LinkText = (text) => text): string {
  const open: string[] = [];
  let output = '';
  let at = 0;
  while (at < html.length) {
    const next = piece(html, at, open);
    const quoted = open.some((name) => name === 'a' || name === 'code' || name === 'pre');
    output += next.isText && !quoted ? linkText(next.html) : next.html;
    at = next.end;
  }
  return output + closeFrom(open, 0);
}

interface Piece {
  html: string;
  end: number;
  isText?: boolean;
}

/** What stands at a place: a text, a tag that is kept or dropped, or a `<` that begins neither. */
function piece(html: string, at: number, open: string[]): Piece {
  const next = html.indexOf('<', at);
  if (next !== at) {
    const end = next < 0 ? html.length : next;
    return { html: escapeText(html.slice(at, end)), end, isText: true };
  }
  const dropped = found(comment, html, at) ?? found(instruction, html, at);
  if (dropped) return { html: '', end: dropped.end };
  const close = found(closing, html, at);
  if (close) return { html: closeTag(close.name, open), end: close.end };
  const start = found(opening, html, at);
  if (!start) return { html: '&lt;', end: at + 1 };
  if (droppedWithContent.has(start.name)) return { html: '', end: afterElement(html, start.name, start.end) };
  return { html: tags.has(start.name) ? openTag(start.name, start.attributes, open) : '', end: start.end };
}

function found(pattern: RegExp, html: string, at: number) {
  pattern.lastIndex = at;
  const match = pattern.exec(html);
  if (!match) return undefined;
  return { name: (match[1] ?? '').toLowerCase(), attributes: match[2] ?? '', end: pattern.lastIndex };
}

function openTag(name: string, source: string, open: string[]): string {
  const kept = keptAttributes(name, source);
  if (name === 'input') return kept.includes(' type="checkbox"') ? `<input${kept} disabled>` : '';
  if (!voidTags.has(name)) open.push(name);
  return `<${name}${kept}${name === 'a' ? ' rel="nofollow noopener"' : ''}>`;
}

/** A closing tag closes what was opened inside it, and nothing when it was never opened. */
function closeTag(name: string, open: string[]): string {
  const from = open.lastIndexOf(name);
  return from < 0 ? '' : closeFrom(open, from);
}

function closeFrom(open: string[], from: number): string {
  const inner = open.splice(from).reverse();
  return inner.map((name) => `</${name}>`).join('');
}

function afterElement(html: string, name: string, at: number): number {
  const end = new RegExp(`</${name}[^>]*>`, 'gi');
  end.lastIndex = at;
  return end.exec(html) ? end.lastIndex : html.length;
}

function keptAttributes(tag: string, source: string): string {
  const allowed = [...anywhere, ...(attributes[tag] ?? [])];
  const kept = new Map<string, string>();
  for (const [, rawName = '', double, single, bare] of source.matchAll(attribute)) {
    const name = rawName.toLowerCase();
    const value = decode(double ?? single ?? bare ?? '');
    if (!allowed.includes(name) || kept.has(name)) continue;
    if ((name === 'href' || name === 'src') && !isSafeAddress(value)) continue;
    if (name === 'class' && !/^language-[\w+#.-]+$/.test(value)) continue;
    kept.set(name, value);
  }
  return [...kept].map(([name, value]) => ` ${name}="${escapeAttribute(value)}"`).join('');
}

/** A relative address, or one of the schemes that open no program and run no script. */
function isSafeAddress(address: string): boolean {
  const plain = address.replace(/[\u0000-\u0020\u007f-\u009f]/g, '');
  const scheme = /^[^/?#]*?:/.exec(plain)?.[0];
  return scheme === undefined || ['http:', 'https:', 'mailto:'].includes(scheme.toLowerCase());
}

function decode(value: string): string {
  const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
  return value.replace(/&(?:#x([\da-f]{1,6})|#(\d{1,7})|(amp|lt|gt|quot|apos));/gi, (whole, hex, decimal, name) => {
    if (name !== undefined) return named[String(name).toLowerCase()] ?? whole;
    const code = hex === undefined ? Number.parseInt(decimal, 10) : Number.parseInt(hex, 16);
    return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : '';
  });
}

function escapeText(text: string): string {
  return text.replace(/&(?!(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z][\da-z]{1,31});)/gi, '&amp;').replaceAll('>', '&gt;');
}

function escapeAttribute(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
