// A file that people are to commit → the address of GitHub's page for a new file, filled in as far as an address may be long.

export interface NewFileLink {
  url: string;
  /** False where only the name is filled in, because the text is too long for an address. */
  isFilled: boolean;
}

/** Servers and proxies in front of GitHub refuse longer request lines with 414; 8 kB is the usual bound of all of them. */
const longestUrl = 8_000;

/** `repositoryUrl` as GitHub shows it to people, without a slash at its end. */
export function newFileLink(repositoryUrl: string, branch: string, file: { path: string; text: string }): NewFileLink {
  const named = `${repositoryUrl}/new/${encodedPath(branch)}?filename=${encodedPath(file.path)}`;
  const filled = `${named}&value=${encoded(file.text)}`;
  return filled.length <= longestUrl ? { url: filled, isFilled: true } : { url: named, isFilled: false };
}

/** A link in Markdown ends at a parenthesis, which `encodeURIComponent` leaves as it is, like the tilde, which the way out encodes; lone surrogates it refuses. */
const encoded = (text: string): string =>
  encodeURIComponent(text.toWellFormed()).replace(
    /[!'()*~]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );

const encodedPath = (path: string): string => path.split('/').map(encoded).join('/');
