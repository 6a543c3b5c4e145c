// YAML text → the data in it and where every key and value stands, or why it is none that a policy can be read from.
import { readYaml, type YamlFault, type YamlReading } from '../text/read-yaml.ts';
import type { PolicyProblem } from './policy-problems.ts';

export interface PlacedYaml extends Pick<YamlReading, 'placeOf'> {
  data: Record<string, unknown>;
  problems: PolicyProblem[];
}

/** A warning is a mistake, too: a policy has no use for what the warnings are about. */
export function placedYaml(text: string): PlacedYaml {
  const { data, faults, warnings, placeOf } = readYaml(text);
  const problems = [...faults, ...warnings.slice(0, 1)].map(problemOf);
  const isMapping = typeof data === 'object' && data !== null && !Array.isArray(data);
  if (problems.length === 0 && !isMapping && data !== null)
    problems.push({
      ...placeOf([]),
      key: '',
      message: `is ${Array.isArray(data) ? 'a list' : 'a single value'}; it has to be keys with values, as mode: propose`,
    });
  return {
    data: isMapping && problems.length === 0 ? Object.fromEntries(Object.entries(data)) : {},
    problems,
    placeOf,
  };
}

const problemOf = ({ line, column, path, code, message }: YamlFault): PolicyProblem => ({
  ...{ line, column, key: path.join('.') },
  message: code === undefined ? message : `is not valid YAML: ${words[code] ?? message}`,
});

const words: Readonly<Record<string, string>> = {
  TAB_AS_INDENT: 'is indented with a tab; YAML takes spaces only',
  MULTIPLE_DOCS: 'a second document begins here; a policy is one, without --- lines in it',
  TAG_RESOLVE_FAILED: 'has a tag (!…), which a policy has no use for',
};
