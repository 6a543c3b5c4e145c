// An issue's Markdown → the same lines as a tool printed them, and what it says of versions, runs and commits.

import type { JobLog } from './job-log.ts';
import { readJobLog } from './read-job-log.ts';

export interface IssueText {
  /** Line by line the issue's own, without quotes, fences, tags, timestamps and loggers' prefixes. */
  log: JobLog;
  /** Versions it says are affected, as printed, without a leading `v`; the likeliest first. */
  versions: string[];
  /** `Node: 22.1`, `OS: Windows 11`… as written. */
  environment: string[];
  runs: { id: number; attempt?: number; jobId?: number }[];
  /** Full or abbreviated hashes. */
  commits: string[];
}

const mostLines = 20_000;
const [mostVersions, mostEnvironment, mostLinks] = [3, 20, 3];

/** `repository`: its address, `https://github.com/octo/shop`; links to others are not followed. */
export function readIssue(markdown: string, repository: string): IssueText {
  const lines = markdown.split(/\r\n|\r|\n/).slice(0, mostLines);
  const environment = lines.map(withoutMarks).filter(isEnvironment).slice(0, mostEnvironment);
  return {
    log: readJobLog(asPrinted(lines).join('\n')),
    versions: versionsIn(lines.map(withoutMarks)),
    environment,
    ...linksIn(markdown, repository),
  };
}

const quote = /^(?: {0,3}> ?){1,8}/;
const fence = /^ {0,12}(?:`{3,}|~{3,})[^`]*$/;
const tag = /<\/?(?:details|summary|pre|code|p|br|b|i|em|strong|samp|kbd|blockquote)(?: [^<>]{0,200})?\/?>/gi;
const entities: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', '#39': "'", nbsp: ' ' };

/** One printed line a line, so that line numbers stay the issue's own. */
function asPrinted(lines: readonly string[]): string[] {
  const plain = lines.map((line) => {
    const unquoted = line.replace(quote, '');
    if (fence.test(unquoted)) return '';
    return unquoted.replace(tag, '').replace(/&(lt|gt|amp|quot|#39|nbsp);/g, (_, name: string) => entities[name] ?? '');
  });
  return blocksOf(plain).flatMap((block) => withoutPrefix(withoutIndent(block)));
}

/** Lines that stand together, and the empty ones in between: each block has an indentation and a prefix of its own. */
function blocksOf(lines: readonly string[]): string[][] {
  const blocks: string[][] = [];
  for (const line of lines) {
    const block = blocks.at(-1);
    const isEmpty = line.trim() === '';
    if (block && !isEmpty && block[0]?.trim() !== '') block.push(line);
    else blocks.push([line]);
  }
  return blocks;
}

function withoutIndent(block: readonly string[]): string[] {
  const indent = Math.min(...block.map((line) => /^[ \t]*/.exec(line)?.[0].length ?? 0));
  // A block that starts deeper than it goes on is the inside of something; what is cut is common to all its lines.
  return indent === 0 ? [...block] : block.map((line) => line.slice(indent));
}

/** What loggers, containers and terminals put before each line; taken off where most of a block has it. */
const prefixes: readonly RegExp[] = [
  /^[\w.-]{1,60} {0,20}\| /,
  /^\[?\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?\]?:? ?/,
  /^[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d [\w.-]{1,60} [\w./-]{1,60}(?:\[\d{1,8}\])?: /,
  /^\[?\d\d:\d\d:\d\d(?:[.,]\d{1,9})?\]? /,
  /^(?:\[?(?:ERROR|WARN|INFO|DEBUG|FATAL|CRITICAL|SEVERE)\]?:? {1,4}|\[stderr\] )/,
];

function withoutPrefix(block: readonly string[]): string[] {
  return prefixes.reduce<string[]>(
    (lines, prefix) => {
      const having = lines.filter((line) => prefix.test(line)).length;
      return having * 2 > lines.length ? lines.map((line) => line.replace(prefix, '')) : lines;
    },
    [...block],
  );
}

const withoutMarks = (line: string): string =>
  line
    .replace(quote, '')
    .replace(/^\s{0,12}(?:[-*+] |\d{1,2}[.)] )?(?:\[[ xX]\] )?/, '')
    .replaceAll('**', '')
    .replaceAll('`', '')
    .replaceAll('|', ' ')
    .trim();

const subject =
  /^(?:[\w@/.-]{1,40} )?(?:version|release|os|operating system|platform|architecture|arch|node(?:\.?js)?|npm|yarn|pnpm|bun|deno|python|pip|java|jdk|kotlin|gradle|maven|go(?:lang)?|rust(?:c)?|cargo|ruby|rails|bundler|php|composer|\.net(?: core| sdk)?|dotnet|swift|xcode|gcc|clang|cmake|docker|kubernetes|postgres(?:ql)?|mysql|redis|browser|chrome|firefox|safari|edge|typescript|react|vue|angular|next(?:\.js)?|django|flask|spring(?: boot)?)\b/i;

const isEnvironment = (line: string): boolean =>
  line.length < 200 &&
  subject.test(line) &&
  /\d|linux|windows|mac|ubuntu|debian|alpine/i.test(line) &&
  /[:=]|\bv?\d/.test(line);

const semver = /(?<![\w.])v?(\d{1,5}\.\d{1,5}(?:\.\d{1,6})?(?:-[\w.]{1,30})?)(?![\w.]*\d\.)/;
/** Someone else's version: said of a runtime or a system, not of the software that the issue is about. */
const runtimeLine =
  /^(?:os|operating system|platform|arch|node|npm|yarn|pnpm|bun|deno|python|pip|java|jdk|go(?:lang)?\b|rust|cargo|ruby|php|\.net|dotnet|swift|gcc|clang|docker|browser|chrome|firefox|safari|edge|ubuntu|debian|windows|macos)/i;

function versionsIn(lines: readonly string[]): string[] {
  const said = lines.flatMap((line, index) => {
    if (line.length > 300 || runtimeLine.test(line)) return [];
    const words = /\b(?:version|release|since|affects?|regression|broken in|upgrad\w{1,4}|updat\w{1,4}) ?/i;
    const isHeading = /^#{0,6} ?(?:affected |package |library |app )?version\b/i.test(
      lines[index - 1] || (lines[index - 2] ?? ''),
    );
    const version = words.test(line) || isHeading ? semver.exec(line)?.[1] : undefined;
    return version ? [version] : [];
  });
  return [...new Set(said)].slice(0, mostVersions);
}

function linksIn(text: string, repository: string): Pick<IssueText, 'runs' | 'commits'> {
  const base = repository.replace(/\/+$/, '').replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const runs = [
    ...text.matchAll(
      new RegExp(`${base}/actions/runs/(\\d{1,15})(?:/attempts/(\\d{1,4}))?(?:/jobs?/(\\d{1,15}))?(?![\\w/])`, 'gi'),
    ),
  ].map(([, id, attempt, job]) => ({
    id: Number(id),
    ...(attempt ? { attempt: Number(attempt) } : {}),
    ...(job ? { jobId: Number(job) } : {}),
  }));
  const commits = [...text.matchAll(new RegExp(`${base}/commit/([0-9a-f]{7,40})(?![0-9a-z])`, 'gi'))].map(
    ([, sha = '']) => sha.toLowerCase(),
  );
  const distinct = new Map(runs.map((run) => [run.id, run]));
  return { runs: [...distinct.values()].slice(0, mostLinks), commits: [...new Set(commits)].slice(0, mostLinks) };
}
