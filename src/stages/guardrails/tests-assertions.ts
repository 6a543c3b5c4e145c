// A test → the assertions in it that can still fail, and how much each of them says.
import type { GrammarName } from '../../syntax/grammars.ts';
import { type Shape, within } from '../../syntax/shape.ts';
import { calleeOf, isCall, isFunction, isNamedFunction, itemOf, nameOf, namesIn, operandsOf } from './tests-grammar.ts';

export interface Assertion {
  shape: Shape;
  /** 0: it cannot fail. 1: it only asks whether there is anything. 2: it says what there is. */
  strength: 0 | 1 | 2;
}

const word =
  /^(?:assert\w*|expect\w*|refute\w*|verify\w*|should\w*|must_\w+|wont_\w+|fail\w*|raises|received\w*|_?check(?:[A-Z_]\w*)?|_assert\w*|prop_assert\w*|panic|unreachable)$/i;
const whole =
  /^(?:(?:t|tb|b)\.(?:Error|Errorf|Fatal|Fatalf|Fail|FailNow)|(?:t|is|tap)\.(?:is|not|deepEqual|notDeepEqual|like|truthy|falsy|true|false|regex|throws\w*|notThrows\w*|snapshot|equal|notEqual|same|ok|strictSame|match|fail|Equal|True|NoErr)|require\.[A-Z]\w*|(?:deepEqual|strictEqual|deepStrictEqual|notStrictEqual|notDeepStrictEqual|equal|ok|rejects)|check_\w+)$/;
/** They ask for nothing: `expect.assertions(1)`, `expect(x)` alone. */
const idle =
  /^(?:expect\.(?:assertions|hasAssertions|extend|any|anything|\w+Containing|stringMatching)|expect\(?\)?|assertThat\(?\)?|t\.pass|pass)$/;
const weak =
  /(?:toBeTruthy|toBeDefined|toBeFalsy|toBeInstanceOf|toBeNull|toBeUndefined|assertIsNotNone|assertIsInstance|assertNotNull|assertTrue|assertFalse|assertNotEmpty|assertIsArray|NotNil|NotNull|NotEmpty|isNotNull|isNotEmpty|NotBeNull|be_truthy|refute_nil|assert_not_nil|be_present|IsType|\.(?:exist|exists|ok|truthy|True|False)|assert|assert\.ok|assertThatNoException|not_to_be_nil|toBeGreaterThan(?:OrEqual)?|toBeLessThan(?:OrEqual)?|toContain|toMatch|assertIn|assertNotEqual|assertGreater(?:Equal)?|assertLess(?:Equal)?|assertRegex|assertContains|assertStringContainsString|Contains|NotEqual|assert_ne|assert_includes|assert_not_equal|refute_equal|includes?|GreaterOrEqual)!?$/;
const anything =
  /^(?:expect\.(?:anything|any)\(.{0,40}\)|(?:mock\.)?ANY|(?:Mockito\.|ArgumentMatchers\.|It\.)?(?:any|IsAny|isA|anything)\w*(?:<\w{1,40}>)?\(.{0,40}\))$/;
/** What is asked about is an argument, not what the assertion is called on. */
const isSubjectGiven =
  /^(?:expect|assert\w*|Assert\w*|self|this|\$this|static|parent|t|tt|is|tap|chai|require|refute|verify|_|unittest|deepEqual|strictEqual|equal|ok)(?![\w$])/;
