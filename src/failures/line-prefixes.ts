// Output that a runner of tasks or containers wrote its own prefix before → each task's lines by themselves, as its tools printed them.
import type { LogLine } from './job-log.ts';

/** pnpm -r and Lerna, Turborepo and Nx, concurrently and Nx, docker compose, docker build with `--progress=plain`. */
const prefixes: readonly RegExp[] = [
  /^(#\d{1,5}) \d{1,7}\.\d{1,4} /,
  /^([\w@./-]{1,100}:[\w:-]{1,60}): ?/,
  /^([\w@./-]{1,100} [\w:-]{1,60}): ?/,
  // Levels of loggers and the numbers of code are no tasks' names.
  /^(?!\[(?:INFO|ERROR|WARN|WARNING|DEBUG|TRACE|FATAL|SEVERE|NOTICE)\])(\[[\w@./ -]{1,60}\]):? /i,
  /^(?!\d+ )([\w.-]{1,60}) {1,20}\| /,
];
/** What stands alone is a sentence with a colon. */
const fewestLines = 3;
const mostGroups = 200;

export function prefixedGroups(lines: readonly LogLine[]): LogLine[][] {
  const groups = new Map<string, LogLine[]>();
  for (const line of lines) {
    for (const prefix of prefixes) {
      const match = prefix.exec(line.text);
      if (!match?.[1]) continue;
      const group = groups.get(match[1]) ?? [];
      if (groups.size < mostGroups || group.length > 0) groups.set(match[1], group);
      group.push({ ...line, text: line.text.slice(match[0].length) });
      break;
    }
  }
  return [...groups.values()].filter((group) => group.length >= fewestLines);
}
