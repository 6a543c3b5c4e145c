// What docker build, buildx, compose and docker itself say last → one failure: the inner command's own words, and the Dockerfile's line.
import type { Failure } from '../../incident/failure.ts';
import { type FailureParser, failure } from '../failure-parser.ts';
import type { LogLine } from '../job-log.ts';
import { deathAfter, deathsIn } from './deaths-in.ts';

const reach = 60;
const boxReach = 120;
const innerReach = 400;
const mostAsked = 20;
const solve =
  /^(?:(?:Error: )?buildx (?:bake )?failed with: )?(?:ERROR: |error: )?(?:target \S{1,100}: )?(?:failed to build: )?failed to solve: (\S.{0,6000})$/;
const classic = /^The command '(.{1,2000})' returned a non-zero code: (\d{1,4})/;
const daemon =
  /^(?:docker: |ERROR: )?(?:Error response from daemon: |Cannot connect to the Docker daemon|error during connect: )/;
const unhealthy = /^dependency failed to start: |^container \S{1,200} (?:is unhealthy|exited \(\d{1,4}\))$/;
const place = /^([\w./-]{0,300}(?:[Dd]ockerfile|\.[Dd]ockerfile)[\w.-]{0,100}):(\d{1,6})$/;
const process = /^(?:rpc error: .{1,100}? desc = )?(?:executor failed running \[|process ")/;
const telling =
  /\b(?:error|ERR!|fail(?:ed|ure)?|fatal|cannot|could not|not found|no such|unable|denied|exception|panic|E[A-Z]{4,})\b/i;

export const docker: FailureParser = {
  tool: 'docker',
  kind: 'build',
  signs: [
    'failed to solve: ',
    'returned a non-zero code: ',
    'Error response from daemon: ',
    'Cannot connect to the Docker daemon',
    'dependency failed to start: ',
  ],
  find(lines) {
    const deaths = deathsIn(lines);
    const asked = lines.flatMap((line, position) =>
      (solve.test(line.text) || classic.test(line.text) || daemon.test(line.text) || unhealthy.test(line.text)) &&
      deathAfter(deaths, position, reach)
        ? [position]
        : [],
    );
    const found = asked.slice(-mostAsked).flatMap((position) => {
      return built(lines, position) ?? classicStep(lines, position) ?? said(lines[position]) ?? [];
    });
    // The action repeats in an annotation what the tool has printed.
    return [...new Map(found.map((one) => [one.message, one] as const).reverse()).values()].reverse().slice(0, 5);
  },
};

/** `ERROR: failed to solve: …`: above it the Dockerfile's lines, above those what the command printed last. */
function built(lines: readonly LogLine[], position: number): Failure | undefined {
  const reason = solve.exec(lines[position]?.text ?? '')?.[1];
  const line = lines[position];
  if (!reason || !line) return undefined;
  const from = Math.max(0, position - boxReach);
  const above = lines.slice(from, position);
  const at = above.findLastIndex(({ text }) => place.test(text));
  const [, file, number] = place.exec(above[at]?.text ?? '') ?? onLine(reason);
  const where = file ? { file, line: Number(number) } : {};
  const message = reason.replace(/^rpc error: .{1,100}? desc = /, '');
  const inner = process.test(reason) ? innerWords(lines, position) : [];
  const cause = inner.findIndex(({ text }) => telling.test(text));
  const kept = inner.slice(cause < 0 ? Math.max(0, inner.length - 10) : cause).slice(0, 15);
  const start = kept[0] ?? above[at] ?? line;
  const block = lines
    .slice(Math.max(0, position - innerReach), position + 1)
    .filter(({ number }) => number >= start.number);
  const type = typeOf(reason);
  return failure(
    {
      tool: 'docker',
      ...(type ? { type } : {}),
      message: [...kept.map(({ text }) => text), message].join('\n'),
      ...where,
    },
    block,
  );
}

/** `dockerfile parse error on line 3: …` */
function onLine(reason: string): readonly [string?, string?, string?] {
  const line = /^dockerfile parse error on line (\d{1,6}):/.exec(reason)?.[1];
  return line ? [reason, 'Dockerfile', line] : [];
}

/** The step's number stands before what it printed: `#9 3.220 npm error …`; else it is the box between dashes. */
function innerWords(lines: readonly LogLine[], position: number): LogLine[] {
  const above = lines.slice(Math.max(0, position - innerReach), position);
  const step = above.map(({ text }) => /^#(\d{1,5}) ERROR: /.exec(text)?.[1]).findLast(Boolean);
  const prefix = new RegExp(`^#${step} \\d{1,7}\\.\\d{1,4} ?`);
  const printed = step ? above.filter(({ text }) => prefix.test(text)) : [];
  if (printed.length > 0) return printed.map((line) => ({ ...line, text: line.text.replace(prefix, '') }));
  const box = above.findLastIndex(({ text }) => /^ > \[/.test(text));
  const end = above.findIndex(({ text }, index) => index > box && /^-{6}$/.test(text));
  const stamped = /^(?:#\d{1,5} )?\d{1,7}\.\d{1,4} ?/;
  return box < 0
    ? []
    : above
        .slice(box + 1, end < 0 ? above.length : end)
        .map((line) => ({ ...line, text: line.text.replace(stamped, '') }));
}

/** Docker's builder before BuildKit: `Step 4/6 : RUN npm ci`, its output, and the code that it returned. */
function classicStep(lines: readonly LogLine[], position: number): Failure | undefined {
  const line = lines[position];
  if (!line || !classic.test(line.text)) return undefined;
  const above = lines.slice(Math.max(0, position - innerReach), position);
  const step = above.findLastIndex(({ text }) => /^Step \d{1,4}\/\d{1,4} : /.test(text));
  const inner = above.slice(step + 1).filter(({ text }) => !/^ ---> |^Removing intermediate container /.test(text));
  const cause = step < 0 ? -1 : inner.findIndex(({ text }) => telling.test(text));
  const kept = cause < 0 ? [] : inner.slice(cause, cause + 15);
  const first = (kept[0] ?? line).number;
  const block = lines.slice(Math.max(0, position - innerReach), position + 1).filter(({ number }) => number >= first);
  return failure({ tool: 'docker', message: [...kept, line].map(({ text }) => text).join('\n') }, block);
}

function said(line: LogLine | undefined): Failure | undefined {
  if (line?.kind !== 'output') return undefined;
  if (unhealthy.test(line.text))
    return failure({ tool: 'docker', type: 'ServiceUnhealthy', message: line.text }, [line]);
  if (!daemon.test(line.text)) return undefined;
  const type = typeOf(line.text);
  return failure({ tool: 'docker', ...(type ? { type } : {}), message: line.text }, [line]);
}

const pull =
  /manifest unknown|manifest for .{1,300} not found|toomanyrequests|pull access denied|pull rate limit|failed to resolve source metadata|failed to resolve reference|failed to do request|no matching manifest/;

const typeOf = (text: string): string | undefined => (pull.test(text) ? 'ImagePull' : undefined);
