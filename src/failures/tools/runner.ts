// What GitHub's runner says of its own failure (not of a command's) → one failure of a stable type.
import type { Failure } from '../../incident/failure.ts';
import { type FailureParser, failure } from '../failure-parser.ts';
import type { LogLine } from '../job-log.ts';
import { reportsFailedTests } from './deaths-in.ts';

interface Message {
  type: string;
  pattern: RegExp;
  /** It cut a command off: what a test tool had reported until then counts more. */
  interrupts?: true;
}

/** Printed by the runner, or by GitHub's own actions through it: believed on its error lines only. In order of weight. */
const messages: readonly Message[] = [
  { type: 'Shutdown', pattern: /^The runner has received a shutdown signal\b/, interrupts: true },
  {
    type: 'LostCommunication',
    pattern:
      /^The (?:self-)?hosted runner\b.{0,200} lost communication with the server|^The hosted runner encountered an error while running your job/,
  },
  {
    type: 'RunnerUnavailable',
    pattern:
      /^The job was not acquired by Runner of type |^GitHub Actions has encountered an internal error|^The job was not started because /,
  },
  { type: 'NoSpaceLeft', pattern: /\bNo space left on device\b|\bENOSPC\b|^There is not enough space on the disk/ },
  {
    type: 'TimedOut',
    pattern:
      /^The job running on runner .{1,200} has exceeded the maximum execution time of |^The job has exceeded the maximum execution time of |^The action '.{1,500}' has timed out after \d/,
    interrupts: true,
  },
  {
    type: 'ImagePull',
    pattern:
      /^Docker (?:pull|login for '.{1,200}') failed with exit code \d|^Error response from daemon: .{0,1000}(?:manifest unknown|toomanyrequests|pull access denied|not found)/,
  },
  { type: 'ImageBuild', pattern: /^Docker build failed with exit code \d/ },
  {
    type: 'ServiceUnhealthy',
    pattern:
      /^Failed to initialize container |^One or more containers failed to start|^Service container .{1,200} failed|^Container \S{1,200} is unhealthy/,
  },
  {
    type: 'ActionResolve',
    pattern:
      /^Unable to resolve action |^Can't find 'action\.yml'|^An action could not be found at the URI |^This request has been automatically failed because it uses a deprecated version of |^Missing download info for /,
  },
  { type: 'ActionDownload', pattern: /^Failed to (?:download action|download archive|resolve action download info)\b/ },
  {
    type: 'WorkflowInvalid',
    pattern:
      /^The (?:template|workflow) is not valid\b|^Unable to process (?:file )?command '|^The `(?:set-env|add-path)` command is disabled/,
  },
  {
    type: 'ArtifactMissing',
    pattern:
      /^Unable to (?:find|download) (?:any |an )?artifacts?\b|^(?:Error: )?Artifact not found for name: |^No files were found with the provided path: /,
  },
  { type: 'ArtifactConflict', pattern: /^Failed to CreateArtifact: .{0,200}\b409\b/ },
  {
    type: 'ArtifactFailed',
    pattern: /^Failed to (?:CreateArtifact|FinalizeArtifact|ListArtifacts|GetSignedArtifactURL): /,
  },
  {
    type: 'Permission',
    pattern:
      /^(?:[\w ]{1,40}(?: \[\w{1,40}\])?: ){0,3}(?:Resource not accessible by (?:integration|personal access token)|Bad credentials|Unable to get ACTIONS_ID_TOKEN_REQUEST_URL env variable)/,
  },
  {
    type: 'InputMissing',
    pattern: /^(?:Error: )?Input required and not supplied: |^Parameter token or opts\.auth is required/,
  },
  {
    type: 'WorkingDirectory',
    pattern: /^An error occurred trying to start process '.{1,300}' with working directory '/,
  },
  {
    type: 'Cancelled',
    pattern:
      /^The (?:operation|run|job) was cancell?ed\b|^Canceling since a higher priority waiting request |^The strategy configuration was canceled\b/,
    interrupts: true,
  },
];

const ended = /^(?:Process completed with|The process '.{1,500}' failed with) exit code (\d{1,10})/;
/** Codes of processes that were ended from outside. */
const killedCodes = new Set([130, 137, 143]);
const killed =
  /^(?:.{1,300}: line \d{1,6}: {1,8}|\S{1,100}: )?(?:\d{1,10} )?Killed(?: {2,}\S.*)?$|^g?make(?:\[\d{1,3}\])?: \*\*\* .{0,500} Killed$|\bKilled signal terminated program\b|\bsignal: 9, SIGKILL\b|^Out of memory: Killed process /;
const noSpace = /\bno space left on device\b|\bENOSPC\b|^There is not enough space on the disk/i;
/** Processes that die by themselves say so; wrappers turn their signals into other codes. */
const crash = /\bFATAL ERROR: |Sanitizer: |\bcore dumped\b|\bSegmentation fault\b|\bSIG(?:ABRT|SEGV)\b|^panic: /;
const reach = 30;

