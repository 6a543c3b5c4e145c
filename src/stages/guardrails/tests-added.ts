// What was added to a test file → why it may not stand there: it hides, shadows or steers existing tests, or tests nothing.
import type { GrammarName } from '../../syntax/grammars.ts';
import { type Shape, within } from '../../syntax/shape.ts';
import { assertingHelpers, assertionsIn } from './tests-assertions.ts';
import { blockOf, boundNames, importedNames, isClass, isNamedFunction, namesIn } from './tests-grammar.ts';
import type { Addition } from './tests-growth.ts';
import { patchedIn } from './tests-patched.ts';
import { misplacedBecause, type Problem, problem, shadowing, type TestFile } from './tests-placed.ts';
import { isEcmascript, signsIn } from './tests-signs.ts';

export function problemsOfAdded(additions: readonly Addition[], file: TestFile): Problem[] {
  const taken = file.before ? namesIn(file.before) : new Set<string>();
  // A new file of JavaScript has its modules to itself.
  const isAlone = file.before === undefined && isEcmascript(file.grammar);
  const imported = new Set(
    isAlone
      ? []
      : [
          ...importedNames(file.after),
          ...(file.before?.children ?? []).filter((one) => !isNamedFunction(one) && !isClass(one)).flatMap(boundNames),
        ],
  );
  const last = lastKept(file, additions);
  const helpers = assertingHelpers(file.after, file.grammar);
  return additions.flatMap((addition) => {
    const { shape, place } = addition;
    const surroundings = { imported, isOldFile: file.before !== undefined, isFollowed: shape.start < last };
    if (place === 'import') return shadowing([shape.text], shape, taken);
    const misplaced = misplacedBecause(addition, file, taken);
    const signs = signsIn(shape, file.grammar, imported).map(({ what, shape: at }) =>
      problem(at, `the added code ${what}`, 'a test that runs, and fails when the behaviour is wrong'),
    );
    const tested = [...within(shape, (one) => blockOf(one, file.grammar)?.kind !== 'test')].filter(
      (one) => blockOf(one, file.grammar)?.kind === 'test',
    );
    return [
      ...misplaced,
      ...signs,
      ...patchedIn(shape, surroundings).map((at) =>
        problem(
          at,
          'the added call replaces what existing tests exercise',
          'a double that is restored, or a new test file',
        ),
      ),
      ...tested.flatMap((test) => emptiness(test, file.grammar, helpers)),
    ];
  });
}

/** Where the last of the old tests begins. */
function lastKept({ after, before, grammar }: TestFile, additions: readonly Addition[]): number {
  if (!before) return -1;
  const added = new Set(additions.map(({ shape }) => shape));
  const kept = [...within(after, (one) => !added.has(one))].filter(
    (one) => !added.has(one) && blockOf(one, grammar)?.kind === 'test',
  );
  return kept.at(-1)?.start ?? -1;
}

function emptiness(test: Shape, grammar: GrammarName, helpers: ReadonlySet<string>): Problem[] {
  const title = blockOf(test, grammar)?.title ?? '';
  if (grammar === 'go' && /^(?:Benchmark|Example|Fuzz)/.test(title)) return [];
  const assertions = assertionsIn(test, grammar, helpers);
  if (assertions.some(({ strength }) => strength > 0)) return [];
  const why =
    assertions.length === 0
      ? 'the added test asserts nothing that can be reached'
      : 'the added test asserts only what is always true';
  return [problem(test, why, 'an assertion about what the program returns or does')];
}
