// A line of output → whether it only says that something went well, or how far something has come.

/** A check that passed, as test runners, linters and build tools print it. */
const passed =
  /^\s*(?:[✓✔√]|ok\b|PASS(?:ED)?\b|--- PASS|=== (?:RUN|PAUSE|CONT|NAME)\b|\?\s+\S+\s+\[no test files\]|\[\s*(?:OK|RUN|PASSED)\s*\])|\b(?:PASSED|ok|passed|SUCCESS|SKIPPED|UP-TO-DATE|NO-SOURCE|FROM-CACHE)(?:\s*\[\s*[\d:.]{1,8}\s?m?s?%?\])?\s*$|\bFailures: 0, Errors: 0\b/;
/** Downloads, installations, rows of dots, and Maven's names of plugins and test classes. */
const progress =
  /^\s*(?:\[INFO\]\s*(?:$|-{3}|Running |Download|Using |Copying )|Download|go: downloading|Requirement already satisfied|Collecting |Using cached|Installing |Unpacking |Setting up |Selecting previously|Preparing to unpack|Get:\d|Hit:\d|remote: |Receiving objects|Resolving deltas|> Task \S+$|Compiling \S+ v\d|[.\s]+$|\.{10}|\d{1,3}%)/;

/** Worth no room in an excerpt, wherever it stands. */
export const isRoutine = (text: string): boolean => passed.test(text) || progress.test(text) || text.trim() === '';
