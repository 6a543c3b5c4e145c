// The last words of Maven, Gradle and Ant in the lines → how the build ended that a line belongs to.
import type { LogLine } from '../job-log.ts';

/** Not behind spaces: what a test of a build tool prints is no verdict on the build. */
const verdict =
  /^(?:\[\w{1,10}\] )?BUILD (?:(?<passed>SUCCESS|SUCCESSFUL)|FAILURE|FAILED)(?: (?:\(total time: .{1,40}|in .{1,40}))?$/;

/** By line number; undefined where none of them says how it ended. */
export function buildVerdicts(lines: readonly LogLine[]): (line: number) => 'passed' | 'failed' | undefined {
  const ends: { line: number; passed: boolean }[] = [];
  for (const { number, text } of lines) {
    if (!text.includes('BUILD ')) continue;
    const match = verdict.exec(text.trimEnd());
    if (match) ends.push({ line: number, passed: match.groups?.passed !== undefined });
  }
  let next = 0;
  return (line) => {
    // Asked in order, it never looks back: a log may end as many builds as it has lines.
    if ((ends[next - 1]?.line ?? 0) >= line) next = 0;
    while ((ends[next]?.line ?? line) < line) next += 1;
    const end = ends[next];
    return end && (end.passed ? 'passed' : 'failed');
  };
}