export const runner: FailureParser = {
  tool: 'runner',
  kind: 'runner',
  signs: [
    ...[
      'received a shutdown signal',
      'lost communication with',
      'The hosted runner',
      'not acquired by Runner',
      'encountered an internal error',
      'job was not started',
    ],
    ...[
      'o space left on device',
      'ENOSPC',
      'not enough space on the disk',
      'maximum execution time',
      ' has timed out after ',
      'exit code 137',
      'Killed',
    ],
    ...[
      'Docker pull failed',
      'Docker login for',
      'Docker build failed',
      'Error response from daemon: ',
      'Failed to initialize container',
      'containers failed to start',
      'Service container ',
      ' is unhealthy',
    ],
    ...[
      'resolve action',
      "Can't find 'action.yml'",
      'action could not be found',
      'automatically failed because',
      'Missing download info',
      'Failed to download a',
      'is not valid',
      'Unable to process ',
    ],
    ...[
      'Unable to find a',
      'Unable to download artifact',
      'Artifact not found',
      'No files were found with',
      'Resource not accessible by ',
      'Bad credentials',
      'ID_TOKEN_REQUEST_URL',
    ],
    ...[
      'Input required and not supplied',
      'Parameter token or opts.auth',
      'with working directory',
      'was canceled',
      'was cancelled',
      'Canceling since',
      ' command is disabled',
      'SIGKILL',
      'Failed to CreateArtifact',
      'Failed to FinalizeArtifact',
      'Failed to ListArtifacts',
      'Failed to GetSignedArtifactURL',
    ],
  ],
  find(lines) {
    const errors = lines.flatMap((line, position) => (line.kind === 'error' ? [{ line, position }] : []));
    // A command that failed by itself before is the failure: what the runner says after that follows from it.
    const failed = errors.findIndex(({ line }) => isOwnEnd(line.text));
    const asked = errors.slice(0, failed < 0 ? errors.length : failed + 1);
    const said = announced(lines, asked);
    if (said) return [said];
    const end = asked.find(({ line }) => ended.test(line.text));
    const starved = end ? starvedBefore(lines, end.position) : undefined;
    return starved ? [starved] : [];
  },
};

const isOwnEnd = (text: string): boolean => {
  const code = ended.exec(text)?.[1];
  return code !== undefined && !killedCodes.has(Number(code));
};

type Numbered = { line: LogLine; position: number };

/** The weightiest message, with those of its type that follow it. */
function announced(lines: readonly LogLine[], errors: readonly Numbered[]): Failure | undefined {
  for (const { type, pattern, interrupts } of messages) {
    const same = errors.filter(({ line }) => pattern.test(line.text));
    const [first, last] = [same[0], same.at(-1)];
    if (!first || !last || (interrupts && reportsFailedTests(lines, first.position))) continue;
    const before = type === 'ImagePull' ? daemonWords(lines, first.position) : [];
    const texts = [...before, ...same.map(({ line }) => line)].map(({ text }) => text.replace(/^Error: /, ''));
    const block = lines.filter(
      ({ number }) => number >= (before[0] ?? first.line).number && number <= last.line.number,
    );
    return failure(
      { tool: 'runner', type, message: [...new Set(texts)].join('\n'), ...workflowPlace(texts[0] ?? '') },
      block,
    );
  }
  return undefined;
}

/** `Docker pull failed`: why stands above, in the daemon's words of the last try. */
function daemonWords(lines: readonly LogLine[], position: number): LogLine[] {
  const above = lines.slice(Math.max(0, position - 4), position);
  const said = above.findLast(
    ({ kind, text }) =>
      kind === 'output' && /^Error response from daemon: |manifest unknown|denied|toomanyrequests|timeout/.test(text),
  );
  return said ? [said] : [];
}

/** `The template is not valid. .github/workflows/ci.yml (Line: 10, Col: 3): …` */
function workflowPlace(text: string): { file?: string; line?: number; column?: number } {
  const [, file, line, column] =
    /(\.github\/workflows\/[\w./-]{1,200}\.ya?ml) \(Line: (\d{1,6}), Col: (\d{1,6})\)/.exec(text) ?? [];
  return file && Number(line) > 0 ? { file, line: Number(line), column: Number(column) } : {};
}

/** A command that ended for want of memory or disk says so in its last lines, or by its exit code alone. */
function starvedBefore(lines: readonly LogLine[], position: number): Failure | undefined {
  if (reportsFailedTests(lines, position)) return undefined;
  const from = Math.max(0, position - reach);
  const last = lines.slice(from, position);
  const full = last.findLastIndex(({ kind, text }) => kind === 'output' && noSpace.test(text));
  const kill = last.findLastIndex(({ kind, text }) => kind === 'output' && killed.test(text));
  const code = Number(ended.exec(lines[position]?.text ?? '')?.[1]);
  const crashed = last.some(({ text }) => crash.test(text));
  if (full < 0 && kill < 0 && (code !== 137 || crashed)) return undefined;
  const found = Math.max(full, kill);
  const block = lines.slice(found < 0 ? position : from + found, found < 0 ? position + 1 : from + found + 1);
  const isMemory = full < 0;
  const end = lines[position]?.text ?? '';
  const words = found < 0 ? end : `${block[0]?.text.trim()}\n${end}`;
  return failure({ tool: 'runner', type: isMemory ? 'OutOfMemory' : 'NoSpaceLeft', message: words }, block);
}
