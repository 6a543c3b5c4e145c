// The step that judges a patch: every rule can refuse, honest patches pass.
import { describe, expect, it } from '@jest/globals';
import type { Policy } from '../../../src/config/policy.ts';
import { defaultPolicy } from '../../../src/config/policy.ts';
import type { Diagnosis, Evidence, PatchedFile } from '../../../src/incident/case-file.ts';
import { enforce } from '../../../src/stages/guardrails/enforce.ts';
import { protectedPaths } from '../../../src/stages/guardrails/protected-paths.ts';
import {
  attempt,
  deskWith,
  diagnosis,
  evidence,
  incidentAt,
  patched,
  priceSource,
  priceTest,
} from '../patch/sample-case.ts';

const fix = patched('price.py', priceSource, priceSource.replace('rate = 1 / discount', 'rate = 1'));
const withTest = patched(
  'tests/test_price.py',
  priceTest,
  `${priceTest}\n    def test_zero(self):\n        self.assertEqual(calc(10, 0), 10)\n`,
  true,
);
const newFile = (path: string, text = 'x = 1\n', isTest = false) => patched(path, null, text, isTest);
const testEdit = (from: string, to: string) =>
  patched('tests/test_price.py', priceTest, priceTest.replace(from, to), true);

interface Scene {
  policy?: Partial<Policy>;
  evidence?: Partial<Evidence>;
  diagnosis?: Partial<Diagnosis>;
}

const judge = (files: PatchedFile[], scene: Scene = {}) => {
  const papers = {
    evidence: { ...evidence, ...scene.evidence },
    diagnosis: { ...diagnosis, ...scene.diagnosis },
    patch: { attempts: [attempt(files)] },
  };
  return enforce(incidentAt('enforce', papers), deskWith([], { ...defaultPolicy, ...scene.policy }).desk);
};
const feedbackOn = async (files: PatchedFile[], scene: Scene = {}) => {
  const outcome = await judge(files, scene);
  if (outcome.kind !== 'again') throw new Error(`${outcome.kind}: ${JSON.stringify(outcome)}`);
  expect(outcome.papers.patch?.attempts.at(-1)?.feedback).toBe(outcome.feedback);
  return outcome.feedback;
};

it('an honest fix with its test passes', async () => {
  expect(
    await judge([
      fix,
      withTest,
      newFile('tests/test_more.py', 'from price import calc\n\n\ndef test_b():\n    assert calc(10, 1) == 10\n', true),
    ]),
  ).toMatchObject({ kind: 'done' });
});

