// Failures and what stands around them → transient (with the line that proves it) or structural.
import type { Failure } from '../../incident/failure.ts';

/** Each needs positive proof in the text: what is merely not understood is structural. */
const signs: readonly { sign: RegExp; what: string }[] = [
  {
    sign: /\b(ETIMEDOUT|ECONNRESET|ECONNREFUSED|EAI_AGAIN|EPIPE|ENETUNREACH|EHOSTUNREACH|ENOTFOUND)\b/,
    what: 'a network error',
  },
  {
    sign: /\b(TimeoutError: timed out|socket\.timeout|urlopen error timed out|ReadTimeout|ConnectTimeout|ConnectionResetError|ConnectionRefusedError)\b/,
    what: 'a network time-out or refusal',
  },
  { sign: /\b(connection|connect|read|request|operation) timed out\b|\bi\/o timeout\b/i, what: 'a network time-out' },
  { sign: /\bconnection (reset|refused|aborted|closed) by\b|\bconnection reset\b/i, what: 'a dropped connection' },
  {
    sign: /\b(could not resolve host|temporary failure in name resolution|no such host)\b/i,
    what: 'a name that did not resolve',
  },
  {
    sign: /\b(?:502:? \(?bad gateway|503:? \(?service unavailable|504:? \(?gateway time-?out|429:? \(?too many requests)\b|\b(?:requested URL returned error:|RPC failed; HTTP|HTTP error|status code:?|HTTP response:) (?:50[234]|429)\b|\b(?:requested URL returned error:|RPC failed; HTTP) 500\b|\btoomanyrequests\b|\brate limit exceeded\b/i,
    what: 'an outside service that was not available',
  },
  {
    sign: /\b(TLS handshake timeout|SSL_ERROR_SYSCALL|unexpected EOF while reading)\b/i,
    what: 'a broken TLS connection',
  },
  { sign: /\bno space left on device\b|\bENOSPC\b/i, what: 'a full disk on the runner' },
  {
    sign: /the runner has received a shutdown signal|lost communication with the server|the hosted runner encountered an error/i,
    what: 'a runner that died',
  },
];

/** The runner's failures that no change of the repository mends; its others (a wrong name, a missing right) are structural. */
const runnerTypes: ReadonlyMap<string, string> = new Map([
  ['Shutdown', 'a runner that died'],
  ['LostCommunication', 'a runner that died'],
  ['RunnerUnavailable', 'a runner that could not be had'],
  ['ActionDownload', 'an action that could not be downloaded'],
  ['ArtifactFailed', 'an artifact service that was not available'],
  ['NoSpaceLeft', 'a full disk on the runner'],
  // These may well come again: then the policy's few re-runs end with a diagnosis.
  ['ServiceUnhealthy', 'a service container that did not start'],
  ['OutOfMemory', 'too little memory on the runner'],
  ['TimedOut', 'a job that took too long'],
]);

/** An image that is not there will not be there in a minute; a registry that is busy will. */
const busyRegistry = /toomanyrequests|rate limit|time-?out|timed out|\b(?:429|50[0234])\b/i;

export interface Transience {
  what: string;
  line: string;
}

/** Reads only what the tools named as failures: the same words in a passing test's output prove nothing. */
export function transience(failures: readonly Failure[]): Transience | undefined {
  if (failures.length === 0) return undefined;
  const found = failures.map(proofIn);
  const first = found[0];
  return first && found.every((one) => one !== undefined) ? first : undefined;
}

function proofIn({ tool, type = '', message }: Failure): Transience | undefined {
  if (type === 'ImagePull' && (tool === 'runner' || tool === 'docker')) {
    const line = message.split('\n').find((one) => busyRegistry.test(one));
    return line === undefined ? undefined : { what: 'a registry that was busy', line: shown(line) };
  }
  if (tool !== 'runner') return signIn(`${type}: ${message}`);
  const what = runnerTypes.get(type);
  return what === undefined ? undefined : { what, line: shown(message.split('\n')[0] ?? '') };
}

const shown = (line: string): string => line.trim().slice(0, 200);

function signIn(text: string): Transience | undefined {
  for (const line of text.split('\n')) {
    const sign = signs.find((candidate) => candidate.sign.test(line));
    if (sign) return { what: sign.what, line: shown(line) };
  }
  return undefined;
}
