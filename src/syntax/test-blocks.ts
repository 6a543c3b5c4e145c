// Calls and definitions → the tests among them, with the title that the framework prints.
import { type CapturedCall, unquoted } from './captures.ts';
import type { GrammarName } from './grammars.ts';
import type { Lines } from './lines.ts';
import type { Definition } from './outline.ts';

export interface TestBlock extends Lines {
  title: string;
  /** A suite holds tests; a hook runs before or after them. */
  kind: 'suite' | 'test' | 'hook';
  signature: Lines;
  parent?: TestBlock;
}

/** How a language's frameworks tell a test: the function's name, what is written above it, or the function called. */
interface Signs {
  name?: RegExp;
  mark?: RegExp;
  hookName?: RegExp;
  hookMark?: RegExp;
  callee?: RegExp;
  suiteCallee?: RegExp;
  hookCallee?: RegExp;
}

const ecmascript: Signs = {
  callee: /^(?:it|test|specify|fit|xit|bench|Deno\.test|t\.test)(?![\w$])(?!\.(?:describe|step|use|extend))/,
  suiteCallee: /^(?:describe|context|suite|fdescribe|xdescribe|test\.describe)(?![\w$])/,
  hookCallee: /^(?:test\.)?(?:before|after|beforeEach|afterEach|beforeAll|afterAll|setup|teardown)$/,
};

const xunitHooks = /^(?:set_?up|tear_?down)(?:_?(?:class|module|method|function))?$/i;

const signs: Partial<Record<GrammarName, Signs>> = {
  javascript: ecmascript,
  typescript: ecmascript,
  tsx: ecmascript,
  python: {
    name: /^test/,
    hookName: /^(?:async)?(?:set_?up|tear_?down)/i,
    hookMark: /@pytest\.fixture\([^)]{0,200}autouse/,
  },
  go: {
    name: /^(?:Test|Benchmark|Example|Fuzz)(?![a-z])/,
    callee: /^\w+\.Run$/,
    hookName: /^TestMain$|^SetupTest$|^SetupSuite$/,
  },
  java: {
    mark: /@(?:Test|ParameterizedTest|RepeatedTest|TestFactory|TestTemplate|Property)\b/,
    name: /^test(?![a-z])/,
    hookMark: /@(?:Before|After)(?:Each|All|Class|Method)?\b/,
    hookName: xunitHooks,
  },
  rust: { mark: /#\[(?:\w{1,50}::){0,5}(?:test|rstest|test_case|bench|quickcheck|wasm_bindgen_test)\b/ },
  'c-sharp': {
    mark: /\[\s*(?:Fact|Theory|Test|TestCase|TestCaseSource|TestMethod|DataTestMethod)\b/,
    hookMark: /\[\s*(?:One\w{0,10})?(?:SetUp|TearDown|TestInitialize|TestCleanup|ClassInitialize)\b/,
  },
  php: {
    name: /^test/,
    mark: /#\[Test\b|@test\b/,
    hookName: xunitHooks,
    callee: /^(?:it|test)$/,
    suiteCallee: /^describe$/,
    hookCallee: /^(?:before|after)(?:Each|All)$/,
  },
  ruby: {
    name: /^test_/,
    hookName: xunitHooks,
    callee: /^(?:it|its|specify|scenario|example|test|should)$/,
    suiteCallee: /^(?:describe|context|feature)$/,
    hookCallee: /^(?:before|after|around|setup|teardown|background)$/,
  },
  cpp: { name: /^\w+\.\w+$/ },
  powershell: {},
};

export function testBlocks(
  grammar: GrammarName,
  calls: readonly CapturedCall[],
  definitions: readonly Definition[],
  lines: readonly string[],
): TestBlock[] {
  const called = calls.flatMap((call) => calledBlock(call, grammar));
  const named = definitions.flatMap((one) => namedBlock(one, grammar, lines));
  const holders = new Set<Definition>();
  for (const { definition, block } of named)
    for (let at = definition.parent; at && block.kind === 'test'; at = at.parent) holders.add(at);
  const suites = [...holders]
    .filter(({ kind }) => kind === 'class' || kind === 'module')
    .map(({ name, from, to, signature }): TestBlock => ({ title: name, kind: 'suite', from, to, signature }));
  return nested([...called, ...suites, ...named.map(({ block }) => block)]);
}

/** What a call of this function starts, if it is a framework's. */
export function kindOfCall(grammar: GrammarName, callee: string): TestBlock['kind'] | undefined {
  const sign = signs[grammar];
  if (sign?.suiteCallee?.test(callee)) return 'suite';
  if (sign?.hookCallee?.test(callee)) return 'hook';
  return sign?.callee?.test(callee) ? 'test' : undefined;
}

/** What a function of this name is to the framework; `above` is what stands before its body. */
export function kindOfFunction(grammar: GrammarName, name: string, above: string): 'test' | 'hook' | undefined {
  const sign = signs[grammar];
  if (sign?.hookName?.test(name) || sign?.hookMark?.test(above)) return 'hook';
  return sign?.name?.test(name) || sign?.mark?.test(above) ? 'test' : undefined;
}

function calledBlock({ callee, title, from, to, bodyFrom }: CapturedCall, grammar: GrammarName): TestBlock[] {
  const kind = kindOfCall(grammar, callee);
  if (!kind || (kind !== 'hook' && title === '')) return [];
  const headerEnd = Math.min(bodyFrom?.line ?? from, to);
  const name = kind === 'hook' ? callee : unquoted(title.replaceAll(/\s+/g, ' '));
  return [{ title: name, kind, from, to, signature: { from, to: Math.max(from, headerEnd) } }];
}

function namedBlock(
  definition: Definition,
  grammar: GrammarName,
  lines: readonly string[],
): { definition: Definition; block: TestBlock }[] {
  const { name, kind: definitionKind, from, to, signature } = definition;
  if (definitionKind !== 'function' && definitionKind !== 'method') return [];
  const kind = kindOfFunction(grammar, name, lines.slice(from - 1, signature.to).join('\n'));
  return kind ? [{ definition, block: { title: name, kind, from, to, signature } }] : [];
}

function nested(blocks: TestBlock[]): TestBlock[] {
  const open: TestBlock[] = [];
  return blocks
    .sort((a, b) => a.from - b.from || b.to - a.to)
    .map((block) => {
      while (open.length > 0 && (open.at(-1)?.to ?? 0) < block.to) open.pop();
      const parent = open.at(-1);
      const placed = { ...block, ...(parent ? { parent } : {}) };
      open.push(placed);
      return placed;
    });
}
