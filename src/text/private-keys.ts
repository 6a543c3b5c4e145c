// Text → where the private keys in it stand, in PEM: whole, cut off at either end, or on one line with `\n` in it.

interface Span {
  from: number;
  to: number;
}

const keyMarker = /-----(?<edge>BEGIN|END) ?[A-Z0-9 ]{0,30}PRIVATE KEY(?: BLOCK)?-----/g;
/** Larger than any key in use (RSA 16384 is 13 kB). */
const longestKey = 20_000;
const keyLine = /^\s*(?:[A-Za-z0-9+/=]+|(?:Proc-Type|DEK-Info|Version|Comment):.*)?\s*$/;

/** The spans of the keys' bodies; the BEGIN and END lines stay, so that a reader sees what was there. */
export function privateKeys(text: string): Span[] {
  const found: Span[] = [];
  const markers = [...text.matchAll(keyMarker)].map((match) => ({
    begins: match.groups?.edge === 'BEGIN',
    from: match.index,
    to: match.index + match[0].length,
  }));
  for (const [position, marker] of markers.entries()) {
    const next = markers[position + 1];
    const previous = markers[position - 1];
    if (marker.begins) {
      const whole = next !== undefined && !next.begins && next.from - marker.to <= longestKey;
      const end = whole ? next.from : bodyEnd(text, marker.to, next?.from ?? text.length);
      add(marker.to, end);
    } else if (!previous?.begins || marker.from - previous.to > longestKey) {
      add(bodyStart(text, marker.from, previous?.to ?? 0), marker.from);
    }
  }
  return found;

  /** Less than 64 characters are dots or a placeholder. */
  function add(from: number, to: number): void {
    const body = text.slice(from, to);
    if (body.replace(/\\[nr]|[^A-Za-z0-9+/]/g, '').length < 64) return;
    const start = from + body.length - body.trimStart().length;
    found.push({ from: start, to: start + body.trim().length });
  }
}

function bodyEnd(text: string, from: number, limit: number): number {
  const body = text.slice(from, Math.min(limit, from + longestKey));
  const oneLine = /^(?:[A-Za-z0-9+/=]|\\[nr])+/.exec(body)?.[0] ?? '';
  let end = oneLine.length;
  for (const line of body.slice(end).split('\n')) {
    if (!keyLine.test(line)) break;
    end += line.length + 1;
  }
  return from + Math.min(end, body.length);
}

function bodyStart(text: string, to: number, limit: number): number {
  const lines = text.slice(Math.max(limit, to - longestKey), to).split('\n');
  let start = to;
  for (const [position, line] of lines.toReversed().entries()) {
    if (!keyLine.test(line)) break;
    start -= line.length + (position > 0 ? 1 : 0);
  }
  return start;
}