const anyMatcher = /^(?:be_truthy|be_present|be_falsey|be_nil|be_a|exist|notNullValue|anything|nullValue|not\(null)/;
const literals = /^(?:true|false|null|nil|none|undefined|nan|self|this|some|ok|err)$/i;
const equality =
  /(?:toBe|toEqual|toStrictEqual|[eE]quals?|EqualTo|Same|Is|\.is|\.same|eq|eql|equal|\.to|[tT]hat|assert_eq|assert_same|deepEqual|strictEqual|deepStrictEqual|strictSame|Be|ShouldBe)!?$/;

/** `helpers`: functions of the file that assert something themselves. */
export function assertionsIn(test: Shape, grammar: GrammarName, helpers: ReadonlySet<string> = new Set()): Assertion[] {
  const found: Assertion[] = [];
  const open: Shape[] = [test];
  for (let shape = open.pop(); shape; shape = open.pop()) {
    const strength = strengthOf(shape, helpers);
    if (strength !== undefined) {
      if (strength > 0 || found.length < 1_000) found.push({ shape, strength });
      // `assertAll(() => assertEquals(…))`
      const inner = [...within(shape, (one) => one === shape || !isFunction(one))].filter(isFunction);
      open.push(...inner.filter((one) => one !== shape).reverse());
    } else open.push(...[...livingChildren(shape, grammar, test)].reverse());
  }
  return found;
}

/** What is behind a `return`, in a branch that is never taken, in a function nobody calls, or whose failure is caught, is dead. */
function livingChildren(shape: Shape, grammar: GrammarName, test: Shape): readonly Shape[] {
  const end = shape.children.findIndex(
    ({ type, text }) =>
      /^(?:return|raise|throw|break|continue|exit)_?(?:statement|expression)?$/.test(type) && /\w/.test(text),
  );
  const isList = !/^(?:return|raise|throw)/.test(shape.type);
  const reached = end !== -1 && isList ? shape.children.slice(0, end + 1) : shape.children;
  if (isNeverTaken(shape) || swallows(shape))
    return shape.children.filter(({ field, type }) => /else|alternative|finally/.test(field + type));
  if (shape !== itemOf(test) && isNamedFunction(shape) && grammar !== 'rust' && !isUsed(nameOf(shape), test, shape))
    return [];
  return reached;
}

const isNeverTaken = ({ type, children }: Shape): boolean =>
  /^(?:if|while|unless)(?:_statement|_expression|_modifier)?$/.test(type) &&
  children.some(({ field, text }) => field === 'condition' && isConstant(text));
const isConstant = (condition: string): boolean =>
  /^[(\s]*(?:!\s*true|!\s*1|false|0|nil|none|null|not\s+true|""|'')[)\s]*$|(?:^|[\s(])(?:false\s*&&|false\s+and|0\s*&&)|(?:&&\s*false|\band\s+false)[)\s]*$/i.test(
    condition,
  );

const isUsed = (name: string, test: Shape, own: Shape): boolean => {
  const inside = new Set(within(own));
  return [...within(test)].some((one) => one.children.length === 0 && one.text === name && !inside.has(one));
};

const tryTypes = /^(?:try_(?:statement|with_resources_statement|expression)|begin)$/;
const handlerTypes = /^(?:catch_clause|except_clause|except_group_clause|rescue)$/;

/** A failed assertion is an exception too: a handler that does not pass it on hides it. */
export function swallows(shape: Shape): boolean {
  if (shape.type === 'rescue_modifier') return true;
  if (!tryTypes.test(shape.type)) {
    const call = isCall(shape) ? calleeOf(shape) : '';
    return (
      /(?:^|\.)(?:suppress)$/.test(call) ||
      (shape.type === 'with_statement' &&
        /^(?:async\s+)?with\s+(?:contextlib\.)?suppress\(\s*(?:Exception|BaseException|AssertionError)/.test(
          shape.text,
        ))
    );
  }
  return shape.children.some((handler) => {
    if (!handlerTypes.test(handler.type)) return false;
    const caught = /^(?:catch|except\*?|rescue)\s*\(?([^{:\n)]*)/.exec(handler.text)?.[1] ?? '';
    const takesAll =
      /^\s*$|=>|^\s*\$?\w+\s*$|\b(?:Throwable|Exception|BaseException|AssertionError|Error|StandardError|AssertionFailedError|\w*Assertion\w*)\b/.test(
        caught,
      );
    return (
      takesAll &&
      !/\b(?:throw|raise|fail|rethrow|reject|expect|assert\w*|Assert|done|t\.(?:Error|Fatal)f?|reraise)\b/.test(
        handler.text.slice(0, 4_000),
      )
    );
  });
}

function strengthOf(shape: Shape, helpers: ReadonlySet<string>): Assertion['strength'] | undefined {
  if (shape.type === 'assert_statement') return ofCondition(shape.children[1]);
  if (/annotation|attribute|comment|decorator/.test(shape.type))
    return /\bexpected\s*=|should_panic|ExpectedException|expectedException/.test(shape.text.slice(0, 300))
      ? 2
      : undefined;
  if (/^(?:try_expression|throw_statement|raise_statement)$/.test(shape.type)) return 1;
  if (!isCall(shape)) return undefined;
  const callee = calleeOf(shape);
  const last = /[\w$]+[!?]?$/.exec(callee)?.[0] ?? '';
  if (
    /^(?:unwrap|expect|unwrap_err|expect_err)$/.test(last) &&
    /^macro|^call_expression$/.test(shape.type) &&
    !/^expect/.test(callee)
  )
    return 1;
  if (helpers.has(last)) return 2;
  if (
    /^(?:raise_for_status|check_call|check_output)$/.test(last) ||
    /\bcheck\s*=\s*True\b/.test(shape.text.slice(callee.length).slice(-300))
  )
    return 1;
  const isOne =
    whole.test(callee) || callee.split(/\.|->|::|\?\.|[(){}]|&\./).some((part) => word.test(part.replace(/!$/, '')));
  if (!isOne) return undefined;
  if (idle.test(callee)) return 0;
  return ofCall(callee, operandsOf(shape));
}

function ofCall(callee: string, operands: readonly Shape[]): Assertion['strength'] {
  if (
    /(?:fail\w*|Error|Errorf|Fatal|Fatalf|Fail|panic|unreachable|fail!)$/i.test(callee) &&
    !/assert|expect|should/i.test(callee)
  )
    return 2;
  if (/expect\w*(?:Exception|Error)\w*$|raises|throw|reject|verify|received/i.test(callee)) return 2;
  if (operands.length === 0)
    return /should|expect\(|must|wont|verify|_$/i.test(callee) ? (weak.test(callee) ? 1 : 2) : 0;
  if (isSubjectGiven.test(callee) && operands.every((one) => isFixed(one))) return 0;
  const [first, ...others] = operands.filter(({ text }) => !/^t$/.test(text));
  if (
    first &&
    /assert\w*$|assertTrue$|True$|toBeTruthy$/i.test(callee) &&
    others.every(({ type }) => /string/.test(type))
  ) {
    const own = ofCondition(first);
    if (own !== 1) return own;
  }
  const isNegated = /\bnot\b|Not|refute|_ne\b|to_not|not_to|wont/.test(callee);
  const expected = others.at(-1);
  if (!isNegated && equality.test(callee) && first && others.some((one) => isSame(one, first))) return 0;
  if (expected && (anything.test(expected.text) || anyMatcher.test(expected.text))) return 1;
  return weak.test(callee) || isNegated ? 1 : 2;
}

/** `assert x == 1`, `assert!(x == 1)`, `assertTrue(x == 1)`. */
function ofCondition(condition: Shape | undefined): Assertion['strength'] {
  if (!condition || isFixed(condition)) return 0;
  const { text, children } = condition;
  if (/(?:\bor\s+|\|\|\s*)(?:true|1|not\s+false|!false)\s*\)*$|^\(*\s*(?:true|1)\s*(?:\|\||\bor\b)/i.test(text))
    return 0;
  if (condition.type === 'tuple') return 0;
  const operator = children.find(({ text: sign }) => /^(?:===?|is|in|not in|is not|!=|!==|<=?|>=?)$/.test(sign))?.text;
  if (operator === undefined) return 1;
  const sides = text.split(operator);
  const [left = '', right = ''] = sides.map((side) => side.replace(/\s+/g, ''));
  if (sides.length === 2 && left === right && !/!/.test(operator)) return 0;
  return /^(?:===?|is)$/.test(operator) && !anything.test(children.at(-1)?.text ?? '') ? 2 : 1;
}

const isSame = (one: Shape, other: Shape): boolean => one.text.replace(/\s+/g, '') === other.text.replace(/\s+/g, '');

/** Nothing of the program is in it. */
function isFixed(shape: Shape): boolean {
  const names = [...namesIn(shape)].filter((name) => !literals.test(name) && !/^[$A-Z]?$/.test(name));
  return names.length === 0 && !/\w\s*\(/.test(shape.text.replace(/"[^"]*"|'[^']*'/g, ''));
}

/** The functions of a file, tests aside, in which something is asserted. */
export function assertingHelpers(root: Shape, grammar: GrammarName): Set<string> {
  const isOne = (one: Shape): boolean => isNamedFunction(one) || one.type === 'variable_declarator';
  const functions = [...within(root, (one) => !isOne(one))].filter(isOne);
  const helpers = new Set<string>();
  for (const one of functions)
    if (nameOf(one) !== '' && assertionsIn(one, grammar).some(({ strength }) => strength > 0)) helpers.add(nameOf(one));
  return helpers;
}