describe('protected paths', () => {
  it.each([
    '.github/workflows/new.yml',
    '.GitHub/workflows/new.yml',
    'sub/.github/x.yml',
    '.gitlab-ci.yml',
    '.circleci/config.yml',
    'Jenkinsfile',
    'azure-pipelines.yml',
    '.gitattributes',
    'sub/.gitmodules',
    '.git/config',
    '.husky/pre-commit',
    '.pre-commit-config.yaml',
    'docs/CODEOWNERS',
    'OWNERS',
    'GIT~1/config',
    'hooks/pre-push.sh',
    'Earthfile',
    '.mergify.yml',
    '.ｇithub/workflows/a.yml',
    '.gıthub/workflows/a.yml',
    '.gіthub/workflows/a.yml',
    '.github./workflows/a.yml',
    '.github /workflows/a.yml',
    '.github::$INDEX_ALLOCATION/a.yml',
    '.github\\workflows\\a.yml',
    '.git\u200bhub/a.yml',
  ])('%s is never written, whatever the policy allows', async (path) => {
    expect(await feedbackOn([fix, newFile(path)], { policy: { allow: ['**', '.github/**'] } })).toContain(
      `${path} [protected-paths]`,
    );
  });

  it.each([
    'web/package.json',
    'poetry.lock',
    'requirements-dev.txt',
    'conftest.py',
    'jest.config.ts',
    'Makefile',
    'setup.py',
    'build.rs',
    '.npmrc',
    '.cargo/config.toml',
    'Dockerfile',
    'infra/main.tf',
    'db/migrations/1.sql',
    'api/x_pb2.py',
    'vendor/a.go',
    'src/__snapshots__/a.snap',
    'dist/a.js',
    '.vscode/tasks.json',
    'AGENTS.md',
    'docker-compose.yml',
    'tsconfig.build.json',
    'LICENSE',
    'Taskfile.yml',
    'web/spec/spec_helper.rb',
    'src/setupTests.ts',
    'tests/conftest.py',
    'lib/sitecustomize.py',
    'lib/evil.pth',
    '.envrc',
    '.tool-versions',
    'app/.npmrc',
    'Gemfile',
    'composer.json',
    'App.csproj',
    'Directory.Build.props',
    'gradle/wrapper/gradle-wrapper.properties',
    'serverless.ts',
    'deploy/manifests/app.yaml',
    'infra/iam/roles.json',
    'config/trust-policy.json',
    'k8s/rbac.yaml',
    'firestore.rules',
    'db/V1__init.sql',
    'Pods/A.swift',
    'LICENSE-MIT',
    'rollup.config.mjs',
    'eslint.config.js',
    'setup.cfg',
    'tox.ini',
    'Rakefile',
    'pom.xml',
    'nginx.conf',
  ])('%s is written only where the policy allows it', async (path) => {
    expect(await feedbackOn([fix, newFile(path)])).toContain(`${path} [protected-paths]`);
    expect((await judge([fix, newFile(path)], { policy: { allow: [path] } })).kind).toBe('done');
  });

  it.each([
    'app/tasks.py',
    'src/register.ts',
    'src/loader.ts',
    'src/build/plan.ts',
    'app/policies/order.rb',
    'update.sh',
  ])('%s is ordinary source', async (path) => {
    expect(await protectedPaths([newFile(path)], { policy: defaultPolicy, evidence, diagnosis })).toEqual([]);
  });

  it("keeps the policy's own forbidden paths", async () => {
    expect(await feedbackOn([fix], { policy: { forbid: ['*.py'] }, diagnosis: { files: ['lib/tax.py'] } })).toContain(
      'policy forbids',
    );
  });

  it('stops where only a forbidden change would help, and keeps it to be shown', async () => {
    const files = [newFile('.github/workflows/self-heal2.yml')];
    const outcome = await judge(files, {
      diagnosis: { kind: 'configuration', files: ['.github/workflows/self-heal2.yml'] },
    });
    expect(outcome).toMatchObject({
      kind: 'stop',
      reason: 'forbidden',
      said: expect.stringContaining('self-heal2.yml'),
    });
    expect(outcome.papers.patch?.attempts).toMatchObject([
      { files, feedback: expect.stringContaining('[protected-paths]') },
    ]);
  });

  it('goes on where another diagnosed file may be written', async () => {
    const scene = { diagnosis: { files: ['price.py', 'package.json'] } };
    expect(await feedbackOn([fix, newFile('lib/package.json')], scene)).toContain('lib/package.json');
  });
});

describe('paths', () => {
  it.each([
    ['../x.py', 'not normalised'],
    ['a/../x.py', 'not normalised'],
    ['./x.py', 'not normalised'],
    ['a//x.py', 'not normalised'],
    ['/etc/passwd', 'absolute'],
    ['C:/x.py', 'absolute'],
    ['a\\b.py', 'backslash'],
    ['a\u202e.py', 'invisible'],
    ['a\u0000.py', 'invisible'],
    ['a\n.py', 'invisible'],
    ['aux.py', 'device'],
    ['x.py.', 'valid name'],
    ['e\u0301.py', 'normal form'],
    ['readme.md', 'only in case'],
    ['Tests/new.py', 'only in case'],
    ['linked', 'symlink'],
    ['linked/x.py', 'symlink'],
    ['price.py/x.py', 'is a file'],
    ['README.md', 'exists already'],
    ['tests', 'exists already'],
  ])('a new file at %j is refused: %s', async (path, why) => {
    expect(await feedbackOn([fix, newFile(path)])).toContain(why);
  });

  it.each([
    ['another text than the base has', { ...fix, before: 'other\n' }, 'base commit'],
    ['an executable bit', { ...fix, mode: '100755' as const }, 'mode'],
    ['a file that was not read', patched('lib/tax.py', 'a\n', 'b\n'), 'not among the sources'],
    ['an executable new file', { ...newFile('x.py'), mode: '100755' as const }, 'executable'],
  ])('%s is refused', async (_, file, why) => {
    expect(await feedbackOn([file])).toContain(why);
  });

  it('a path that is written twice is refused', async () => {
    expect(await feedbackOn([fix, newFile('lib/new.py'), newFile('lib/NEW.py')])).toContain('twice');
  });
});

