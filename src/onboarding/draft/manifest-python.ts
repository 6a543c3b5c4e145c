// A folder with a Python manifest → how its packages are installed, by its lockfile, and how it is tested.
import type { DraftStep } from './draft-plan.ts';
import type { Manifest } from './manifest-plan.ts';
import type { Folder } from './repository-look.ts';

const manifests = ['pyproject.toml', 'setup.py', 'setup.cfg', 'requirements.txt', 'Pipfile', 'tox.ini', 'noxfile.py'];
const requirements = [
  'requirements.txt',
  ...['dev', 'test', 'tests'].flatMap((one) => [
    `requirements-${one}.txt`,
    `requirements_${one}.txt`,
    `${one}-requirements.txt`,
    `requirements/${one}.txt`,
  ]),
];

export function pythonManifest(folder: Folder): Manifest | undefined {
  const file = manifests.find((name) => folder.has(name));
  if (file === undefined) return undefined;
  const setUp: DraftStep = { uses: 'actions/setup-python@v5', with: versionOf(folder) };
  const runner = runnerOf(folder);
  const plain = runner === 'pytest' ? 'python -m pytest' : runner === 'unittest' ? 'python -m unittest' : undefined;
  if (folder.has('uv.lock')) {
    const steps = [{ uses: 'astral-sh/setup-uv@v6', with: { 'enable-cache': false } }, { run: 'uv sync' }];
    return { file, tool: 'uv', steps, command: plain && `uv run ${plain}`, asks: [] };
  }
  if (folder.has('poetry.lock') || /^\[tool\.poetry\]/m.test(folder.text('pyproject.toml'))) {
    const steps = [{ run: 'pipx install poetry' }, setUp, { run: 'poetry install' }];
    return { file, tool: 'poetry', steps, command: plain && `poetry run ${plain}`, asks: [] };
  }
  if (folder.has('Pipfile')) {
    const install = folder.has('Pipfile.lock') ? 'pipenv sync --dev' : 'pipenv install --dev';
    return {
      file,
      tool: 'pipenv',
      steps: [setUp, { run: `pip install pipenv\n${install}` }],
      command: plain && `pipenv run ${plain}`,
      asks: [],
    };
  }
  if (folder.has('tox.ini'))
    return { file: 'tox.ini', tool: 'tox', steps: [setUp, { run: 'pip install tox' }], command: 'tox', asks: [] };
  if (folder.has('noxfile.py'))
    return { file: 'noxfile.py', tool: 'nox', steps: [setUp, { run: 'pip install nox' }], command: 'nox', asks: [] };
  const install = installs(folder, runner === 'pytest');
  return {
    file,
    tool: 'pip',
    steps: [setUp, ...(install.length > 0 ? [{ run: install.join('\n') }] : [])],
    command: plain,
    asks: [],
  };
}

function versionOf(folder: Folder): Record<string, string> {
  if (folder.has('.python-version')) return { 'python-version-file': '.python-version' };
  const hasRange = /^[ \t]*requires-python[ \t]*=/m.test(folder.text('pyproject.toml'));
  return hasRange ? { 'python-version-file': 'pyproject.toml' } : { 'python-version': '3.x' };
}

function runnerOf(folder: Folder): 'pytest' | 'unittest' | undefined {
  const texts = [...manifests, ...requirements].map((name) => folder.text(name)).join('\n');
  if (/\bpytest\b/.test(texts) || folder.has('pytest.ini') || folder.has(/(?:^|\/)conftest\.py$/)) return 'pytest';
  return folder.has(/(?:^|\/)test_\w+\.py$|_test\.py$/) ? 'unittest' : undefined;
}

function installs(folder: Folder, needsPytest: boolean): string[] {
  const files = requirements.filter((name) => folder.has(name));
  const pyproject = folder.text('pyproject.toml');
  const isPackage = folder.has('setup.py') || /^\[(?:project|build-system)\]/m.test(pyproject);
  const section = /^\[project\.optional-dependencies\]\n((?:(?!\[)[^\n]*\n?)*)/m.exec(pyproject)?.[1] ?? '';
  const extras = ['test', 'tests', 'testing', 'dev'].filter((name) => new RegExp(`^${name}\\s*=`, 'm').test(section));
  const own = isPackage ? [`pip install -e ${extras.length > 0 ? `".[${extras.join(',')}]"` : '.'}`] : [];
  const isNamed = files.some((name) => /^pytest\b/m.test(folder.text(name))) || /["']pytest\b/.test(section);
  return [
    ...files.map((name) => `pip install -r ${name}`),
    ...own,
    ...(needsPytest && !isNamed ? ['pip install pytest'] : []),
  ];
}
