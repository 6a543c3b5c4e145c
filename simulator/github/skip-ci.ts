// A head commit's message → whether GitHub starts no workflows for it.
// Source: docs.github.com "Skipping workflow runs".

const instructions = ['[skip ci]', '[ci skip]', '[no ci]', '[skip actions]', '[actions skip]'];

/** Only `push` and `pull_request` heed the message. */
const heeding = new Set(['push', 'pull_request']);

/** The trailer counts as the last line, after two empty lines and, if there are any, the other trailers. */
function asksToSkipChecks(message: string): boolean {
  const lines = message.trimEnd().split('\n');
  let first = lines.length;
  while (first > 0 && /^[A-Za-z0-9-]+: ?\S/.test(lines[first - 1] ?? '')) first -= 1;
  const setOff = first >= 2 && lines[first - 1] === '' && lines[first - 2] === '';
  return setOff && /^skip-checks: *true$/i.test(lines.at(-1) ?? '');
}

export const skipsWorkflows = (eventName: string, message: string): boolean =>
  heeding.has(eventName) &&
  (instructions.some((one) => message.toLowerCase().includes(one)) || asksToSkipChecks(message));
