// The parts of a plan → the one script that the sandbox runs, with folders, variables and tolerated failures as in the source.
import type { CommandPart, DraftPlan } from './draft-plan.ts';
import { kindOf } from './statement-kind.ts';

/** What the Action takes. */
const longest = 5_000;

/** Undefined where there is nothing to run, or too much. */
export function sandboxCommand({ parts, exports }: DraftPlan): string | undefined {
  if (parts.length === 0) return undefined;
  const shared = sharedDirectory(parts);
  const body = parts.map((part) => partText(shared === undefined ? part : { ...part, directory: undefined }));
  const variables = Object.entries(exports).map(([name, value]) => `export ${name}=${quoted(value)}`);
  const script = [...variables, ...(shared === undefined ? [] : [`cd ${quoted(shared)}`]), ...body].join('\n');
  const command = [...runnersOwn(script), script].join('\n');
  return command.length <= longest ? command : undefined;
}

function sharedDirectory(parts: readonly CommandPart[]): string | undefined {
  const [first] = parts;
  return parts.every(({ directory }) => directory === first?.directory) ? first?.directory : undefined;
}

function partText({ statements, directory, env, mayFail }: CommandPart): string {
  const texts = statements.map(({ text }) => text);
  const changesState = texts.slice(0, -1).some((text) => kindOf(text).kind === 'state');
  const variables = Object.entries(env).map(([name, value]) => `export ${name}=${quoted(value)}`);
  if (directory === undefined && variables.length === 0 && !mayFail && !changesState) return texts.join('\n');
  const [only = ''] = texts;
  const end = mayFail ? ' || true' : '';
  if (texts.length === 1 && variables.length === 0 && !/[\n#]/.test(only))
    return directory === undefined ? `(${only})${end}` : `(cd ${quoted(directory)} && ${only})${end}`;
  const lines = [...(directory === undefined ? [] : [`cd ${quoted(directory)}`]), ...variables, ...texts];
  const isIndentable = !lines.some((line) => line.includes('\n'));
  return ['(', ...lines.map((line) => (isIndentable ? `  ${line}` : line)), `)${end}`].join('\n');
}

/** For the shell. Expressions are replaced before it sees them. */
const quoted = (text: string): string => (/^[\w./@:+,-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);

/** Variables of the runner that the sandbox does not show. */
function runnersOwn(script: string): string[] {
  const files = ['GITHUB_ENV', 'GITHUB_PATH', 'GITHUB_OUTPUT', 'GITHUB_STEP_SUMMARY'];
  return [
    ...(/\bGITHUB_WORKSPACE\b/.test(script) ? ['export GITHUB_WORKSPACE="$PWD"'] : []),
    ...(/\bRUNNER_TEMP\b/.test(script) ? ['export RUNNER_TEMP=/tmp'] : []),
    ...files.filter((name) => script.includes(name)).map((name) => `export ${name}=/dev/null`),
  ];
}
