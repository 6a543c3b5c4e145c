// Text → where tokens stand that look random, whatever they are called; hashes, identifiers and encoded words do not.
import { entropyBits, isPlaceholder } from './entropy.ts';
import type { Secret } from './secret-patterns.ts';

const run = /[A-Za-z0-9+/_-]{24,}={0,2}/g;
const longestToken = 256;
const contextLength = 32;

/** What names a hash, a digest, encoded data or a public key right before it. */
const harmlessBefore =
  /(?:sha-?\d{1,3}|md5|blake\d\w?|h1|zh|integrity|checksum|digest|base64|fingerprint|etag|mappings|nonce)["']?\s?[:=,@-]\s?["']?(?:W\/)?["']?$|\b(?:ssh|ecdsa)-[\w-]{1,40}\s$|\b(?:md5|sha\d{1,3})(?:sum)?\s$/i;
/** Content addresses that carry their own name, public keys of OpenSSH, GitHub's node ids, and names that compilers mangle. */
const harmless = /^(?:sha\d{1,3}[-=]|AAAA[A-Z]3NzaC1|[A-Z]{1,6}_(?:kw|lA)DO|_{0,3}Z[A-Z0-9]|_?\$?s\d)/;

const publicBlock = /-----BEGIN (?:(?!PRIVATE)[A-Z0-9 ]){1,40}-----(?:[^-]|-(?!----)){0,20000}-----END/g;

export function randomTokens(text: string): Secret[] {
  const found: Secret[] = [];
  const blocks = [...text.matchAll(publicBlock)].map((match) => ({
    from: match.index,
    to: match.index + match[0].length,
  }));
  let next = 0;
  for (const match of text.matchAll(run)) {
    const value = match[0].replace(/^[/+_-]+/, '');
    const from = match.index + match[0].length - value.length;
    const to = from + value.length;
    while ((blocks[next]?.to ?? text.length) <= from) next += 1;
    if ((blocks[next]?.from ?? text.length) < to) continue;
    if (isRandom(value) && !harmlessBefore.test(text.slice(Math.max(0, from - contextLength), from)))
      found.push({ from, to, kind: 'high-entropy' });
  }
  return found;
}

/** Of 24 random letters and digits fewer than one in a hundred fails one of these; of identifiers and paths hardly any passes all. */
function isRandom(value: string): boolean {
  if (value.length < 24 || value.length > longestToken || harmless.test(value) || isPlaceholder(value)) return false;
  // A hash or a UUID, whatever its letters' case.
  if (/^[0-9a-f-]+$/i.test(value)) return false;
  const letters = value.replace(/[^A-Za-z0-9]/g, '');
  if (letters.length < 24 || !/[a-z]/.test(letters) || !/[A-Z]/.test(letters) || !/[0-9].*[0-9]/.test(letters))
    return false;
  // A path or a name in parts has many, base64 one in thirty.
  if (value.length - letters.length > 2 + value.length / 12) return false;
  if (entropyBits(letters) < 0.81 * Math.log2(Math.min(letters.length, 62))) return false;
  return changesOfClass(letters) >= 0.4 && shareOfWords(letters) <= 0.3 && !isReadable(value);
}

/** Between small, capital and digit: 0.62 a character in random text, 0.3 in camel case. */
function changesOfClass(letters: string): number {
  const classes = letters.replace(/[a-z]/g, 'a').replace(/[A-Z]/g, 'A').replace(/[0-9]/g, '0');
  let changes = 0;
  for (let at = 1; at < classes.length; at++) if (classes[at] !== classes[at - 1]) changes += 1;
  return changes / (classes.length - 1);
}

const shareOfWords = (letters: string): number =>
  (letters.match(/[a-z]{4,}/g) ?? []).reduce((sum, word) => sum + word.length, 0) / letters.length;

/** Base64 of words, as in tests and examples: nothing is random about it. */
const isReadable = (value: string): boolean => {
  const bytes = Buffer.from(value, 'base64');
  const readable = bytes.filter((byte) => (byte >= 0x20 && byte < 0x7f) || byte === 0x0a || byte === 0x09);
  return bytes.length > 0 && readable.length / bytes.length > 0.95;
};
