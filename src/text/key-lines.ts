// Text → where lines of base64 stand as in the body of an armoured key, though no BEGIN or END line is left to say so.
import { entropyBits } from './entropy.ts';

interface Span {
  from: number;
  to: number;
}

/** PEM writes 64 characters a line, OpenSSH 70, MIME and PGP 76; around them what tests and shells put before and after a line. */
const fullLine =
  /^[\s>|E#"'+-]{0,12}?(?<body>[A-Za-z0-9+/]{76}|[A-Za-z0-9+/]{70}|[A-Za-z0-9+/]{64})(?:\\[nr]){0,2}["',+;\\\s]{0,6}$/d;
const lastLine = /^[\s>|E#"'+-]{0,12}?(?<body>[A-Za-z0-9+/]{1,75}={0,2})(?:\\[nr]){0,2}["',+;\\\s]{0,6}$/d;
const longestLine = 110;
/** A line of random base64 has 5.2 bits a character in the middle; lines of identifiers, dots and hashes stay below 4.5. */
const leastBits = 4.6;

/** Certificates and public keys are no secrets: bodies that stand under such a line are passed over. */
const publicBegin = /-----BEGIN (?:(?!PRIVATE)[A-Z0-9 ]){1,40}-----/;
const anyEnd = /-----END /;

/** The whole of such a body, over all its lines; the signs before its first line stay. */
export function keyLines(text: string): Span[] {
  const found: Span[] = [];
  let run: { spans: Span[]; width: number; bits: number } | undefined;
  let isPublic = false;
  let start = 0;
  while (start <= text.length) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    const line = end - start > longestLine ? '' : text.slice(start, end);
    if (publicBegin.test(line)) isPublic = true;
    const body = isPublic ? undefined : bodyOf(fullLine, line, start);
    if (body && (!run || run.width === body.to - body.from)) {
      const bits = entropyBits(text.slice(body.from, body.to));
      run = { spans: [...(run?.spans ?? []), body], width: body.to - body.from, bits: Math.max(bits, run?.bits ?? 0) };
    } else {
      if (run) close(run, bodyOf(lastLine, line, start));
      run = body && { spans: [body], width: body.to - body.from, bits: entropyBits(text.slice(body.from, body.to)) };
    }
    if (anyEnd.test(line)) isPublic = false;
    start = end + 1;
  }
  if (run) close(run, undefined);
  return found;

  function close({ spans, bits }: { spans: Span[]; bits: number }, last: Span | undefined): void {
    const [first] = spans;
    const whole = spans.at(-1);
    const tail = last && isTail(text.slice(last.from, last.to)) ? [last] : [];
    if (!first || !whole || spans.length + tail.length < 2 || bits < leastBits) return;
    found.push({ from: first.from, to: (tail[0] ?? whole).to });
  }
}

function bodyOf(pattern: RegExp, line: string, start: number): Span | undefined {
  const match = pattern.exec(line);
  const range = match?.indices?.groups?.body;
  const body = match?.groups?.body ?? '';
  // Hexadecimal is a hash; a file's lines of dashes or dots never have both cases.
  if (!range || (pattern === fullLine && !(/[a-z]/.test(body) && /[A-Z]/.test(body)))) return undefined;
  return { from: start + range[0], to: start + range[1] };
}

/** What is left over of a key: whole groups of four, and no word. */
const isTail = (body: string): boolean =>
  body.length % 4 === 0 && (body.endsWith('=') || (/[A-Z]/.test(body) && /[0-9+/]/.test(body)) || body.length >= 32);
