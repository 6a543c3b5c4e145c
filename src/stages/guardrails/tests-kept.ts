// Rule: existing tests stay as they are, and new ones really test. Judged on syntax trees; on lines where there is none.
import type { PatchedFile } from '../../incident/case-file.ts';
import { type Interned, type Shape, type Shaped, shapeOf } from '../../syntax/shape.ts';
import type { Finding, Rule } from './rule.ts';
import { problemsOfAdded } from './tests-added.ts';
import { problemsOfCorrected } from './tests-corrected.ts';
import { blockOf, isImport, judgedGrammars } from './tests-grammar.ts';
import { growth, type Loss } from './tests-growth.ts';
import { problemsOfLines } from './tests-lines.ts';
import type { Problem, TestFile } from './tests-placed.ts';

const rule = 'tests-kept';
const maxFindings = 12;
const acceptable = 'leave existing tests as they are and add a new one beside them';
/** What a test compares with, or what a runner takes in place of the program. */
const recorded =
  /(?:^|\/)(?:__snapshots__|__image_snapshots__|snapshots)\/|\.(?:snap|ambr|golden|approved\.\w+|verified\.\w+)$/i;
const replacing = /(?:^|\/)__mocks__\//;

export const testsKept: Rule = async (files, { diagnosis }) => {
  const found = await Promise.all(
    files.map(async (file) => ({ file, problems: await problemsOf(file, diagnosis.kind === 'test') })),
  );
  return found.flatMap(({ file, problems }) =>
    problems.slice(0, maxFindings).map((one): Finding => ({ rule, path: file.path, ...one })),
  );
};

/** The paths of the files in which existing tests changed, and did not just grow. */
export async function changesExistingTests(files: readonly PatchedFile[]): Promise<string[]> {
  const changed = await Promise.all(
    files.map(async (file) => {
      if (file.before === null) return false;
      const judged = await treesOf(file);
      if (!judged) return problemsOfLines(file, false).length > 0;
      return judged.before !== undefined && growth(judged.before, judged.after, judged.grammar).losses.length > 0;
    }),
  );
  return files.filter((_, i) => changed[i]).map(({ path }) => path);
}

async function problemsOf(file: PatchedFile, testIsWrong: boolean): Promise<Problem[]> {
  const { path, before } = file;
  if (recorded.test(path) && before !== null)
    return [{ line: 1, why: 'the file is what existing tests are compared with', acceptable }];
  if (replacing.test(path))
    return [
      { line: 1, why: 'the file stands in for a module in every test', acceptable: 'a double within the new test' },
    ];
  const judged = await treesOf(file);
  if (!judged) return problemsOfLines(file, testIsWrong);
  if (testIsWrong && judged.before) return problemsOfCorrected({ ...judged, before: judged.before });
  const { losses, additions } = judged.before
    ? growth(judged.before, judged.after, judged.grammar)
    : { losses: [], additions: allOf(judged.after) };
  return [...losses.map((loss) => lossProblem(loss, judged)), ...problemsOfAdded(additions, judged)];
}

const allOf = (root: Shape) =>
  root.children.map((shape) => ({ shape, place: 'file' as const, into: root, isLast: true }));

/** Undefined where lines have to do: no grammar, no tree within bounds, or a tree with holes. */
async function treesOf(file: PatchedFile): Promise<TestFile | undefined> {
  const interned: Interned = new Map();
  const before = file.before === null ? undefined : await shapeOf(file.path, file.before, interned);
  const after = await shapeOf(file.path, file.after, interned);
  if (!after || after.isBroken || before?.isBroken || !judgedGrammars.has(after.grammar)) return undefined;
  if (file.before !== null && !before) return undefined;
  const own = (shaped: Shaped): Shape => (file.isTest ? shaped.root : testsOf(shaped));
  return { after: own(after), grammar: after.grammar, ...(before ? { before: own(before) } : {}) };
}

/** Of a program's file only the tests that stand in it, as in Rust. */
function testsOf({ root, grammar }: Shaped): Shape {
  const byCalls = /^(?:javascript|typescript|tsx|ruby|rust|c-sharp)$/.test(grammar);
  const usesFramework =
    byCalls || root.children.some((one) => isImport(one) && /unittest|pytest|junit|testng|PHPUnit/.test(one.text));
  const children = usesFramework ? root.children.filter((one) => blockOf(one, grammar) !== undefined) : [];
  return { ...root, id: -1 - children.reduce((sum, { id }) => (sum * 31 + id) % 1_000_003, 7), children };
}

function lossProblem({ before, after, test }: Loss, { grammar }: TestFile): Problem {
  const line = after?.line ?? before.line;
  const own = blockOf(before, grammar);
  const quoted = `\`${(before.text.split('\n')[0] ?? '').slice(0, 120)}\``;
  if (!after && own?.kind === 'test')
    return { line, why: `the existing test \`${own.title}\` is gone, renamed or switched off`, acceptable };
  const where = test === undefined ? 'what existing tests rest on' : `the existing test \`${test}\``;
  return { line, why: `${where} is changed: ${after ? quoted : `${quoted} is removed`}`, acceptable };
}
