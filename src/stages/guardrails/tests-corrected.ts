// A test file whose own tests are the cause, before and after → what may not happen even then: a test that goes, or one that says less.
import type { GrammarName } from '../../syntax/grammars.ts';
import { type Shape, within } from '../../syntax/shape.ts';
import { type Assertion, assertingHelpers, assertionsIn } from './tests-assertions.ts';
import { blockOf, importedNames, isCall, isClass, isFunction, isNamedFunction, itemOf } from './tests-grammar.ts';
import type { Problem, TestFile } from './tests-placed.ts';
import { signsIn } from './tests-signs.ts';

const acceptable = 'the same test with its expectation mended';

export function problemsOfCorrected({ before, after, grammar }: TestFile & { before: Shape }): Problem[] {
  const old = collected(before, grammar);
  const now = collected(after, grammar);
  const helpers = assertingHelpers(after, grammar);
  const problems = [...old].flatMap(([path, tests]) => {
    const kept = now.get(path) ?? [];
    return tests.flatMap((test, i): Problem[] => {
      const same = kept[i];
      if (!same)
        return [
          {
            line: test.line,
            why: `the existing test \`${shown(path)}\` is gone, renamed or not collected any more`,
            acceptable,
          },
        ];
      return test.id === same.id ? [] : weakened(test, same, { path, grammar, helpers });
    });
  });
  const added = [...now].flatMap(([path, tests]) => tests.slice(old.get(path)?.length ?? 0));
  return [
    ...problems,
    ...shadowed(now, old),
    ...newSigns(before, after, grammar),
    ...added
      .filter((test) => !says(test, grammar, helpers))
      .map(({ line }) => ({
        line,
        why: 'the added test asserts nothing that can fail',
        acceptable: 'an assertion about what the program returns or does',
      })),
  ];
}

const says = (test: Shape, grammar: GrammarName, helpers: ReadonlySet<string>): boolean =>
  assertionsIn(test, grammar, helpers).some(({ strength }) => strength > 0);

const shown = (path: string): string => path.split('\n').join(' > ').slice(0, 200);

/** Tests that a framework finds, by the titles around them; not those in functions nobody calls. */
function collected(root: Shape, grammar: GrammarName): Map<string, Shape[]> {
  const found = new Map<string, Shape[]>();
  const open: { shape: Shape; path: string }[] = [{ shape: root, path: '' }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { shape, path } = next;
    const block = blockOf(shape, grammar);
    const own = block
      ? `${path}${path && '\n'}${block.title}`
      : /^(?:if|unless|while|preproc_if)/.test(shape.type)
        ? `${path}\n(${shape.text.split('\n')[0] ?? ''})`
        : path;
    if (block?.kind === 'test') found.set(own, [...(found.get(own) ?? []), shape]);
    const item = itemOf(shape);
    const isUncalled =
      block === undefined && shape !== root && (isNamedFunction(item) || isFunctionValue(item)) && !isClass(item);
    const inner = block?.kind === 'test' ? innermost(shape) : shape;
    if (!isUncalled)
      for (let i = inner.children.length - 1; i >= 0; i--) open.push({ shape: inner.children[i] ?? inner, path: own });
  }
  return found;
}

const isFunctionValue = ({ type, children }: Shape): boolean => {
  const value = children.at(-1);
  return type === 'variable_declarator' && value !== undefined && isFunction(value);
};

/** A decorated test is one test, not two. */
const innermost = (shape: Shape): Shape => (isCall(shape) ? shape : itemOf(shape));

function weakened(
  test: Shape,
  same: Shape,
  { path, grammar, helpers }: { path: string; grammar: GrammarName; helpers: ReadonlySet<string> },
): Problem[] {
  const [old, now] = [assertionsIn(test, grammar, helpers), assertionsIn(same, grammar, helpers)];
  for (const least of [1, 2]) {
    const count = (all: typeof old): number => all.filter(({ strength }) => strength >= least).length;
    if (count(now) < count(old)) {
      const less =
        least === 1
          ? `${count(old)} assertions that can fail, and now ${count(now)}`
          : 'an assertion on an exact value, and now a looser one';
      return [{ line: same.line, why: `the existing test \`${shown(path)}\` had ${less}`, acceptable }];
    }
  }
  return waysOut(same, now) > waysOut(test, old)
    ? [
        {
          line: same.line,
          why: `the existing test \`${shown(path)}\` may now end before its last assertion`,
          acceptable,
        },
      ]
    : [];
}

/** `return`, `continue`, `next` before the last assertion. */
function waysOut(test: Shape, assertions: readonly Assertion[]): number {
  const last = Math.max(-1, ...assertions.map(({ shape }) => shape.start));
  return [...within(test)].filter(
    ({ type, start }) => /^(?:return|continue|break|next)(?:_statement|_expression)?$/.test(type) && start < last,
  ).length;
}

/** In Python, Ruby and PHP a second function of the same name replaces the first. */
function shadowed(now: ReadonlyMap<string, Shape[]>, old: ReadonlyMap<string, Shape[]>): Problem[] {
  return [...now].flatMap(([path, tests]) => {
    const last = tests.at(-1);
    const isMore = tests.length > Math.max(1, old.get(path)?.length ?? 0);
    return isMore && last
      ? [{ line: last.line, why: `there are two tests \`${shown(path)}\``, acceptable: 'a name of its own' }]
      : [];
  });
}

function newSigns(before: Shape, after: Shape, grammar: GrammarName): Problem[] {
  const left = new Map<string, number>();
  const keyOf = ({ what, shape }: { what: string; shape: Shape }): string =>
    `${what} ${shape.type} ${[...within(shape)].length > 200 ? '' : shape.id}`;
  for (const sign of signsIn(before, grammar, importedNames(before)))
    left.set(keyOf(sign), (left.get(keyOf(sign)) ?? 0) + 1);
  return signsIn(after, grammar, importedNames(after)).flatMap((sign) => {
    const known = left.get(keyOf(sign)) ?? 0;
    left.set(keyOf(sign), known - 1);
    return known > 0 ? [] : [{ line: sign.shape.line, why: `the changed code ${sign.what}`, acceptable }];
  });
}
