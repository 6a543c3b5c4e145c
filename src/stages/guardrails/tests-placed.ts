// Code and the place in a test file that it was added to → why it may not stand there: existing tests would run otherwise.
import type { GrammarName } from '../../syntax/grammars.ts';
import { type Shape, within } from '../../syntax/shape.ts';
import { assertionsIn } from './tests-assertions.ts';
import {
  blockOf,
  boundNames,
  calleeOf,
  importedAs,
  isCall,
  isClass,
  isFunction,
  isImport,
  isNamedFunction,
  itemOf,
  nameOf,
  namesIn,
} from './tests-grammar.ts';
import type { Addition } from './tests-growth.ts';

export interface Problem {
  line: number;
  why: string;
  acceptable: string;
}

/** The file as it was (absent where it is new) and as it will be. */
export interface TestFile {
  before?: Shape;
  after: Shape;
  grammar: GrammarName;
}

const beside = 'leave existing tests as they are and add a new one beside them';
const inside = 'the same within the new test, or in a new suite that holds only new tests';

export const problem = ({ line, text }: Shape, why: string, acceptable: string): Problem => ({
  line,
  why: `${why}: \`${(text.split('\n')[0] ?? '').slice(0, 120)}\``,
  acceptable,
});
export function misplacedBecause(addition: Addition, file: TestFile, taken: ReadonlySet<string>): Problem[] {
  const { shape, place } = addition;
  if (place === 'file' || place === 'suite') return inSuite(addition, file, taken);
  if (place === 'frozen') return [problem(shape, 'code is added to a helper or hook of existing tests', beside)];
  if (place === 'runner') return inRunner(shape, taken);
  if (blockOf(shape, file.grammar)?.kind === 'test') return [];
  return inTest(addition, file);
}

/** One more test is called; anything else would run with the others. */
function inRunner(shape: Shape, taken: ReadonlySet<string>): Problem[] {
  const called = /^(\w+)\(\);?$/.exec(shape.text)?.[1];
  return called !== undefined && !taken.has(called)
    ? []
    : [problem(shape, 'code is added to the `main` that runs existing tests', 'a call of the new test')];
}