describe('size', () => {
  const limits = { ...defaultPolicy.limits, files: 2, 'source-lines': 4, 'test-lines': 6 };

  it('counts files, and lines of sources and tests apart, from the texts', async () => {
    const scene = { policy: { limits } };
    expect((await judge([fix, withTest], scene)).kind).toBe('done');
    expect(await feedbackOn([fix, withTest, newFile('a.py')], scene)).toContain('3 files, the limit is 2');
    expect(await feedbackOn([newFile('a.py', 'x\n'.repeat(5))], scene)).toContain('5 source lines, the limit is 4');
    expect(await feedbackOn([fix, newFile('tests/b.py', 'x\n'.repeat(7), true)], scene)).toContain(
      '7 test lines, the limit is 6',
    );
    const emptied = patched('price.py', priceSource, 'x = 1\n');
    expect(await feedbackOn([emptied], scene)).toMatch(/\d+ source lines/);
  });

  it('counts new files and places', async () => {
    const few = { policy: { limits: { ...defaultPolicy.limits, 'new-files': 1, hunks: 2 } } };
    expect(await feedbackOn([fix, newFile('a.py'), newFile('b.py')], few)).toContain('2 new files, the limit is 1');
    const lines = Array.from({ length: 30 }, (_, i) => `x${i} = 1\n`);
    const [before, after] = [lines.join(''), lines.map((line, i) => (i % 10 === 0 ? `# ${line}` : line)).join('')];
    const sources = [{ path: 'price.py', mode: '100644' as const, text: before }];
    const scene = { ...few, evidence: { sources } };
    expect(await feedbackOn([patched('price.py', before, after)], scene)).toContain('3 places, the limit is 2');
  });

  it('counts every line of a new file, however long it is', async () => {
    expect(await feedbackOn([newFile('a.py', 'x = 1\ny = 2\n'.repeat(4_000))])).toContain('8000 source lines');
  });

  it.each(['x = "\0"\n', 'x = "\ufffd"\n'])('refuses what is no text: %j', async (text) => {
    expect(await feedbackOn([newFile('a.py', text)])).toContain('is binary');
  });

  it('refuses lines that nobody can read', async () => {
    expect(await feedbackOn([newFile('a.py', `x = "${'a '.repeat(2_000)}"\n`)])).toContain('a.py:1 [size]');
  });
});

describe('what is added', () => {
  it('holds no secret', async () => {
    const leaking = priceSource.replace('rate = 1 / discount', `key = "ghp_${'a1B2'.repeat(9)}"`);
    expect(await feedbackOn([patched('price.py', priceSource, leaking)])).toContain('price.py:3 [secrets]');
  });

  it('may stand beside a secret that was there', async () => {
    const before = `KEY = "ghp_${'a1B2'.repeat(9)}"\n${priceSource}`;
    const after = before.replace('rate = 1 / discount', 'rate = 1');
    const sources = [{ path: 'price.py', mode: '100644' as const, text: before }];
    expect((await judge([patched('price.py', before, after)], { evidence: { sources } })).kind).toBe('done');
  });

  it('shows every character', async () => {
    const hidden = priceSource.replace('rate = 1 / discount', 'rate = 1 # \u202e not');
    expect(await feedbackOn([patched('price.py', priceSource, hidden)])).toContain('price.py:3 [invisible-text]');
  });

  it('keeps a byte order mark that was there', async () => {
    const before = `\uFEFFx = 1\n${priceSource}`;
    const sources = [{ path: 'price.py', mode: '100644' as const, text: before }];
    const file = patched('price.py', before, before.replace('x = 1', 'x = 2'));
    expect((await judge([file], { evidence: { sources } })).kind).toBe('done');
  });
});

