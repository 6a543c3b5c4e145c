import { describe, expect, it } from '@jest/globals';
import { draftWorkflow } from '../../../src/onboarding/draft/draft-workflow.ts';
import { pathsToRead } from '../../../src/onboarding/draft/paths-to-read.ts';

const draftOf = (files: Record<string, string>) => {
  const paths = Object.keys(files);
  const read = new Map(pathsToRead(paths).map((path) => [path, files[path] ?? '']));
  return draftWorkflow({ paths, files: read, defaultBranch: 'main' });
};
const tested = JSON.stringify({ scripts: { test: 'x' } });

describe('without a workflow', () => {
  it.each<[string, Record<string, string>, string, (string | RegExp)[]]>([
    [
      'pnpm',
      { 'package.json': tested, 'pnpm-lock.yaml': '' },
      'pnpm test',
      ['pnpm/action-setup@v4', 'pnpm install --frozen-lockfile'],
    ],
    ['yarn 1', { 'package.json': tested, 'yarn.lock': '' }, 'yarn test', ['yarn install --frozen-lockfile']],
    [
      'yarn 4',
      { 'package.json': tested, 'yarn.lock': '', '.yarnrc.yml': '' },
      'yarn test',
      ['corepack enable', 'yarn install --immutable'],
    ],
    ['bun', { 'package.json': tested, 'bun.lock': '' }, 'bun run test', ['oven-sh/setup-bun@v2', 'no-cache: true']],
    ['npm without a lockfile', { 'package.json': tested }, 'npm test', ['run: npm install']],
    [
      'uv',
      { 'pyproject.toml': '[dependency-groups]\ndev = ["pytest"]', 'uv.lock': '' },
      'export UV_NO_SYNC=1\nexport UV_OFFLINE=1\nuv run python -m pytest',
      ['uv sync'],
    ],
    [
      'poetry',
      { 'pyproject.toml': '[tool.poetry]\npytest = "8"' },
      'poetry run python -m pytest',
      ['pipx install poetry', 'POETRY_VIRTUALENVS_IN_PROJECT: "true"'],
    ],
    [
      'pipenv',
      { Pipfile: 'pytest', 'Pipfile.lock': '' },
      'pipenv run python -m pytest',
      ['pipenv sync --dev', 'PIPENV_VENV_IN_PROJECT: "1"'],
    ],
    [
      'pip',
      { 'requirements.txt': 'x', 'requirements-dev.txt': 'pytest==8' },
      'python -m pytest',
      ['pip install -r requirements-dev.txt'],
    ],
    ['unittest', { 'setup.py': '', 'tests/test_a.py': '' }, 'python -m unittest', ['pip install -e .']],
    ['tox', { 'tox.ini': '' }, 'tox --skip-pkg-install', ['pip install tox', 'tox --notest']],
    ['Go', { 'go.mod': '' }, 'export GOPROXY=off\ngo test ./...', ['go-version-file: go.mod', 'go mod download']],
    [
      'Cargo',
      { 'Cargo.toml': '[workspace]\n' },
      'export CARGO_NET_OFFLINE=true\ncargo test --workspace',
      ['cargo fetch'],
    ],
    [
      'Maven',
      { 'pom.xml': '<java.version>1.8</java.version>', mvnw: '' },
      './mvnw -o -Dmaven.repo.local="$HOME/.m2/repository" -B test',
      ['java-version: "8"', 'dependency:go-offline'],
    ],
    [
      'Gradle',
      { 'build.gradle.kts': 'kotlin { jvmToolchain(17) }', gradlew: '' },
      './gradlew --offline --no-daemon -g ~/.gradle test',
      ['java-version: "17"'],
    ],
    [
      'Ruby',
      { Gemfile: '', 'spec/a_spec.rb': '', '.ruby-version': '3.3' },
      'bundle exec rspec',
      ['bundle install', 'ruby/setup-ruby@v1'],
    ],
    ['PHP', { 'composer.json': '{"scripts": {"test": "phpunit"}}' }, 'composer test', ['composer install']],
    [
      '.NET',
      { 'App.sln': '', 'global.json': '{}', 'a/package.json': '{}' },
      'dotnet test --no-restore',
      ['global-json-file: global.json'],
    ],
    ['a Makefile', { Makefile: 'all:\n\ttrue\ntest: all\n\ttrue\n' }, 'make test', []],
    [
      'a folder',
      { 'web/package.json': tested, 'web/package-lock.json': '', 'web/.nvmrc': '22' },
      'cd web\nnpm test',
      ['node-version-file: web/.nvmrc', 'working-directory: web'],
    ],
  ])('%s is set up and tested as usual', (_what, files, command, parts) => {
    const draft = draftOf(files);
    expect(draft.command).toBe(command);
    for (const part of parts) expect(draft.yaml).toContain(part);
    expect(draft.asks[0]).toMatch(/No workflow runs the tests/);
  });

  it.each([
    [
      'what npm init writes',
      { 'package.json': '{"scripts": {"test": "echo \\"Error: no test specified\\" && exit 1"}}' },
    ],
    ['no JSON', { 'package.json': '{' }],
    ['other things', { 'package.json': '[]', 'pyproject.toml': '' }],
  ])('%s is no test', (_what, files) => expect(draftOf({ ...files }).from).toBe('nothing'));

  it('says that there is more than one language', () =>
    expect(draftOf({ 'package.json': tested, 'api/go.mod': '' }).asks.join()).toMatch(/api\/go\.mod/));
});

it('reads few files of a large repository', () => {
  const many = Array.from({ length: 500 }, (_, at) => [
    `.github/workflows/w${at}.yml`,
    `p${at}/package.json`,
    `src/f${at}.ts`,
  ]).flat();
  const read = pathsToRead([
    ...many,
    'package.json',
    'a/b/c/go.mod',
    'node_modules/x/package.json',
    '.github/workflows/self-heal.yml',
  ]);
  expect(read).toHaveLength(80);
  expect(read).toContain('package.json');
  expect(read.filter((path) => /self-heal|node_modules|go\.mod|src/.test(path))).toEqual([]);
});
