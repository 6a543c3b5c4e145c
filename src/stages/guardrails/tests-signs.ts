// Code of a test file → the signs in it that tests are skipped, focused, muted, patched or waited for longer.
import type { GrammarName } from '../../syntax/grammars.ts';
import { type Shape, within } from '../../syntax/shape.ts';
import { assertionsIn, swallows } from './tests-assertions.ts';
import {
  blockOf,
  boundNames,
  calleeOf,
  isCall,
  isClass,
  isNamedFunction,
  nameOf,
  operandsOf,
} from './tests-grammar.ts';

export interface Sign {
  what: string;
  shape: Shape;
}

const calls: readonly { callee: RegExp; what: string }[] = [
  {
    callee:
      /^(?:it|test|describe|context|suite|specify|bench|Deno\.test|t\.test)\b.*\.(?:skip|todo|failing|fails|fixme|skipIf|runIf|skipUnless|ignore)\b|^x(?:it|describe|test|context|specify|example|scenario)\b/,
    what: 'skips a test',
  },
  {
    callee:
      /^(?:it|test|describe|context|suite|specify|Deno\.test)\b.*\.only\b|^f(?:it|describe|test|context|specify|example)\b/,
    what: 'focuses a test, so that others do not run',
  },
  {
    callee:
      /^(?:this|t|tb|b|ctx|context|test|self|pytest|unittest)\.(?:skip|skipTest|Skip|Skipf|SkipNow|skipIf|todo|xfail|importorskip|fixme|SkipTest)$|^(?:skip|pending|skipTest|xfail|omit|pend)$|(?:->|::|\.)(?:markTestSkipped|markTestIncomplete|addToAssertionCount|expectNotToPerformAssertions|skip|skipOnWindows|todo|only)$|\bSkipTest$/,
    what: 'skips a test',
  },
  {
    callee:
      /^(?:Assume|Assumptions|Assumptions?\.\w*|Assume\.\w+|assume(?:True|That|False|NotNull|NoException|ThatCode)|assumingThat|Assert\.(?:Ignore|Inconclusive|Pass|Skip\w*)|Skip\.\w+)$/,
    what: 'skips a test',
  },
  {
    callee:
      /^(?:process\.(?:exit|abort|kill|reallyExit)|Deno\.exit|os\._exit|os\.abort|os\.kill|sys\.exit|exit|quit|exit!|_exit|die|abort|Kernel\.(?:exit!?|abort)|Process\.(?:exit!?|kill)|System\.exit|Runtime\.getRuntime\(\)\.(?:halt|exit)|Environment\.(?:Exit|FailFast)|os\.Exit|(?:std::)?process::(?:exit|abort)|syscall\.Exit|runtime\.Goexit|(?:pytest|Cypress)\.(?:exit|stop)|Cypress\.runner\.stop|posix_kill|at_exit|register_shutdown_function|atexit\.register)$/,
    what: 'ends the test run before it is over',
  },
  {
    callee:
      /^(?:jest|vi)\.(?:setTimeout|retryTimes|setConfig)$|^(?:this|mocha|cy)\.(?:timeout|retries|slow)$|\.(?:retries|retryTimes)$/,
    what: 'raises time-outs or retries',
  },
  { callee: /^recover$/, what: 'catches the failure of a test' },
];

/** Names of the frameworks' own: who gives them another meaning decides what an assertion is. */
const library =
  /^(?:expect|assert|Assert|Assertions|chai|unittest|pytest|Minitest|RSpec|TestCase|PHPUnit|builtins|__builtins__|AssertionError|assert[A-Z_]\w*|toBe|toEqual|__test__)$/;
const owned =
  /^(?:expect|assert|Assert|Assertions|chai|unittest|pytest|Minitest|RSpec|TestCase|PHPUnit|assertEquals?|assertTrue|assertFalse|assertSame|assertThat|assertThrows|assertNotNull|assertRaises|assertIn|assert_equal|assert_eq|assert_ne|assert_same|assert_raises|refute|toBe|toEqual|builtins|__builtins__|AssertionError|__test__|pytestmark|load_tests|onNotSuccessfulTest|runTest|runBare|transformException|invokeTestMethod|method_missing|pytest_\w+|setup_module|setUpModule|TestMain)$/;
