// The three ways to name the App's key → the one that is used, or what is wrong with it.
import type { Problem, Values, VariableName } from './variables.ts';

/** The key itself, or the command that signs for one that is elsewhere. */
export type AppKeySetting = { privateKey: string } | { signingCommand: readonly string[] };

interface Reading {
  key: AppKeySetting | undefined;
  problems: Problem[];
}

const ways = ['PRIVATE_KEY', 'PRIVATE_KEY_PATH', 'SIGNING_COMMAND'] as const;

export function appKey(values: Values, readFile: (path: string) => string): Reading {
  const [used, ...others] = ways.filter((name) => values[name] !== undefined);
  if (used && others.length > 0)
    return { key: undefined, problems: others.map((variable) => wrong(variable, `is set besides ${used}: set one`)) };
  if (values.PRIVATE_KEY) return inPem(values.PRIVATE_KEY.replaceAll('\\n', '\n'), 'PRIVATE_KEY');
  if (values.SIGNING_COMMAND) return { key: { signingCommand: values.SIGNING_COMMAND }, problems: [] };
  if (!values.PRIVATE_KEY_PATH) return { key: undefined, problems: [] };
  try {
    return inPem(readFile(values.PRIVATE_KEY_PATH), 'PRIVATE_KEY_PATH');
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { key: undefined, problems: [wrong('PRIVATE_KEY_PATH', `cannot be read: ${why}`)] };
  }
}

function inPem(text: string, variable: VariableName): Reading {
  const decoded = text.includes('-----BEGIN') ? text : Buffer.from(text, 'base64').toString('utf8');
  if (/-----BEGIN (RSA )?PRIVATE KEY-----[\s\S]+-----END (RSA )?PRIVATE KEY-----/.test(decoded))
    return { key: { privateKey: decoded }, problems: [] };
  const problem = 'is not a private key in PEM form (-----BEGIN … PRIVATE KEY-----)';
  return { key: undefined, problems: [wrong(variable, problem)] };
}

const wrong = (variable: VariableName, problem: string): Problem => ({ variable, problem });
