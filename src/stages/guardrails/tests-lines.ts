// A test file that no tree could be had of → what its lines tell: nothing that was there may go, and nothing may be muted.
import type { PatchedFile } from '../../incident/case-file.ts';
import { type ChangedLine, changedLines } from './changed-lines.ts';
import type { Problem } from './tests-placed.ts';

/** Longer lines are refused for their size. */
const maxRead = 2_000;

/** The name of a test case, in the capture group that matched. */
const cases = [
  /^\s*(?:async\s+)?def\s+(test\w*)\s*\(/, // pytest, unittest, minitest
  /^\s*(?:it|test|specify|scenario)(?:\.\w+)*\s*\(\s*(['"`].+?['"`])/, // jest, vitest, mocha, node:test, jasmine
  /^\s*(?:it|specify|scenario|test)\s+(['"].+?['"])\s+do\b/, // rspec, rails
  /^func\s+((?:Test|Fuzz|Example)\w*)\s*\(/, // go
  /^\s*(?:@Test|#\[(?:\w+::)?test\]|\[(?:Fact|Theory|Test|TestMethod)\])()/, // junit, rust, .NET: the mark alone
  /^\s*(?:public\s+)?function\s+(test\w*)\s*\(/, // phpunit
];
const assertion =
  /\b(?:assert\w*|expect\w*|should\w*|require\.\w+|verify\w*|refute\w*|must_\w+|wont_\w+)\b\s*[!.(\s]|\bt\.(?:is|equal|deepEqual|ok|throws|true|false|Error|Errorf|Fatal|Fatalf|Fail|FailNow)\(|\.(?:to|toBe|toEqual|should)\b|pytest\.raises/;
const muted = [
  {
    mark: /\b(?:it|test|describe|context|suite|specify)\.(?:skip|todo|failing|fixme|skipIf|runIf)\b/,
    what: 'skips a test',
  },
  {
    mark: /\b(?:it|test|describe|context|suite|specify)\.only\b|(?<![.\w])[fx](?:it|describe|test|context|specify)\s*\(?\s*['"`]/,
    what: 'focuses or skips a test',
  },
  {
    mark: /@(?:unittest\.)?(?:skip\w*|expectedFailure)\b|\bpytest\.(?:mark\.)?(?:skip\w*|xfail|importorskip)\b|\.skipTest\s*\(|\bSkipTest\b/,
    what: 'skips a test',
  },
  { mark: /\b[tb]\.(?:Skip|Skipf|SkipNow)\s*\(/, what: 'skips a test' },
  {
    mark: /@(?:Disabled|Ignore)\b|#\[ignore|\[Ignore|\bSkip\s*=\s*"|markTestSkipped|markTestIncomplete/,
    what: 'skips a test',
  },
  { mark: /\{[^}]*\b(?:skip|todo|only)\s*:(?!\s*(?:false\b|\d))/, what: 'skips or focuses a test' },
  { mark: /^\s*(?:pending|skip)\b\s*(?:\(|['"]|$)/, what: 'skips a test' },
  { mark: /\bt(?:est)?\.(?:skip|todo)\s*\(/, what: 'skips a test' },
];
const mutedAnywhere = [
  { mark: /\|\|\s*(?:true\b|:(?=\s|$)|exit 0\b)/, what: "hides a command's failure" },
  {
    mark: /--(?:passWithNoTests|pass-with-no-tests|no-fail)\b|continue-on-error|allow_failure/,
    what: 'lets a failure pass',
  },
];

const beside = 'leave existing tests as they are and add a new one beside them';
const programs =
  /\.(?:kts?|scala|groovy|swift|fs|vb|dart|exs?|clj|erl|hs|ml|lua|p[lm]|t|R|jl|c|cc|cpp|cxx|h|hh|hpp|hxx|m|mm|cu|sh|bash|bats|zsh|ps1|psm1|vue|svelte|astro|feature|robot|cljs?|nim|zig|cr|pas|f90|sol|[cm]?[jt]sx?|pyi?|go|java|rb|rs|cs|php)$/i;

/** Data of existing tests may not change at all: any line of it may be what a test compares with. */
export function problemsOfLines(file: PatchedFile, testIsWrong: boolean): Problem[] {
  const { added, removed } = changedLines(file);
  const muted = mutedIn(file, added, removed);
  if (!file.isTest || file.before === null) return muted;
  if (testIsWrong) return [...lostIn(file, removed, added), ...muted];
  const isData = !programs.test(file.path);
  if (isData && added.length + removed.length > 0)
    return [
      {
        line: added[0]?.line ?? 1,
        why: 'the file is data that existing tests use',
        acceptable: 'a new file beside it',
      },
    ];
  const gone = removed.filter(({ text }) => withoutComment(text).trim() !== '');
  return [
    ...gone.map(({ line, text }) => ({
      line,
      why: `a line of the existing tests is removed or changed: ${quoted(text)}`,
      acceptable: beside,
    })),
    ...muted,
  ];
}

const quoted = (text: string): string => `\`${text.trim().slice(0, 120)}\``;

/** Where the test itself is the cause a line may change, but no case and no assertion may go. */
function lostIn(
  { before, after }: PatchedFile,
  removed: readonly ChangedLine[],
  added: readonly ChangedLine[],
): Problem[] {
  const names = caseNames(after);
  const lost = [...caseNames(before ?? '')]
    .filter(([name, count]) => (names.get(name) ?? 0) < count)
    .map(
      ([name]): Problem => ({
        line: 1,
        why: `the existing test ${name || '(by its mark)'} is gone, renamed or switched off`,
        acceptable: beside,
      }),
    );
  const asserted = (lines: readonly ChangedLine[]) =>
    lines.filter(({ text }) => assertion.test(withoutComment(text.slice(0, maxRead))));
  const [first] = asserted(removed);
  if (!first || asserted(added).length >= asserted(removed).length) return lost;
  return [
    ...lost,
    { line: first.line, why: `an existing assertion is removed: ${quoted(first.text)}`, acceptable: beside },
  ];
}

function mutedIn(file: PatchedFile, added: readonly ChangedLine[], removed: readonly ChangedLine[]): Problem[] {
  const before = new Set(removed.map(({ text }) => text.trim()));
  const marks = file.isTest ? [...muted, ...mutedAnywhere] : mutedAnywhere;
  if (!file.isTest && !runsCommands(file.path)) return [];
  return added.flatMap(({ line, text }): Problem[] => {
    const found = before.has(text.trim())
      ? undefined
      : marks.find(({ mark }) => mark.test(withoutComment(text.slice(0, maxRead))));
    const acceptable = 'a test that runs and fails when the behaviour is wrong';
    return found ? [{ line, why: `the line ${found.what}: ${quoted(text)}`, acceptable }] : [];
  });
}

/** `a || true` is an ordinary expression in a program, and a mute only where commands are written. */
const runsCommands = (path: string): boolean =>
  /\.(?:sh|bash|zsh|ya?ml|json|toml|ini|cfg|mk|bat|ps1)$|(?:^|\/)(?:Makefile|Dockerfile|Justfile)$/.test(path);

/** A case or an assertion that was commented out is gone. */
const withoutComment = (text: string): string => (/^\s*(?:\/\/|#(?!\[)|\*|\/\*|--)/.test(text) ? '' : text);

function caseNames(text: string): Map<string, number> {
  return counted(
    text.split('\n').flatMap((line) => {
      const name = cases.map((pattern) => pattern.exec(withoutComment(line))?.[1]).find((found) => found !== undefined);
      return name === undefined ? [] : [name];
    }),
  );
}

function counted(items: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
  return counts;
}
