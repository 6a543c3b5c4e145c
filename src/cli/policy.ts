// The command `policy`: a policy file → its mistakes with their places, or the policy that it comes to; or the JSON Schema for editors.
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { stringify } from 'yaml';
import { inheritedPolicy } from '../config/inherited-policy.ts';
import { type GivenPolicy, Policy, policyPath } from '../config/policy.ts';
import { policyJsonSchema } from '../config/policy-keys.ts';
import type { PolicyProblem } from '../config/policy-problems.ts';
import { mostPolicyBytes, readPolicy } from '../config/read-policy.ts';
import { SelfHealError } from '../errors.ts';
import type { Command } from './command.ts';
import { textOf } from './given-file.ts';

const help = `Usage: self-heal policy [FILE] [--organisation FILE] [--json]
       self-heal policy --schema

Checks a policy file, ${policyPath} without an argument, as the App would read it. Every mistake is shown with its line;
without mistakes, the policy that the file comes to is printed, with every default. Asks nobody, changes nothing.

  --organisation FILE  the file of the organisation's repository .github, which is laid under it
  --json               {"problems": […]} or {"policy": {…}, "overruled": […]}
  --schema             prints the JSON Schema, for editors that complete and check the file

Exit code 0 when there is no mistake, 1 when there is one, 2 for arguments or files that cannot be used.`;

const options = {
  organisation: { type: 'string' },
  json: { type: 'boolean', default: false },
  schema: { type: 'boolean', default: false },
} as const;

export const policy: Command = {
  name: 'policy',
  summary:
    'Checks a .github/self-heal.yml: its mistakes line by line, or the policy it comes to; prints its JSON Schema.',
  help,
  flags: 'its own',
  run: async (args) => {
    const { files, organisation, json, schema } = parsed(args);
    if (schema) {
      console.log(JSON.stringify(policyJsonSchema(), null, 2));
      return 0;
    }
    const paths = [...(organisation === undefined ? [] : [organisation]), files[0] ?? policyPath];
    const read = await Promise.all(paths.map(checked));
    const faulty = read.filter(({ problems }) => problems.length > 0);
    const problems = faulty.flatMap(({ path, problems: all }) => all.map((problem) => ({ path, ...problem })));
    const [above, own] = organisation === undefined ? [{}, read[0]?.given] : [read[0]?.given, read[1]?.given];
    const result = comesTo(above ?? {}, own ?? {});
    if (json) console.log(JSON.stringify(problems.length > 0 ? { problems } : result, null, 2));
    else if (problems.length > 0) for (const one of faulty) console.log(one.problems.map(asText(one)).join('\n'));
    else console.log(asYaml(result, paths));
    return problems.length > 0 ? 1 : 0;
  },
};

interface Result {
  policy: Policy;
  overruled: string[];
}

function comesTo(above: GivenPolicy, own: GivenPolicy): Result {
  const { given, overruled } = inheritedPolicy(above, own);
  const parsedPolicy = Policy.safeParse(given);
  if (parsedPolicy.success) return { policy: parsedPolicy.data, overruled };
  throw new SelfHealError('input-invalid', 'The two files together name more than 200 globs in forbid or generated.');
}

const asYaml = ({ policy: { final: _, ...shown }, overruled }: Result, paths: readonly string[]): string =>
  [
    `# ${paths.toReversed().join(', with ')}: no mistakes. This is in force, defaults included:`,
    ...overruled.map((line) => `# ${line}.`),
    stringify(shown).trimEnd(),
  ].join('\n');

/** The line and a caret under the place, as compilers have it. */
const asText =
  ({ path, lines }: { path: string; lines: readonly string[] }) =>
  ({ line, column, key, message }: PolicyProblem): string => {
    const source = (lines[line - 1] ?? '').replaceAll('\t', ' ').replace(/\p{Cc}/gu, '�');
    const from = Math.max(0, column - 60);
    const gutter = `${line} | `;
    const shown = source.slice(from, from + 100);
    const caret = `${' '.repeat(gutter.length - 2)}| ${' '.repeat(Math.max(0, column - 1 - from))}^`;
    return `${path}:${line}:${column}: ${key === '' ? '' : `${key}: `}${message}\n  ${gutter}${shown}\n  ${caret}`;
  };

/** One byte more than is read: a file that is too large is known by it. */
async function checked(path: string) {
  if (path === policyPath && !existsSync(path))
    throw new SelfHealError(
      'input-invalid',
      `There is no ${policyPath} here: every key has its default. Name the file to check.`,
    );
  const text = await textOf(path, mostPolicyBytes + 1);
  return { path, lines: text.split(/\r\n?|\n/), ...readPolicy(text) };
}

function parsed(args: string[]) {
  try {
    const { values, positionals: files } = parseArgs({ args, options, allowPositionals: true });
    if (files.length > 1) throw new Error('It takes one file.');
    return { files, ...values };
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error);
    throw new SelfHealError('input-invalid', `${what}\nself-heal policy --help tells what it takes.`);
  }
}
