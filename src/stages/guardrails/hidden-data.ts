// Rule: no data is carried that a reader cannot read, and nothing names a host or an address that the repository does not know.
import type { Evidence, PatchedFile } from '../../incident/case-file.ts';
import { emails } from '../../text/emails.ts';
import { entropyBits } from '../../text/entropy.ts';
import { changedLines } from './changed-lines.ts';
import type { CodeView } from './code-view.ts';
import { hostsIn } from './hosts.ts';
import type { Finding, Rule } from './rule.ts';
import { viewsOf } from './views.ts';

const rule = 'hidden-data';
const plainText = 'write what is meant so that a reader can read it, or make it in the program';

export const hiddenData: Rule = async (files, { evidence }) => {
  const known = knownText(files, evidence);
  const perFile = files.map(async (file) => {
    const { before, after } = await viewsOf(file);
    return [...blobs(file, known), ...codes(file, before, after), ...addresses(file, known)];
  });
  return (await Promise.all(perFile)).flat();
};

/** What the repository says itself; logs and issues are not asked, anybody writes those. */
const knownText = (files: readonly PatchedFile[], { sources }: Evidence): string =>
  [...sources.map(({ text }) => text), ...files.map(({ before }) => before ?? '')].join('\n').toLowerCase();

const run = /[A-Za-z0-9+/=_-]{40,}/g;
const joint = /["'`]\s{0,4}[+.,\\]?\s{0,4}["'`]/g;
const digest = /\b(?:sha-?\d{1,3}|md5|digest|hash|checksum|commit|etag|integrity|fingerprint|revision|hex)/i;
const maxLiteral = 600;

function blobs(file: PatchedFile, known: string): Finding[] {
  const { path } = file;
  const { added } = changedLines(file);
  const found = added.flatMap(({ line, text }): Finding[] => {
    // Halves that the language puts together again are one.
    const whole = text.slice(0, 4_000).replace(joint, '');
    const blob = [...whole.matchAll(run)].find(([one]) => isEncoded(one, whole) && !known.includes(one.toLowerCase()));
    if (!blob) return [];
    const why = `the added line holds ${blob[0].length} characters that look encoded (\`${blob[0].slice(0, 24)}…\`)`;
    return [{ rule, path, line, why, acceptable: plainText }];
  });
  if (found.length > 0) return found;
  // Pieces that are too short by themselves.
  const pieces = added.map(
    ({ text }) => /^\s*(?:[\w$]+\s*\+?=\s*)?["'`]([A-Za-z0-9+/=_-]{12,})["'`][\s,;+\\]*$/.exec(text)?.[1] ?? '',
  );
  const together = pieces.join('');
  const first = added[pieces.findIndex((piece) => piece !== '')];
  if (!first || together.length < 40 || !isEncoded(together, '')) return [];
  const why = `the added lines hold pieces of ${together.length} characters that look encoded together`;
  return [{ rule, path, line: first.line, why, acceptable: plainText }];
}

function isEncoded(text: string, line: string): boolean {
  if (/^[0-9a-f]+$/i.test(text)) {
    const isDigest = [40, 56, 64, 96, 128].includes(text.length) && digest.test(line);
    return /[a-f]/i.test(text) && /\d/.test(text) && entropyBits(text) > 2.8 && !isDigest;
  }
  const letters = text.replace(/[^A-Za-z0-9]/g, '');
  if (!/[a-z]/.test(letters) || !/[A-Z]/.test(letters) || entropyBits(letters) < 4) return false;
  const words = (letters.match(/[A-Z]?[a-z]{3,}/g) ?? []).join('').length;
  return words / letters.length < 0.55 && text.length - letters.length < text.length / 8;
}

const numbers = /(?:\b(?:0x[0-9a-f]{1,2}|\d{1,3})\s{0,2},\s{0,4}){15,}(?:0x[0-9a-f]{1,2}|\d{1,3})\b/gi;
const escapes = /(?:\\x[0-9a-f]{2}|\\u[0-9a-f]{4}|\\u\{[0-9a-f]{1,6}\}|\\[0-3]?[0-7]{2}){6,}/gi;

/** Characters that are written as numbers, and texts too long to be read. */
function codes(file: PatchedFile, before: CodeView, after: CodeView): Finding[] {
  const { path } = file;
  const had = file.before ?? '';
  const finding = (line: number, why: string): Finding => ({ rule, path, line, why, acceptable: plainText });
  const lists = [...after.code.matchAll(numbers)]
    .filter(([list]) => isText(list) && !before.code.includes(list))
    .map(({ index }) => finding(after.lineAt(index), 'the added list of numbers spells a text'));
  const escaped = changedLines(file).added.flatMap(({ line, text }) => {
    const [found] = text.match(escapes) ?? [];
    return found && !had.includes(found) && isPlain(found)
      ? [finding(line, 'the added line spells readable characters as escape sequences')]
      : [];
  });
  // javac reads them everywhere, also in a comment, where one may end the line.
  const spelled = /\.java$/i.test(path) ? changedLines(file).added.filter(({ text }) => asciiEscape.test(text)) : [];
  const spelt = spelled.map(({ line }) => finding(line, 'the added line spells plain characters as Unicode escapes'));
  const texts = new Set(before.literals.map(({ text }) => text));
  const long = after.literals
    .filter(({ text }) => !texts.has(text) && text.split('\n').some((line) => line.length > maxLiteral))
    .map(({ line }) => finding(line, `the added literal has a line of more than ${maxLiteral} characters`));
  return [...lists, ...escaped, ...spelt, ...long];
}

const asciiEscape = /\\u+00[0-7][0-9a-f]/i;

function isText(list: string): boolean {
  const values = list.split(',').map((number) => Number(number.trim()));
  const readable = values.filter((value) => value >= 32 && value < 127);
  const isOrdered = values.every((value, i) => i === 0 || value >= (values[i - 1] ?? 0));
  return readable.length / values.length > 0.9 && new Set(values).size >= 8 && !isOrdered;
}

/** Emoji and letters of other scripts may well be written so. */
const isPlain = (text: string): boolean => {
  const points = [...text.matchAll(/\\x([0-9a-f]{2})|\\u\{?([0-9a-f]{2,6})\}?/gi)].map(([, x, u]) =>
    Number.parseInt(x ?? u ?? '0', 16),
  );
  return points.length === 0 || points.filter((point) => point >= 32 && point < 127).length > points.length / 2;
};

function addresses(file: PatchedFile, known: string): Finding[] {
  const { path } = file;
  return changedLines(file).added.flatMap(({ line, text }): Finding[] => {
    const hosts = hostsIn(text, file.isTest);
    const people = (file.isTest ? [] : emails(text)).map(({ from, to }) => text.slice(from, to));
    const strange = [
      ...hosts,
      ...people.filter((one) => !/[.@]example(?:\.\w+)?$|\.(?:test|invalid)$/i.test(one)),
    ].find((one) => !known.includes(one.toLowerCase()));
    if (strange === undefined) return [];
    const why = `the added line names \`${strange.slice(0, 80)}\`, which the sources that were read do not know`;
    const acceptable = 'leave it out, or use example.com, localhost, 127.0.0.1 or 192.0.2.1';
    return [{ rule, path, line, why, acceptable }];
  });
}
