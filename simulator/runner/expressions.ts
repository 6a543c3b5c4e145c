// Evaluates `${{ }}` expressions and the templates that hold them, in GitHub's own expression language.
import { data, Evaluator, Lexer, Parser } from '@actions/expressions';
import type { FunctionDefinition, FunctionInfo } from '@actions/expressions/funcs/info';
import { truthy } from '@actions/expressions/result';

type Value = data.ExpressionData;

/** What an expression may name where it stands, and how its status functions answer there. */
export interface ExpressionScope {
  contexts: Record<string, unknown>;
  status?: { success: boolean; failure: boolean; cancelled: boolean };
  hashFiles?: (patterns: string[]) => string;
}

const contextNames = [
  'github',
  'env',
  'vars',
  'job',
  'jobs',
  'steps',
  'runner',
  'secrets',
  'strategy',
  'matrix',
  'needs',
  'inputs',
];
export const statusFunctions = ['success', 'failure', 'cancelled', 'always'];

const signatures: FunctionInfo[] = [
  ...statusFunctions.map((name) => ({ name, minArgs: 0, maxArgs: 0 })),
  { name: 'hashFiles', minArgs: 1, maxArgs: 255 },
];

function toData(value: unknown): Value {
  const revived: Value = JSON.parse(JSON.stringify(value ?? null), data.reviver);
  return revived;
}

export function toPlain(value: Value): unknown {
  return JSON.parse(JSON.stringify(value, data.replacer));
}

function define(name: string, call: (...args: Value[]) => Value): [string, FunctionDefinition] {
  return [name.toLowerCase(), { name, minArgs: 0, maxArgs: 255, call }];
}

function functionsOf(scope: ExpressionScope): Map<string, FunctionDefinition> {
  const answer = (value: boolean | undefined) => () => new data.BooleanData(value ?? false);
  return new Map([
    define('success', answer(scope.status?.success ?? true)),
    define('failure', answer(scope.status?.failure)),
    define('cancelled', answer(scope.status?.cancelled)),
    define('always', answer(true)),
    define('hashFiles', (...patterns) => {
      if (!scope.hashFiles) throw new Error('hashFiles is only available within a step');
      return new data.StringData(scope.hashFiles(patterns.map((pattern) => pattern.coerceString())));
    }),
  ]);
}

/** Parses without evaluating; throws GitHub's message for a name or function that is not to be used there. */
export function checkExpression(source: string, names = contextNames, functions: string[] = []): void {
  const known = signatures.filter((signature) => functions.includes(signature.name));
  const { tokens } = new Lexer(source).lex();
  if (tokens.length < 2) throw new Error('An expression was expected');
  new Parser(tokens, names, known).parse();
}

function evaluate(source: string, scope: ExpressionScope): Value {
  const { tokens } = new Lexer(source).lex();
  if (tokens.length < 2) throw new Error('An expression was expected');
  const tree = new Parser(tokens, contextNames, signatures).parse();
  const named = new Set(tokens.map((token) => token.lexeme.toLowerCase()));
  const pairs = contextNames.map((key) => ({
    key,
    value: named.has(key) ? toData(scope.contexts[key] ?? null) : new data.Null(),
  }));
  return new Evaluator(tree, new data.Dictionary(...pairs), functionsOf(scope)).evaluate();
}

export type Segment = { text: string } | { expression: string };

/** Splits a template at its expressions; `}}` within an expression's string does not end it. */
export function segmentsOf(template: string): Segment[] {
  const segments: Segment[] = [];
  let from = 0;
  for (let open = template.indexOf('${{'); open >= 0; open = template.indexOf('${{', from)) {
    if (open > from) segments.push({ text: template.slice(from, open) });
    let quoted = false;
    let at = open + 3;
    while (at < template.length && (quoted || !template.startsWith('}}', at))) {
      if (template[at] === "'") quoted = !quoted;
      at += 1;
    }
    if (at >= template.length) {
      throw new Error(
        // biome-ignore lint/suspicious/noTemplateCurlyInString: the message quotes the syntax
        'The expression is not closed. An unescaped ${{ sequence was found, but the closing }} sequence was not found.',
      );
    }
    segments.push({ expression: template.slice(open + 3, at).trim() });
    from = at + 2;
  }
  if (from < template.length) segments.push({ text: template.slice(from) });
  return segments;
}

/** A template's value: that of its only expression, or text. */
export function evaluateTemplate(template: string, scope: ExpressionScope): Value {
  const segments = segmentsOf(template);
  const [only] = segments;
  if (segments.length === 1 && only && 'expression' in only) return evaluate(only.expression, scope);
  const pieces = segments.map((segment) =>
    'text' in segment ? segment.text : evaluate(segment.expression, scope).coerceString(),
  );
  return new data.StringData(pieces.join(''));
}

export function interpolate(template: string, scope: ExpressionScope): string {
  return template.includes('${{') ? evaluateTemplate(template, scope).coerceString() : template;
}

function asksForStatus(expression: string): boolean {
  const { tokens } = new Lexer(expression).lex();
  return tokens.some(
    (token, index) => statusFunctions.includes(token.lexeme.toLowerCase()) && tokens[index + 1]?.lexeme === '(',
  );
}

/** An `if:`; where it asks for no status itself, `success()` is asked first. */
export function evaluateCondition(condition: string | undefined, scope: ExpressionScope): boolean {
  const success = scope.status?.success ?? true;
  const source = condition?.trim() ?? '';
  if (source === '') return success;
  const segments = source.includes('${{') ? segmentsOf(source) : [{ expression: source }];
  const named = segments.some((segment) => 'expression' in segment && asksForStatus(segment.expression));
  if (!named && !success) return false;
  const value = source.includes('${{') ? evaluateTemplate(source, scope) : evaluate(source, scope);
  return truthy(value);
}
