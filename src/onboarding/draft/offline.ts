// The tools of a sandbox command → what has to be fetched before it and shown in it, so that they work without network and with an empty HOME.
import type { CommandPart, DraftPlan, DraftStep, Statement, Tool } from './draft-plan.ts';
import type { Folder } from './repository-look.ts';

interface ToolUse {
  /** Those of the command that the tool runs. */
  statements: readonly string[];
  /** All that the steps before run. */
  before: string;
  folder: Folder;
}

interface Needs {
  run?: string[];
  env?: Record<string, string>;
  exports?: Record<string, string>;
  writablePaths?: string[];
  rewrite?: (text: string) => string;
}

/** No test has this name: build tools then fetch all they need for tests, and run none. */
const noTest = 'SelfHealFetchesOnly';

/** Java takes the home folder from the list of users, where a sandbox may have none: so it is told where. */
const needs: Partial<Record<Tool, (use: ToolUse) => Needs>> = {
  go: ({ before, folder }) => ({
    ...(/\bgo mod (download|vendor)\b/.test(before) || folder.has('vendor/modules.txt')
      ? {}
      : { run: ['go mod download'] }),
    exports: { GOPROXY: 'off' },
  }),
  cargo: ({ before }) => ({
    ...(/\bcargo fetch\b/.test(before) ? {} : { run: ['cargo fetch'] }),
    exports: { CARGO_NET_OFFLINE: 'true' },
  }),
  maven: ({ statements }) => ({
    run: [
      `${program(statements, /(?:\S*\/)?mvnw?(?= |$)/, 'mvn')} -B -q dependency:go-offline || true`,
      ...single(statements).map(
        (text) =>
          `${text} -Dtest=${noTest} -Dit.test=${noTest} -DfailIfNoTests=false -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false || true`,
      ),
    ],
    writablePaths: ['~/.m2/repository'],
    rewrite: (text) =>
      text.replace(/(^|[\s(])((?:[\w./-]*\/)?mvnw?)(?= )/g, '$1$2 -o -Dmaven.repo.local="$$HOME/.m2/repository"'),
  }),
  gradle: ({ statements }) => ({
    run: [
      ...single(statements).map((text) => `${text} -x test --continue || true`),
      `${program(statements, /(?:\S*\/)?gradlew?(?= |$)/, 'gradle')} test --tests ${noTest} --continue || true`,
    ],
    writablePaths: ['~/.gradle'],
    rewrite: (text) =>
      text.replace(/(^|[\s(])((?:[\w./-]*\/)?gradlew?)(?= )/g, '$1$2 --offline --no-daemon -g ~/.gradle'),
  }),
  poetry: ({ before }) => ({
    env: /virtualenvs\.create +false/.test(before)
      ? { POETRY_VIRTUALENVS_CREATE: 'false' }
      : { POETRY_VIRTUALENVS_IN_PROJECT: 'true' },
  }),
  pipenv: () => ({ env: { PIPENV_VENV_IN_PROJECT: '1' } }),
  uv: ({ before, statements }) => ({
    ...(/\buv (sync|pip|venv)\b/.test(before) ? {} : { run: [`uv sync${extras(statements)}`] }),
    exports: { UV_NO_SYNC: '1', UV_OFFLINE: '1' },
  }),
  tox: ({ statements }) => ({
    run: single(statements).map((text) => text.replace(/\btox(?: (?:run|r|run-parallel|p))?(?= |$)/, '$& --notest')),
    rewrite: (text) => text.replace(/\btox(?: (?:run|r|run-parallel|p))?(?= |$)/, '$& --skip-pkg-install'),
  }),
  nox: ({ statements }) => ({
    run: single(statements).map((text) => text.replace(/\bnox(?= |$)/, 'nox --install-only')),
    rewrite: (text) => text.replace(/\bnox(?= |$)/, 'nox -R'),
  }),
  yarn: ({ folder }) => (folder.has('.yarnrc.yml') ? { env: { YARN_ENABLE_GLOBAL_CACHE: 'false' } } : {}),
  deno: () => ({ writablePaths: ['~/.cache/deno'] }),
};

/** What tools keep below the home folder is shown to the tests by itself; these want to write there, too. */
const downloads: readonly [RegExp, string][] = [[/\bcorepack\b/, '~/.cache/node/corepack']];

export function prepareOffline(plan: DraftPlan, folderAt: (path: string) => Folder): void {
  const before = plan.steps.map(({ run }) => run ?? '').join('\n');
  const added: DraftStep[] = [];
  for (const [tool, parts] of partsByTool(plan.parts)) {
    const directory = parts[0]?.directory;
    const statements = parts.flatMap((part) => part.statements.filter((one) => one.tool === tool));
    const folder = folderAt(directory ?? '');
    const told = needs[tool]?.({ statements: statements.map(({ text }) => text), before, folder }) ?? {};
    if (told.run && told.run.length > 0) added.push({ run: told.run.join('\n'), 'working-directory': directory });
    Object.assign(plan.env, told.env);
    Object.assign(plan.exports, told.exports);
    for (const path of told.writablePaths ?? []) plan.writablePaths.add(path);
    if (told.rewrite) plan.parts = plan.parts.map((part) => rewritten(part, tool, told.rewrite));
  }
  for (const [pattern, path] of downloads) if (pattern.test(before)) plan.writablePaths.add(path);
  const shown = [...plan.writablePaths];
  // A sandbox cannot show a folder that is not there.
  if (shown.length > 0) added.unshift({ run: `mkdir -p ${shown.join(' ')}` });
  const [first, ...rest] = joined(added);
  if (first) plan.steps.push({ name: 'Fetch now what the tests need later, without a network', ...first }, ...rest);
}

/** Neighbours that run in the same folder are one step. */
function joined(steps: readonly DraftStep[]): DraftStep[] {
  const all: DraftStep[] = [];
  for (const step of steps) {
    const last = all.at(-1);
    if (last && last['working-directory'] === step['working-directory']) last.run = `${last.run}\n${step.run}`;
    else all.push({ ...step });
  }
  return all;
}

function partsByTool(parts: readonly CommandPart[]): Map<Tool, CommandPart[]> {
  const found = new Map<Tool, CommandPart[]>();
  for (const part of parts)
    for (const { tool } of part.statements)
      if (tool !== undefined && !found.get(tool)?.includes(part)) found.set(tool, [...(found.get(tool) ?? []), part]);
  return found;
}

const rewritten = (part: CommandPart, tool: Tool, rewrite: Needs['rewrite']): CommandPart => ({
  ...part,
  statements: part.statements.map((one: Statement) =>
    rewrite && one.tool === tool ? { ...one, text: rewrite(one.text) } : one,
  ),
});

/** Those that can be said again with something behind them. */
const single = (statements: readonly string[]): string[] =>
  [...new Set(statements)].filter((text) => !/[\n|;&<>#]/.test(text)).slice(0, 5);

function program(statements: readonly string[], pattern: RegExp, otherwise: string): string {
  for (const text of statements) {
    const found = pattern.exec(text.slice(0, 500))?.[0];
    if (found !== undefined) return found;
  }
  return otherwise;
}

function extras(statements: readonly string[]): string {
  const flags = statements.flatMap((text) =>
    [...text.slice(0, 2_000).matchAll(/ --(?:(?:extra|group)[ =][\w-]{1,100}|all-(?:extras|groups))/g)].map(
      ([flag]) => flag,
    ),
  );
  return [...new Set(flags)].join('');
}