/** What is loaded or inherited together with existing tests. */
function inSuite({ shape, into }: Addition, file: TestFile, taken: ReadonlySet<string>): Problem[] {
  const { grammar, before } = file;
  if (isImport(shape) && !(grammar === 'php' && shape.type === 'use_declaration')) {
    if (before && /^(?:import\s*|require\s*\(\s*)['"`]\./.test(shape.text))
      return [
        problem(
          shape,
          'the added import is only there for what it does when loaded',
          'an import of what the new tests use',
        ),
      ];
    if (grammar === 'python' && /import\s*\(?\s*\*/.test(shape.text))
      return [
        problem(
          shape,
          'the added import may shadow any name of the existing tests',
          'an import that names what it brings',
        ),
      ];
    return shadowing(importedAs(shape), shape, taken);
  }
  if (/^(?:php_tag|package_clause|empty_statement|access_specifier|mod_item)$/.test(shape.type) && grammar !== 'rust')
    return [];
  if (before === undefined) return [];
  const block = blockOf(shape, grammar);
  if (/^comment$|^use_declaration$/.test(shape.type) && grammar !== 'rust')
    return [problem(shape, 'the added line changes how existing tests are run', inside)];
  if (block?.kind === 'hook' || isLifecycle(itemOf(shape)))
    return [problem(shape, 'the added hook also runs before or after existing tests', inside)];
  if (block && isCall(shape)) return sameTitle(block.title, shape, into, grammar);
  const declared = itemOf(shape);
  if (
    isNamedFunction(declared) ||
    isClass(declared) ||
    /(?:_declaration|_item|_spec|_definition|^assignment|^const_declaration)$/.test(declared.type)
  ) {
    // Two classes may have a test of the same name; a class may not have two.
    const known = block?.kind === 'test' ? new Set(into.children.map((one) => nameOf(itemOf(one)))) : taken;
    const isFresh = shadowing(declaredIn(declared), shape, known);
    return isFresh.length > 0 ? isFresh : whileLoading(declared, taken);
  }
  if (isCall(shape) && boundNames(shape).length > 0) return shadowing(boundNames(shape), shape, taken);
  const holdsTests =
    /^for|^call|_call_expression$|^call_expression$/.test(shape.type) &&
    [...within(shape)].some((one) => blockOf(one, grammar)?.kind === 'test');
  return holdsTests
    ? []
    : [problem(shape, 'the added statement runs when the file is loaded, and so for existing tests too', inside)];
}

/** Methods and members that a runner calls or obeys by their name, their mark or their kind. */
const isLifecycle = (shape: Shape): boolean =>
  shape.type === 'constructor_declaration' ||
  /^\s*(?:@(?:Class)?Rule|@RegisterExtension|@TempDir|\[ModuleInitializer)/.test(shape.text.slice(0, 200)) ||
  ((isNamedFunction(shape) || shape.type === 'assignment') &&
    /^(?:run|runTest|runBare|onNotSuccessfulTest|transformException|set_?up\w*|tear_?down\w*|__\w+__|__\w+|assertP\w+Conditions|method_missing|respond_to_missing\?|(?:before|after)_(?:setup|teardown)|initialize|init|BeforeTest|AfterTest|SetT|failureException|debug|id|countTestCases|doCleanups|addCleanup)$/i.test(
      nameOf(shape) || (shape.children[0]?.text ?? ''),
    ));

const declaredIn = (shape: Shape): string[] =>
  /^(?:method|constructor)_declaration$|^function|^class/.test(shape.type) ? [nameOf(shape)] : boundNames(shape);

export function shadowing(names: readonly string[], shape: Shape, taken: ReadonlySet<string>): Problem[] {
  const name = names.find((one) => taken.has(one));
  return name === undefined
    ? []
    : [
        problem(
          shape,
          `\`${name}\` is given a meaning that existing tests know otherwise`,
          'a name that this file does not use yet',
        ),
      ];
}

function sameTitle(title: string, shape: Shape, into: Shape, grammar: GrammarName): Problem[] {
  const isTest = blockOf(shape, grammar)?.kind === 'test' && title !== '';
  const isTaken = into.children.some(
    (one) => isCall(one) && blockOf(one, grammar)?.kind === 'test' && blockOf(one, grammar)?.title === title,
  );
  return isTest && isTaken ? [problem(shape, 'an existing test has the same title', 'a title of its own')] : [];
}

/** A constant may be made from what was there; a function of the patch's own could do anything to the existing tests. */
function whileLoading(declared: Shape, taken: ReadonlySet<string>): Problem[] {
  const isBody = (one: Shape): boolean => isFunction(one) && !/^(?:do_block|block_argument)$/.test(one.type);
  for (const one of within(declared, (other) => (other === declared ? !isBody(other) : !isBody(other)))) {
    if (/static_block|static_initializer/.test(one.type))
      return [problem(one, 'the added block runs when the file is loaded', inside)];
    if (!isCall(one)) continue;
    const callee = calleeOf(one);
    const root = /^[\w$]+/.exec(callee)?.[0];
    if (
      root === undefined ||
      (/mock|spyOn|stub|patch|setattr|define|assign/i.test(callee) &&
        !/^(?:jest|vi|sinon)\.(?:fn|stub|mocked)$|^(?:mock\.)?(?:Mock|MagicMock|patch)$|patch\.object$|^mock\(/.test(
          callee,
        ))
    )
      return [
        problem(one, 'the added call runs when the file is loaded, and may change what existing tests see', inside),
      ];
    if (
      !taken.has(root) &&
      [...within(declared)].length > 0 &&
      /declarator|^assignment|lexical|variable|var_|const_/.test(declared.type) &&
      isOfPatch(root)
    )
      return [problem(one, 'the added call runs when the file is loaded', inside)];
  }
  return [];
}
const isOfPatch = (root: string): boolean =>
  /^[a-z_$][\w$]*$/.test(root) &&
  !/^(?:new|struct|require|jest|vi|sinon|pytest|mock|json|path|datetime|regexp|time|list|dict|set|tuple|range|float|int|str|len)$/.test(
    root,
  );

/** In an existing test: assertions about what it names, or anything after its end. */
function inTest({ shape, place, into, isLast }: Addition, { before, grammar }: TestFile): Problem[] {
  const known = namesIn(into);
  const strange = boundNames(shape).find((name) => known.has(name) && !isBoundIn(into, name));
  if (strange !== undefined) return [problem(shape, `\`${strange}\` gets another meaning in an existing test`, beside)];
  if (
    /^(?:yield|return_statement|return)$/.test(shape.type) ||
    [...within(shape, (one) => !isFunction(one))].some(({ type }) => type === 'yield')
  )
    return [problem(shape, 'the added line ends an existing test or makes it another kind of function', beside)];
  if (place === 'test' && isLast) return [];
  if (!before) return [];
  if (
    into.type !== 'block' &&
    /^(?:array|list|literal|element_value|initializer|array_creation|array_expression)/.test(into.type)
  )
    return [];
  if (/annotation|attribute|decorator/.test(shape.type)) return [];
  const asserted = assertionsIn(shape, grammar);
  const isAssertion =
    asserted.length === 1 && asserted[0]?.shape === shape && !/:=|=>|\bfunction\b|\bdef\b|\blambda\b/.test(shape.text);
  const foreign = [...namesIn(shape)].filter(
    (name) => !known.has(name) && !/^(?:to|be|not|is|assert|expect|eq|equal)/i.test(name),
  );
  return isAssertion && foreign.length === 0
    ? []
    : [problem(shape, 'code is added in the middle of an existing test', beside)];
}

const isBoundIn = (block: Shape, name: string): boolean => boundNames(block).includes(name);
