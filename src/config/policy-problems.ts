// What a schema finds wrong in a policy file → problems in plain words, each with its line, its key and what is allowed there.
import type { z } from 'zod';
import { nearestWord } from './nearest-word.ts';
import type { PlacedYaml } from './placed-yaml.ts';
import { keyNamed, keysIn, type PolicyKey, policyKeys } from './policy-keys.ts';

/** Both count from 1. */
export interface Place {
  line: number;
  column: number;
}

export interface PolicyProblem extends Place {
  /** As `limits.files`; empty where the file as a whole is meant. */
  key: string;
  message: string;
  /** The values that are possible there, where they can be counted. */
  allowed?: readonly string[];
}

type Issue = z.core.$ZodIssue;

export const problemLine = ({ line, key, message }: PolicyProblem): string =>
  `line ${line}: ${key === '' ? 'the file' : key}${key === '' ? ' ' : ': '}${message}`;

export function problemsOf(issues: readonly Issue[], yaml: PlacedYaml): PolicyProblem[] {
  return issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => unknownKey(key, issue.path.map(String), yaml))
      : [wrongValue(issue, yaml)],
  );
}

function unknownKey(key: string, around: readonly string[], yaml: PlacedYaml): PolicyProblem {
  const prefix = around.map((name) => `${name}.`).join('');
  const siblings = keysIn(around.join('.'));
  const near = nearestWord(key, siblings);
  const elsewhere = policyKeys.find(({ name }) => name.endsWith(`.${key}`) || name === key);
  const meant = near ? `${prefix}${near}` : elsewhere?.name;
  const few = siblings.length <= 6 ? ` Known here: ${siblings.join(', ')}.` : '';
  return {
    ...yaml.placeOf([...around, key], 'key'),
    key: shown(`${prefix}${key}`),
    message: `is no key of the policy.${meant ? ` Did you mean ${meant}?` : few}`,
    allowed: siblings,
  };
}

function wrongValue(issue: Issue, yaml: PlacedYaml): PolicyProblem {
  const name = issue.path
    .filter((part) => typeof part !== 'number')
    .map(String)
    .join('.');
  const known = keyNamed(name);
  const value = issue.path.reduce<unknown>((data, part) => Object(data)[part], yaml.data);
  const isItem = typeof issue.path.at(-1) === 'number';
  const allowed = known?.allowed;
  return {
    ...yaml.placeOf(issue.path),
    key: shown(name),
    message: messageOf(issue, { value, known, isItem }),
    ...(allowed ? { allowed } : {}),
  };
}

interface Found {
  value: unknown;
  known: PolicyKey | undefined;
  isItem: boolean;
}

function messageOf(issue: Issue, { value, known, isItem }: Found): string {
  const wanted = isItem ? (known?.items ?? 'a text') : (known?.values ?? 'another value');
  if (value === null) return `has no value; it has to be ${wanted}. Leave the key out for the default.`;
  if (issue.code === 'invalid_value') {
    const allowed = issue.values.map(String);
    const meant = typeof value === 'string' ? nearestWord(value, allowed) : undefined;
    return `${inQuotes(value)} is not one of ${allowed.join(', ')}.${meant ? ` Did you mean ${meant}?` : ''}`;
  }
  const size = issue.code === 'too_big' || issue.code === 'too_small' ? issue.origin : undefined;
  if (size === 'array') return `has ${lengthOf(value)} entries, ${known?.values ?? 'fewer'} is allowed.`;
  if (size === 'string') return `${inQuotes(value)} is ${value === '' ? 'empty' : 'too long'}.`;
  return `has to be ${wanted}, not ${inQuotes(value)}.`;
}

const lengthOf = (value: unknown): number => (Array.isArray(value) ? value.length : 0);

/** Anybody's text: clipped, on one line. */
function inQuotes(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'keys with values';
  return shown(
    JSON.stringify(typeof value === 'number' && !Number.isFinite(value) ? String(value) : value) ?? 'nothing',
  );
}

const shown = (text: string): string => {
  const line = text.replaceAll(/\s+/g, ' ');
  return line.length <= 60 ? line : `${line.slice(0, 59).toWellFormed()}…`;
};