const patches =
  /^(?:Object\.(?:assign|definePropert(?:y|ies)|setPrototypeOf)|Reflect\.(?:set|defineProperty)|setattr|delattr|(?:jest|vi)\.spyOn|sinon\.\w+|(?:\w+\.)*patch(?:\.object)?|\w+\.setattr|allow|allow_any_instance_of|runkit_\w+|uopz_\w+)$|^(?:Minitest|RSpec|Test|MiniTest)\b[\w:]*\.\w+_(?:eval|exec|method)$/;
const marks =
  /\b(?:skip\w*|xfail|importorskip|expectedFailure|Disabled\w*|Enabled(?:If|On|For)\w*|Ignore\w*|ignore|Explicit|Timeout|MaxTime|flaky|Flaky|reruns|Retry\w*|RetryingTest|RepeatedIfExceptionsTest|RequiresPhp\w*|requires|DoesNotPerformAssertions|doesNotPerformAssertions|only|focus|cfg_attr|timeout)\b|\bSkip\s*=|^#!?\[cfg\((?!\s*test\s*\))|@group\s+(?:skip|ignore)|@(?:Tag|Category)\(\s*"(?:skip|ignore|flaky)/;

/** `imported`: the names that the file has from elsewhere. */
export function signsIn(root: Shape, grammar: GrammarName, imported: ReadonlySet<string>): Sign[] {
  return [...within(root)].flatMap((shape) => {
    const what = signOf(shape, grammar, imported);
    return what === undefined ? [] : [{ what, shape }];
  });
}

function signOf(shape: Shape, grammar: GrammarName, imported: ReadonlySet<string>): string | undefined {
  if (/identifier/.test(shape.type) && shape.text.includes('\\')) return 'spells a name with escapes';
  if (shape.type === 'exit_statement') return 'ends the test run before it is over';
  if (isCall(shape)) return calledSign(shape, grammar);
  if (
    /^(?:decorator|attribute_item|attribute_list|annotation|marker_annotation|inner_attribute_item)$/.test(
      shape.type,
    ) ||
    (shape.type === 'comment' && grammar === 'php')
  ) {
    if (!marks.test(withoutStrings(shape.text))) return undefined;
    return /imeout|MaxTime|etry|reruns|laky/.test(shape.text) ? 'raises time-outs or retries' : 'skips a test';
  }
  if (shape.type === 'comment' && /^\/\/(?:go:build|\s*\+build)/.test(shape.text))
    return 'keeps the file from being built with the tests';
  if (
    /^(?:raise|throw)_?(?:statement|expression)?$/.test(shape.type) &&
    /\b(?:SkipTest|SkippedTest\w*|IncompleteTest\w*|Skip\w*Exception|TestAbortedException|TestSkipped\w*|AssumptionViolatedException)\b/.test(
      shape.text,
    )
  )
    return 'skips a test';
  if (swallows(shape) && (/empty/.test(shape.type) || hidesAssertion(shape, grammar)))
    return 'catches the failure of a test';
  if (
    shape.type === 'attribute' &&
    grammar === 'python' &&
    /^pytest\.mark\.(?:skip|skipif|xfail|flaky|timeout)$/.test(shape.text)
  )
    return 'skips or retries a test';
  return boundSign(shape, grammar) ?? assignedSign(shape, imported);
}

const withoutStrings = (text: string): string => text.slice(0, 2_000).replace(/"[^"\n]*"(?!\s*\))|'[^'\n]*'/g, '""');

const hidesAssertion = (shape: Shape, grammar: GrammarName): boolean =>
  shape.children.some(
    (child) => !/catch|except|rescue|finally/.test(child.type) && assertionsIn(child, grammar).length > 0,
  );

