// A text of a workflow and what is known of its job → the same text without expressions but harmless ones, or why it cannot be carried over.
import { withoutInvisible } from '../../text/untrusted.ts';
import type { Leg } from './matrix-leg.ts';

export interface Known {
  leg: Leg;
  /** Variables of the workflow and the job that have plain values. */
  env: ReadonlyMap<string, string>;
  /** What a called workflow's inputs are when nobody gives them. */
  inputs: ReadonlyMap<string, string>;
}

export type Carried = { text: string } | { why: string };

/** Neither secret nor chosen by anybody but the repository's own people, and the same in a run that the App started. */
const harmless = /^\s*(github\.workspace|runner\.(arch|tool_cache|temp)|vars\.[A-Za-z_]\w{0,100})\s*$/;
const secret = /\b(secrets|github\s*\.\s*token)\b/i;
/** Credentials that earlier steps or the runner would have put into the environment. */
const credential =
  /\b(GITHUB_TOKEN|GH_TOKEN|NODE_AUTH_TOKEN|NPM_TOKEN|ACTIONS_ID_TOKEN_REQUEST_\w+|ACTIONS_RUNTIME_TOKEN)\b/;
const longest = 20_000;

/** A job's own variables are known before there is a runner. */
export const isKnownBeforeRunner = (text: string): boolean => !/\$\{\{\s*runner\./.test(text);

export const usesSecret = (text: string): boolean =>
  credential.test(text) || expressionSpans(text).some((one) => secret.test(one));

export function carried(text: string, known: Known): Carried {
  if (text.length > longest) return { why: 'it is too long' };
  if (usesSecret(text)) return { why: 'it uses a secret or a token, and there are none in this workflow' };
  let why: string | undefined;
  const told = withoutInvisible(text).replace(/\$\{\{([^{}]{0,500})\}\}/g, (_, expression: string) => {
    // On one line, so that nothing which cuts a script at its lines cuts an expression.
    if (harmless.test(expression)) return `\${{ ${expression.trim()} }}`;
    const value = resolved(expression.trim(), known);
    if (value === undefined) why ??= whyNot(expression);
    return value ?? '';
  });
  if (why !== undefined) return { why };
  // A value of the matrix may itself look like an expression, or become one beside its neighbours.
  const isPlain = expressionSpans(told).every((expression) => harmless.test(expression));
  return isPlain ? { text: told } : { why: 'it has an expression that cannot be resolved' };
}

function resolved(expression: string, { leg, env, inputs }: Known): string | undefined {
  const [, context, name = ''] = /^(matrix|env|inputs)\.([\w.-]{1,200})$/.exec(expression) ?? [];
  if (context === 'matrix') return leg.get(name);
  if (context === 'env') return env.get(name);
  if (context === 'inputs') return inputs.get(name);
  if (expression === 'runner.os') return 'Linux';
  return /^'([^']{0,200})'$/.exec(expression)?.[1];
}

function whyNot(expression: string): string {
  if (/\bsteps\./.test(expression)) return 'it needs what another step found out';
  if (/\bneeds\./.test(expression)) return 'it needs what another job found out';
  if (/\bmatrix\b/.test(expression)) return 'its matrix value is not known before the run';
  if (/\bgithub\./.test(expression)) return 'it depends on the event that started it';
  return 'it has an expression that cannot be resolved';
}

/** What follows each `${{`, to its end or to the end of the text. */
function expressionSpans(text: string): string[] {
  return text
    .split('${{')
    .slice(1)
    .map((rest) => {
      const end = rest.indexOf('}}');
      // One that never ends is no expression that GitHub would accept.
      return end < 0 ? `secrets ${rest.slice(0, 200)}` : rest.slice(0, end);
    });
}