describe('tests are kept', () => {
  it.each([
    ['a test deleted', '    def test_half(self):\n        self.assertEqual(calc(10, 0.5), 5)\n', ''],
    ['a test renamed', 'def test_half', 'def test_other'],
    ['a test switched off by its name', 'def test_half', 'def off_test_half'],
    ['a test commented out', '    def test_half', '    # def test_half'],
    ['an assertion removed', '        self.assertEqual(calc(10, 0.5), 5)\n', '        calc(10, 0.5)\n'],
    ['an expectation changed', ', 5)', ', 6)'],
    ['an assertion loosened', 'self.assertEqual(calc(10, 0.5), 5)', 'self.assertTrue(calc(10, 0.5))'],
    ['a skip', '    def test_half', '    @unittest.skip("later")\n    def test_half'],
    ['an expected failure', '    def test_half', '    @unittest.expectedFailure\n    def test_half'],
  ])('%s is refused', async (_, from, to) => {
    expect(await feedbackOn([fix, testEdit(from, to)])).toContain('[tests-kept]');
  });

  it.each([
    ['a.test.ts', "it.skip('x', () => {});"],
    ['a.test.ts', "describe.only('x', () => {});"],
    ['a.test.ts', "xit('x', () => {});"],
    ['a.test.ts', "test('x', { skip: true }, () => {});"],
    ['test_a.py', '@pytest.mark.xfail'],
    ['test_a.py', 'pytest.skip("x")'],
    ['a_test.go', '\tt.Skip("x")'],
    ['ATest.java', '@Disabled'],
    ['tests/run.sh', 'pytest || true'],
  ])('a new test in %s may not say %s', async (path, line) => {
    expect(await feedbackOn([fix, newFile(path, `${line}\n`, true)])).toContain('[tests-kept]');
  });

  it.each([
    ['test_a.py', 'model.fit("x")'],
    ['a.test.ts', 'const page = { skip: 10 };'],
    ['a.test.ts', "test('skips blank lines', () => { expect(a).toBe(b) });"],
  ])('a new test in %s may say %s', async (path, line) => {
    expect((await judge([fix, newFile(path, `${line}\n`, true)])).kind).toBe('done');
  });

  it('a wrong test may have its expectation mended, but loses none', async () => {
    const scene = { diagnosis: { kind: 'test' as const, files: ['tests/test_price.py'] } };
    expect((await judge([testEdit(', 5)', ', 6)')], scene)).kind).toBe('done');
    expect(await feedbackOn([testEdit('self.assertEqual(calc(10, 0.5), 5)', 'calc(10, 0.5)')], scene)).toContain(
      '[tests-kept]',
    );
  });
});

describe('the source changes', () => {
  it('where the program is the cause', async () => {
    expect(await feedbackOn([withTest])).toContain('[source-change]');
  });

  it('and need not where the test is', async () => {
    expect((await judge([withTest], { diagnosis: { kind: 'test' } })).kind).toBe('done');
  });
});

it('every finding says where, why and what would do', async () => {
  const feedback = await feedbackOn([{ ...fix, mode: '100755' }, newFile('.github/x.yml')]);
  const lines = feedback.split('\n').slice(1);
  expect(lines).toHaveLength(2);
  for (const line of lines) expect(line).toMatch(/^- \S+ \[[a-z-]+\] .+\. Acceptable: .+\.$/);
});

it('an attempt without a patch is a defect', async () => {
  await expect(judge([])).rejects.toMatchObject({ code: 'defect' });
});

it('a patch that changes tests which were there before is kept with their paths; one that adds tests is not', async () => {
  const scene = { diagnosis: { kind: 'test' as const, files: ['tests/test_price.py'] } };
  const { papers } = await judge([fix, testEdit(', 5)', ', 6)')], scene);
  expect(papers.patch?.attempts.at(-1)).toMatchObject({ changedTests: ['tests/test_price.py'] });
  expect((await judge([fix, withTest])).papers).toEqual({});
});