function calledSign(shape: Shape, grammar: GrammarName): string | undefined {
  const callee = calleeOf(shape);
  const known = calls.find((one) => one.callee.test(callee));
  if (known && !isPlainSkip(callee, shape)) return known.what;
  const operands = operandsOf(shape);
  if (patches.test(callee) && operands.slice(0, 2).some(({ text }) => isOwned(text)))
    return 'patches the assertions themselves';
  const isCaught = /\.catch$/.test(callee) && /\b(?:expect|assert)/.test(callee);
  const isUnwound = /catch_unwind$/.test(callee) && operands.some((one) => assertionsIn(one, grammar).length > 0);
  if (isCaught || isUnwound || swallows(shape)) return 'catches the failure of a test';
  const block = blockOf(shape, grammar);
  if (!block || block.kind === 'hook') return undefined;
  const muted = operands.find(
    ({ type, text }) => /^(?:object|hash|pair|simple_symbol|keyword_argument)$/.test(type) && mutingOption.test(text),
  );
  return muted && 'skips, focuses or retries a test';
}
const mutingOption =
  /^:(?:skip|focus|pending|xfail)$|\b(?:skip|todo|only|focus|pending|fails|failing|retry|retries|ignore|sanitizeExit)['"]?\s*(?::|=>)(?!\s*(?:false|nil|0)\b)/;

/** `stream.skip(1)` is none: only a bare word, or one of a test's own. */
const isPlainSkip = (callee: string, shape: Shape): boolean =>
  /(?:->|\.)(?:skip|only|todo|retries)$/.test(callee) &&
  !/^(?:it|test|describe|context|suite|specify|this|t|tb|ctx|pytest)\b/.test(callee) &&
  shape.type !== 'macro_invocation';

const isOwned = (text: string): boolean => library.test(/^['":]*([\w$]+)/.exec(text)?.[1] ?? '');

const elsewhere = /^(?:pytest|unittest|Minitest|RSpec|PHPUnit|TestCase|assert_|load_tests|runTest|__)/;
export const isEcmascript = (grammar: GrammarName): boolean => /^(?:javascript|typescript|tsx)$/.test(grammar);

/** `expect` is an ordinary variable in Python, `pytest` one in JavaScript. */
const isElsewhere = (name: string, shape: Shape, grammar: GrammarName): boolean =>
  isEcmascript(grammar) ? elsewhere.test(name) : /^(?:expect|chai|to[BE]\w+)$/.test(name) && !isNamedFunction(shape);

function boundSign(shape: Shape, grammar: GrammarName): string | undefined {
  const isOwnModule =
    isClass(shape) &&
    /^(?:Minitest|RSpec|Test|PHPUnit|Assert\w*|unittest)\b/.test(nameOf(shape)) &&
    !/tests?$/i.test(nameOf(shape));
  if (isOwnModule) return 'declares anew what belongs to the test framework';
  if (
    !isNamedFunction(shape) &&
    !/^(?:variable_declarator|assignment|const_spec|var_spec|short_var_declaration|let_declaration|macro_definition)$/.test(
      shape.type,
    )
  )
    return undefined;
  const names = isNamedFunction(shape) || shape.type === 'macro_definition' ? [nameOf(shape)] : boundNames(shape);
  const value = shape.children.at(-1)?.text ?? '';
  if (/^(?:await import|require)\s*\(|^(?:chai|chai\.\w+|require\(['"]chai['"]\)\.\w+)$/.test(value)) return undefined;
  const isLoaded = grammar === 'go' && /^(?:init|TestMain)$/.test(names[0] ?? '');
  const name = names.find((one, i) => (owned.test(one) && !isElsewhere(one, shape, grammar)) || (isLoaded && i === 0));
  return name === undefined ? undefined : `declares \`${name}\` anew, which belongs to the test framework`;
}

function assignedSign(shape: Shape, imported: ReadonlySet<string>): string | undefined {
  if (!/^(?:assignment|assignment_expression|assignment_statement|augmented_assignment\w*)$/.test(shape.type))
    return undefined;
  const target = shape.children[0]?.text.slice(0, 300).normalize('NFKC') ?? '';
  if (!/[.[]|->|::/.test(target)) return undefined;
  const parts = target.split(/[^\w$]+/);
  const root = parts[0] ?? '';
  const isGlobal = /^(?:global|globalThis|window|self|this|top)$/.test(root);
  if (
    library.test(root) ||
    (isGlobal && library.test(parts[1] ?? '')) ||
    parts.some((part) => /^assert[A-Z_]|^__test__$|^failureException$/.test(part))
  )
    return 'patches the assertions themselves';
  if (/^(?:global|globalThis|window)\[(?!['"`][\w$]+['"`]\])/.test(target)) return 'patches what it does not name';
  const isEnvironment = /^(?:process|os|ENV)\b.*env/i.test(target);
  if (/\.prototype\.\w+$/.test(target)) return `replaces \`${target.slice(0, 60)}\`, which other tests use too`;
  const isPatch = !isEnvironment && imported.has(root) && target.replace(/\[.*/s, '').includes('.');
  const isHidden = /^(?:vars|globals)\(|__dict__|\bsys\.modules\b|\brequire\.cache\b/.test(target);
  return isPatch || isHidden ? `replaces \`${target.slice(0, 60)}\`, which other tests use too` : undefined;
}
