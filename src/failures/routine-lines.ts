// Lines of output → those worth showing: not what went well, how far something has come, or how a runtime called itself.
import type { LogLine } from './job-log.ts';

/** A check that passed, as test runners, linters and build tools print it. */
const passed =
  /^\s*(?:[✓✔√]|ok\b|PASS(?:ED)?\b|--- PASS|=== (?:RUN|PAUSE|CONT|NAME)\b|\?\s+\S+\s+\[no test files\]|\[\s*(?:OK|RUN|PASSED)\s*\])|\b(?:PASSED|ok|passed|SUCCESS|SKIPPED|UP-TO-DATE|NO-SOURCE|FROM-CACHE)(?:\s*\[\s*[\d:.]{1,8}\s?m?s?%?\])?\s*$|\bFailures: 0, Errors: 0\b/;
/** Downloads, installations, rows of dots, and Maven's names of plugins and test classes. */
const progress =
  /^\s*(?:\[INFO\]\s*(?:$|-{3}|Running |Download|Using |Copying )|Download|go: downloading|Requirement already satisfied|Collecting |Using cached|Installing |Unpacking |Setting up |Selecting previously|Preparing to unpack|Get:\d|Hit:\d|remote: |Receiving objects|Resolving deltas|> Task \S+$|Compiling \S+ v\d|[.\s]+$|\.{10}|\d{1,3}%)/;

/** Worth no room in an excerpt, wherever it stands. */
export const isRoutine = (text: string): boolean => passed.test(text) || progress.test(text) || text.trim() === '';

/** Frames of runtimes, test frameworks and libraries, in the middle of a trace that begins and ends elsewhere. */
const foreignFrame =
  /^\s*(?:\[\w{1,20}\]\s*)?(?:at (?:java\.base\/|java\.|javax\.|jdk\.|sun\.|com\.sun\.|org\.(?:junit|gradle|testng|apache\.maven)\.|node:|.{0,300}[/\\]node_modules[/\\]|.{0,300}\(node:internal)|(?:File ")?<frozen |(?:File ")?\S{1,300}[/\\](?:site-packages|lib[/\\]python\d)[/\\.])/;
/** Python prints a frame's code below it. */
const pythonFrame = /^\s*File "|:\d{1,7}: in /;

export function withoutForeignFrames(lines: readonly LogLine[]): LogLine[] {
  let indent = Number.POSITIVE_INFINITY;
  return lines.filter(({ text }) => {
    const own = text.search(/\S|$/);
    if (own > indent) return false;
    const isForeign = foreignFrame.test(text);
    indent = isForeign && pythonFrame.test(text) ? own : Number.POSITIVE_INFINITY;
    return !isForeign;
  });
}
