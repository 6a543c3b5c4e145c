// Text → where addresses of people stand in it.
import type { Secret } from './secret-patterns.ts';

const address =
  /(?<![\w.+%/@-])(?<local>[\p{L}\p{N}_.+%-]{1,64})@(?<domain>(?:[\p{L}\p{N}-]{1,63}\.){1,8})(?<top>\p{L}{2,24})(?![\w@])/gu;
/** `icon@2x.png`, `vite@5.0.0.beta`: files and versions. */
const fileEnding =
  /^(?:png|jpe?g|gif|svg|webp|ico|pdf|css|scss|html?|[cm]?[jt]sx?|json|ya?ml|toml|md|py|rb|go|rs|java|class|jar|tgz|tar|gz|zip|so|beta|alpha|rc|next|canary)$/i;

/** Addresses that name a service instead of somebody: git's user for SSH. */
const nobody = /^git$/i;

export function emails(text: string): Secret[] {
  const found: Secret[] = [];
  for (const match of text.matchAll(address)) {
    const { local = '', domain = '', top = '' } = match.groups ?? {};
    const host = domain.slice(0, -1).split('.').at(-1) ?? '';
    if (nobody.test(local) || fileEnding.test(top) || !/\p{L}/u.test(host)) continue;
    found.push({ from: match.index, to: match.index + match[0].length, kind: 'email' });
  }
  return found;
}
