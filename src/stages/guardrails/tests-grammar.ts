// A shape of a test file → what it is to the test framework: a suite, a test, a hook, a call with its callee and arguments, a table of cases.
import type { GrammarName } from '../../syntax/grammars.ts';
import { type Shape, within } from '../../syntax/shape.ts';
import { kindOfCall, kindOfFunction } from '../../syntax/test-blocks.ts';

/** The languages whose tests are judged on trees. */
export const judgedGrammars: ReadonlySet<GrammarName> = new Set([
  'javascript',
  'typescript',
  'tsx',
  'python',
  'go',
  'java',
  'ruby',
  'rust',
  'c-sharp',
  'php',
] as const);

const callTypes =
  /^(?:call|call_expression|method_invocation|macro_invocation|invocation_expression|(?:function|member|scoped|nullsafe_member)_call_expression)$/;
const argumentTypes = /^(?:arguments|argument_list|token_tree)$/;
const functionTypes =
  /^(?:function_(?:definition|declaration|item|expression)|generator_function(?:_declaration)?|method(?:_declaration|_definition)?|singleton_method|arrow_function|func_literal|lambda(?:_expression)?|closure_expression|anonymous_function|anonymous_method_expression|local_function_statement|constructor_declaration|do_block|block_argument)$/;
const namedFunctionTypes =
  /^(?:function_(?:definition|declaration|item)|generator_function_declaration|method(?:_declaration|_definition)?|singleton_method|local_function_statement)$/;
const classTypes =
  /^(?:class|class_(?:definition|declaration)|module|mod_item|namespace_(?:declaration|definition)|impl_item)$/;
const blockTypes =
  /^(?:program|module|source_file|compilation_unit|statement_block|block|statement_list|class_body|declaration_list|body_statement|block_body|compound_statement)$/;

export const isCall = ({ type, text }: Shape): boolean => callTypes.test(type) && text !== 'super';
export const isFunction = ({ type }: Shape): boolean => functionTypes.test(type);
export const isNamedFunction = ({ type }: Shape): boolean => namedFunctionTypes.test(type);
/** Ruby's `module Shop` has the same type as Python's whole file, but a name. */
export const isClass = (shape: Shape): boolean => classTypes.test(shape.type) && nameOf(shape) !== '';

/** What holds statements or members. In Java, C#, Rust and PHP that is the node with the braces, in Go the list inside of it. */
export const isBlock = (shape: Shape): boolean =>
  blockTypes.test(shape.type) &&
  !isClass(shape) &&
  !shape.children.some(({ type }) => type === 'statement_list' || type === 'body_statement' || type === 'block_body');

/** Python reads `ｅｘｐｅｃｔ` as `expect`. */
const plain = (name: string): string => name.normalize('NFKC');

export const nameOf = ({ children }: Shape): string =>
  plain(children.find(({ field }) => field === 'name')?.text ?? '');

