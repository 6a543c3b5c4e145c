// A shell statement → the command it is about, without the wrappers around it: `sudo -E npx jest --ci` → `jest --ci`.
import type { Tool } from './draft-plan.ts';

export interface CommandHead {
  /** Program and arguments, one space apart; the program without its folder. */
  text: string;
  /** Of the wrapper: `poetry run pytest` needs poetry. */
  tool?: Tool | undefined;
}

const longest = 2_000;
const mostWrappers = 6;

/** Options of wrappers that take a value of their own. */
const flags = String.raw`(?: +(?:(?:-[pswtFGEnC]|--(?:package|filter|prefix|cwd|dir|workspace|extra|group|with|python|from|directory|project|server-args|signal|kill-after|env-file)) +[^\s-]\S*|-[^\s]*))*`;

const wrappers: readonly [RegExp, Tool?][] = [
  [/^\w+=(?:'[^']*'|"[^"]*"|[^\s'"])*(?: +|$)/],
  [/^! */],
  [new RegExp(String.raw`^(?:sudo|time|nice|env|command|exec|xvfb-run|nohup|stdbuf)${flags} +(?=\S)`)],
  [/^timeout(?: +-\S+)* +[\d.]+[smh]? +/],
  [new RegExp(`^poetry run${flags} +`), 'poetry'],
  [new RegExp(`^uv run${flags} +`), 'uv'],
  [/^uvx +/, 'uv'],
  [/^pipenv run +/, 'pipenv'],
  [/^(?:pdm|rye) run +/],
  [/^bundle exec +/, 'bundler'],
  [new RegExp(String.raw`^(?:npx|npm exec)${flags}(?: +--)? +(?=[^\s-])`), 'npm'],
  [new RegExp(`^pnpm${flags} +(?:exec|dlx)${flags}(?: +--)? +`), 'pnpm'],
  [/^pnpx +/, 'pnpm'],
  [new RegExp(`^yarn${flags} +(?:exec|dlx)${flags} +`), 'yarn'],
  [/^bunx +/, 'bun'],
  [/^(?:python|py)[\d.]* +(?:-[uBWIbO]+ +)*-m +/],
];

export function commandHead(statement: string): CommandHead {
  const [line = ''] = statement.slice(0, longest).replace(/\\\n/g, ' ').split('\n', 1);
  const { command, tool } = unwrapped(
    line
      .replace(/^[\s({]+/, '')
      .replace(/\s+/g, ' ')
      .trim(),
  );
  const ends = /\s*(?:[;|]|&&|&$|\s\d?>)/.exec(command);
  const text = (ends ? command.slice(0, ends.index) : command).replace(/[)}\s]+$/, '');
  const [program = ''] = text.split(' ', 1);
  const base = /^(?:(?:~|\$\w+|[\w.-]*)\/)*([\w.+-]+)$/.exec(program)?.[1];
  const isOwn = /^(?:\.{1,2}\/)?(?:[\w.-]+\/)+/.test(program) && !/(?:^|\/)s?bin\//.test(program);
  const named = base !== undefined && !(isOwn && !/^(mvnw|gradlew)$/.test(base)) ? base : program;
  return { text: named + text.slice(program.length), tool };
}

function unwrapped(line: string): { command: string; tool?: Tool | undefined } {
  let command = line;
  let tool: Tool | undefined;
  for (let count = 0; count < mostWrappers; count += 1) {
    const found = wrappers.find(([pattern]) => pattern.test(command));
    if (!found) break;
    const rest = command.replace(found[0], '');
    if (rest === '') break;
    command = rest;
    tool ??= found[1];
  }
  return { command, tool };
}
