// Text → where values stand that are assigned to a name which says that they are secret.
import { entropyBits, isPlaceholder } from './entropy.ts';
import type { Secret } from './secret-patterns.ts';

/** `=`, `:` and `=>`; a space, as behind `--password`; or a verb, as people and error messages write. */
const assignment =
  /(?<name>passw(?:or)?d|passcode|pwd|passphrase|secret|token|credentials?|connection[_-]?string|session[_-]?id|(?:api|access|private|account|signing|encryption|master|deploy|shared|auth|ssh|hmac|jwt|storage)[_-]?key)(?:[_-]?(?:key|base|value|hash|prod|production|staging|dev|ci|old|new|string|base64|b64|\d{1,3})){0,2}\\?["']?\]?(?<sign>[^\S\n]{0,4}(?:=>|:=|[:=])[^\S\n]{0,4}|[^\S\n]{1,3}(?:is|was|are|equals|set to)(?: ?[:=])?[^\S\n]{1,3}|[^\S\n]{1,2}(?![\w-]{1,40}["']?\s{0,4}[:=]))(?:\\?(?<quote>["'`])(?<quoted>[^"'`\s\\]{6,4000})\\?\k<quote>|(?<bare>(?:[^\s"'`,;(){}<>[\]\\]|\\(?!["'nrt])){6,4000}))/dgi;

const longestNested = 200;

/** A value that holds a secret of a known form is left to that form, which knows where the secret ends. */
export function namedSecrets(text: string, known: readonly Secret[]): Secret[] {
  const found: Secret[] = [];
  let next = 0;
  const pattern = new RegExp(assignment);
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    const { name = '', sign = '', quoted, bare } = match.groups ?? {};
    const [from, to] = match.indices?.groups?.[quoted === undefined ? 'bare' : 'quoted'] ?? [0, 0];
    while ((known[next]?.to ?? text.length) <= from) next += 1;
    const held = known[next];
    if (held && held.from < to) {
      pattern.lastIndex = held.to;
      continue;
    }
    const isCall = bare !== undefined && /[([]/.test(text[to] ?? '');
    const before = text.slice(Math.max(0, match.index - 42), match.index);
    const isFlag = /--[\w-]{0,40}$/.test(before);
    // The name of a kind, in what an earlier pass has put there.
    const isOurs = /\[redacted:[a-z-]{0,30}$/.test(before);
    if (isCall || isOurs || !looksAssigned({ name, sign, quoted, bare, isFlag })) {
      // Within what is no secret may be a name with one; looked for only so far, for the time it takes.
      if (to - from <= longestNested) pattern.lastIndex = from;
      continue;
    }
    // The dot that ends a sentence.
    const end = bare !== undefined && /\.$/.test(bare) && /[\sa-z]$/i.test(sign) ? to - 1 : to;
    found.push({ from, to: end, kind: isPassword(name) ? 'password' : 'secret' });
  }
  return found;
}

const isPassword = (name: string): boolean => /^pass|^pwd/i.test(name);

interface Assigned {
  name: string;
  sign: string;
  quoted: string | undefined;
  bare: string | undefined;
  isFlag: boolean;
}

/** Words, variables and code are no secrets: what is random is. */
function looksAssigned({ name, sign, quoted, bare, isFlag }: Assigned): boolean {
  const value = quoted ?? bare ?? '';
  if (isPlaceholder(value) || !/[A-Za-z]/.test(value)) return false;
  if (bare !== undefined && /^[A-Za-z_$][\w$]*(?:\??\.[A-Za-z_$][\w$]*)+$|^\.{0,2}\/[\w.-]+\/|:\/\//.test(bare))
    return false;
  const isPlain = !/[0-9]/.test(value);
  // An environment's or a command's password is whatever it is; a word in code has no such sign in it.
  const isCommand = bare !== undefined && (sign === '=' || (isFlag && sign.trim() === ''));
  if (isPlain && !(isPassword(name) && isCommand && /[!@#$%^&*+~?]/.test(value))) return false;
  if (isPassword(name) && isCommand) return entropyBits(value) >= 2.5;
  if (isFlag && isCommand) return value.length >= 12 && entropyBits(value) >= 3;
  const isSpoken = sign.trim() === '';
  if (isPassword(name) && !isSpoken) return value.length >= 8 && entropyBits(value) >= 3;
  return value.length >= 16 && entropyBits(value) >= 3.2;
}
