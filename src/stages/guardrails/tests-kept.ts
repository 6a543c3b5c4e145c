// Rule: no existing test loses a case or an assertion, and no test is skipped, focused or muted. Line by line, so strict rather than clever.
import type { PatchedFile } from '../../incident/case-file.ts';
import { type ChangedLine, changedLines } from './changed-lines.ts';
import type { Finding, Rule } from './rule.ts';

const rule = 'tests-kept';
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

export const testsKept: Rule = (files, { diagnosis }) =>
  files.flatMap((file) => {
    const lines = changedLines(file);
    const lost =
      file.isTest && file.before !== null ? lostIn(file, lines.removed, lines.added, diagnosis.kind === 'test') : [];
    return [...lost, ...mutedIn(file, lines.added, lines.removed)];
  });

function lostIn(file: PatchedFile, removed: ChangedLine[], added: ChangedLine[], testIsWrong: boolean): Finding[] {
  const { path } = file;
  const acceptable = 'leave existing tests as they are and add a new one beside them';
  const names = caseNames(file.after);
  const lostCases = [...caseNames(file.before ?? '')]
    .filter(([name, count]) => (names.get(name) ?? 0) < count)
    .map(([name]): Finding => {
      const why = `the existing test ${name === '' ? '(by its mark)' : name} is gone, renamed or switched off`;
      return { rule, path, why, acceptable };
    });
  const dense = ({ text }: ChangedLine) => withoutComment(text).replace(/\s+/g, '');
  const kept = counted(added.map(dense));
  const lostAssertions = removed.filter((line) => {
    if (!assertion.test(withoutComment(line.text))) return false;
    const left = kept.get(dense(line)) ?? 0;
    kept.set(dense(line), left - 1);
    return left <= 0;
  });
  // Where the test itself is the cause an assertion may change, but none may go.
  const replacements = added.filter(({ text }) => assertion.test(withoutComment(text))).length;
  const all = removed.filter(({ text }) => assertion.test(withoutComment(text))).length;
  if (testIsWrong && replacements >= all) return lostCases;
  return [
    ...lostCases,
    ...lostAssertions.map((line): Finding => {
      const why = `an existing assertion is removed or changed: \`${line.text.trim().slice(0, 120)}\``;
      return { rule, path, why, acceptable };
    }),
  ];
}

function mutedIn(file: PatchedFile, added: readonly ChangedLine[], removed: readonly ChangedLine[]): Finding[] {
  const before = new Set(removed.map(({ text }) => text.trim()));
  const marks = file.isTest ? [...muted, ...mutedAnywhere] : mutedAnywhere;
  return added.flatMap(({ line, text }): Finding[] => {
    if (before.has(text.trim())) return [];
    const found = marks.find(({ mark }) => mark.test(withoutComment(text.slice(0, maxRead))));
    if (!found || (!file.isTest && !runsCommands(file.path))) return [];
    const acceptable = 'a test that runs and fails when the behaviour is wrong';
    return [
      { rule, path: file.path, line, why: `the line ${found.what}: \`${text.trim().slice(0, 120)}\``, acceptable },
    ];
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