/** `expect(f(x)).not.toBe(1)` → `expect().not.toBe`; quotes keep their brackets to themselves. */
export function calleeOf(shape: Shape): string {
  const list = shape.children.find(
    ({ field, type }) => field === 'arguments' || field === 'block' || argumentTypes.test(type),
  );
  const written = list ? shape.text.slice(0, list.start - shape.start) : shape.text;
  let depth = 0;
  let spine = '';
  for (const token of written.slice(0, 4_000).match(/"[^"\n]*"|'[^'\n]*'|[\s\S]/g) ?? []) {
    if (/^[)\]}]$/.test(token)) depth -= 1;
    if (depth <= 0 && !/^\s+$/.test(token)) spine += token;
    if (/^[([{]$/.test(token)) depth += 1;
  }
  return plain(spine)
    .replace(/^(?:await|yield)\b/, '')
    .replace(/\??\.$|!$/, '');
}

/** The arguments of a call, of every call along its chain: of `expect(a).toBe(b)` these are `a` and `b`. */
export function operandsOf(call: Shape): Shape[] {
  return call.children.flatMap((child) => {
    if (child.type === 'token_tree') return betweenCommas(child);
    if (child.field === 'arguments' || argumentTypes.test(child.type))
      return child.children
        .filter(({ text }) => !/^[(),]$|^\[$|^\]$/.test(text))
        .map(unwrapped)
        .flatMap(ofMatcher);
    return /^(?:function|object|receiver|operand|expression|scope|field|property)$/.test(child.field)
      ? operandsOf(child)
      : [];
  });
}

/** A macro's tokens, which Rust's grammar leaves as they are, one operand a stretch between commas. */
function betweenCommas(tree: Shape): Shape[] {
  const operands: Shape[] = [];
  let own: Shape[] = [];
  for (const token of tree.children.slice(1)) {
    if (token.text !== ',' && token !== tree.children.at(-1)) own.push(token);
    else if (own[0]) {
      const text = tree.text.slice(own[0].start - tree.start, token.start - tree.start).trim();
      operands.push({ ...own[0], type: own.length === 1 ? own[0].type : 'tokens', text, children: own });
      own = [];
    }
  }
  return operands;
}

/** `eq 3` in `expect(total).to eq 3`, `is(3)` in `assertThat(total, is(3))`. */
const ofMatcher = (shape: Shape): Shape[] =>
  isCall(shape) && /^(?:eq|eql|equal|be|is|equalTo|equal_to)$/.test(calleeOf(shape)) ? operandsOf(shape) : [shape];

const unwrapped = (shape: Shape): Shape => {
  const [only] = shape.children;
  return shape.type === 'argument' && shape.children.length === 1 && only ? only : shape;
};

export interface Block {
  kind: 'suite' | 'test' | 'hook';
  title: string;
}

const blocks = new WeakMap<Shape, Block | 'none'>();

/** What a framework makes of a shape. A class is a suite when tests stand in it. */
export function blockOf(shape: Shape, grammar: GrammarName): Block | undefined {
  const known = blocks.get(shape) ?? foundBlock(shape, grammar) ?? 'none';
  blocks.set(shape, known);
  return known === 'none' ? undefined : known;
}

function foundBlock(shape: Shape, grammar: GrammarName): Block | undefined {
  if (isCall(shape) && shape.children.some(holdsFunction)) return calledBlock(shape, grammar);
  const item = itemOf(shape);
  const name = nameOf(item);
  if (isNamedFunction(item)) {
    const body = item.children.find(({ field }) => field === 'body');
    const ownStart = shape === item ? 0 : shape.text.length - item.text.length;
    const above = shape.text.slice(0, body ? ownStart + body.start - item.start : undefined);
    const kind = kindOfFunction(grammar, name, above);
    return kind && { kind, title: name };
  }
  if (!isClass(item)) return undefined;
  const isHolder =
    /^Test|Tests?$|TestCase$/.test(name) ||
    [...within(item)].some((one) => !isClass(itemOf(one)) && blockOf(one, grammar)?.kind === 'test');
  return isHolder ? { kind: 'suite', title: name } : undefined;
}

/** The function or class below what is said about it. */
export const itemOf = (shape: Shape): Shape =>
  (/^(?:attributed|decorated_definition|export_statement)$/.test(shape.type) ? shape.children.at(-1) : undefined) ??
  shape;

const holdsFunction = (shape: Shape): boolean =>
  shape.field === 'block' ||
  (argumentTypes.test(shape.type) && shape.children.some((one) => isFunction(unwrapped(one))));

function calledBlock(shape: Shape, grammar: GrammarName): Block | undefined {
  const kind = kindOfCall(grammar, calleeOf(shape).replace(/^RSpec\./, ''));
  if (!kind) return undefined;
  const list = shape.children.find(({ type }) => argumentTypes.test(type));
  return { kind, title: list?.children.find(({ text }) => text !== '(')?.text ?? '' };
}

/** What brings names into the file. */
export const isImport = (shape: Shape): boolean =>
  /^(?:import\w*_(?:statement|declaration)|use_declaration|using_directive|namespace_use_declaration|extern_crate_declaration|package_\w+|future_import_statement)$/.test(
    shape.type,
  ) ||
  (/^(?:lexical|variable)_declaration$/.test(shape.type) &&
    /=\s*(?:await import|require)\s*\(\s*["'`][^"'`]*["'`]\s*\)[\w.]*;?$/.test(shape.text.slice(-300))) ||
  (isCall(shape) && /^require(?:_relative|_once)?$/.test(calleeOf(shape)));

/** The names that an import gives a meaning to: of `import a as b` only `b`, of `import a.b` in Python only `a`. */
export function importedAs(shape: Shape): string[] {
  if (isCall(shape)) return [];
  const { text, type } = shape;
  const alias = /^using\s+(\w+)\s*=/.exec(text)?.[1];
  if (alias) return [alias];
  const isPath = type === 'import_statement' && !/["'`]/.test(text);
  const packages =
    type === 'import_declaration'
      ? [...text.matchAll(/(?<!\w\s*)"(?:[^"]*\/)?([^"/]+)"/g)].map(([, name = '']) => name)
      : [];
  const names = text
    .replace(/(?:from\s*)?["'`][^"'`]*["'`]/g, ' ')
    .replace(/=\s*(?:await import|require)\s*\(.*/s, ' ')
    .replace(/^from\s+\S+\s+import\b|[\w$*.]+\s+as\b(?=\s+[\w$])/g, ' ')
    .match(/[\w$.]+(?=\s*(?:[,;})\n]|$))/g);
  return [
    ...packages,
    ...(names ?? []).flatMap((name) => (isPath ? name.split('.')[0] : name.split('.').at(-1)) ?? []),
  ].filter((name) => name !== '' && !/^(?:import|use|using|static|type|from|const|let|var)$/.test(name));
}

export const importedNames = (root: Shape): Set<string> =>
  new Set([...within(root)].filter(isImport).flatMap(importedAs));

const identifierTypes = /identifier|^constant$|^name$|^variable_name$|^simple_symbol$/;

/** Every name that a shape mentions. */
export function namesIn(root: Shape): Set<string> {
  const names = new Set<string>();
  for (const { type, text, children } of within(root))
    if (children.length === 0 && identifierTypes.test(type)) names.add(plain(text.replace(/^:/, '')));
  return names;
}

export const declarators =
  /^(?:variable_declarator|assignment|short_var_declaration|var_spec|const_spec|let_declaration|const_item|static_item|assignment_expression|const_element|property_element)$/;

/** The names that a shape gives a meaning to, in itself, not in functions inside. */
export function boundNames(shape: Shape): string[] {
  return [...within(shape, (one) => one === shape || (!isFunction(one) && !isClass(one)))].flatMap((one) => {
    if (
      isNamedFunction(one) ||
      isClass(one) ||
      /(?:class|interface|enum|type|struct|trait|record)\w*_(?:declaration|item|spec)$/.test(one.type)
    )
      return [nameOf(one)];
    if (isCall(one) && /^(?:let!?|subject!?|def_delegator|define_method)$/.test(calleeOf(one)))
      return operandsOf(one)
        .slice(0, 1)
        .map(({ text }) => text.replace(/^:/, ''));
    const target = declarators.test(one.type) ? one.children[0] : undefined;
    return target && !/member|attribute|subscript|selector|field_expr/.test(target.type) ? [...namesIn(target)] : [];
  });
}
