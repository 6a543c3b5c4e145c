// A test file → the lists of cases in it, to which a case may be added: what tests or assertions are looped over.
import type { GrammarName } from '../../syntax/grammars.ts';
import { type Shape, within } from '../../syntax/shape.ts';
import { assertionsIn } from './tests-assertions.ts';
import {
  blockOf,
  boundNames,
  calleeOf,
  declarators,
  isCall,
  isNamedFunction,
  nameOf,
  operandsOf,
} from './tests-grammar.ts';

const listTypes =
  /^(?:array|list|literal_value|array_expression|element_value_array_initializer|array_initializer|array_creation_expression|initializer_expression|tuple|slice_literal)$/;
const wrappers = /^(?:composite_literal|expression_list|reference_expression|as_expression|satisfies_expression)$/;
const tableMarks =
  /^[@#[\s]*(?:[\w.:]*\b)?(?:parametrize|expand|CsvSource|ValueSource|TestCase|InlineData|DataRow|TestWith|test_case|case|values)\b/;
/** Each of them is one more case; a second `parametrize` would multiply, with nothing if it is empty. */
const repeatable = /^[@#[\s]*(?:[\w.:]*\b)?(?:TestCase|InlineData|DataRow|TestWith|test_case|case)\b/;

const isMark = ({ type }: Shape): boolean => /decorator|annotation|attribute/.test(type);
/** A mark that adds one more case to a test that has such marks already. */
export const isCaseMark = (shape: Shape): boolean => isMark(shape) && repeatable.test(shape.text.slice(0, 80));

export function tablesIn(root: Shape, grammar: GrammarName): Set<Shape> {
  const tables = new Set<Shape>();
  const looped = new Set<string>();
  const add = (shape: Shape | undefined): void => {
    if (!shape) return;
    if (listTypes.test(shape.type)) tables.add(shape);
    else if (wrappers.test(shape.type)) for (const child of shape.children) add(child);
    else if (/^(?:identifier|variable_name|constant)$/.test(shape.type)) looped.add(shape.text);
  };
  const all = [...within(root)];
  for (const shape of all) {
    for (const list of listsOf(shape, grammar)) add(list);
    if (shape.children.length === 0 && /string|comment/.test(shape.type))
      for (const [, provider] of shape.text.matchAll(/(?:@dataProvider\s+|^)(\w+)/g))
        if (provider) looped.add(provider);
  }
  for (const shape of all) {
    if (declarators.test(shape.type) && boundNames(shape).some((name) => looped.has(name))) add(shape.children.at(-1));
    if (isNamedFunction(shape) && looped.has(nameOf(shape)))
      for (const one of within(shape)) if (/^return_/.test(one.type)) add(one.children.at(-1));
  }
  return tables;
}

/** What a shape takes its cases from. A list that a loop only feeds to the program is an input, not a table. */
function listsOf(shape: Shape, grammar: GrammarName): (Shape | undefined)[] {
  if (isMark(shape))
    return tableMarks.test(shape.text.slice(0, 80))
      ? [...within(shape, ({ type }) => !listTypes.test(type))].filter(({ type }) => listTypes.test(type))
      : [];
  const isLoop = /^(?:for|foreach|enhanced_for|range)\w*$/.test(shape.type);
  const isEach = isCall(shape) && /\.(?:each|forEach)$/.test(calleeOf(shape));
  if (!isLoop && !isEach) return [];
  const isBlockMaker = /^(?:it|test|describe|context|suite)\b/.test(calleeOf(shape));
  if (!isBlockMaker && shape.type !== 'range_clause' && !judges(shape, grammar)) return [];
  if (isLoop) return shape.children.filter(({ field }) => field === 'right' || field === 'value');
  const receiver = shape.children.find(({ field }) => field === 'receiver');
  const object = shape.children
    .find(({ field }) => field === 'function')
    ?.children.find(({ field }) => field === 'object');
  return [...operandsOf(shape), receiver, object];
}

const judges = (loop: Shape, grammar: GrammarName): boolean =>
  [...within(loop)].some((one) => blockOf(one, grammar)?.kind === 'test') ||
  assertionsIn(loop, grammar).some(({ strength }) => strength > 0);
