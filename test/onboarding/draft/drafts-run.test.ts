// Drafted workflows, run by the simulator's runner with our own Action: they prepare the base, which is red, and are green with the fix.
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { textFiles } from '../../../src/adapters/github/artifact.ts';
import { draftWorkflow } from '../../../src/onboarding/draft/draft-workflow.ts';
import { pathsToRead } from '../../../src/onboarding/draft/paths-to-read.ts';
import { SandboxReport } from '../../../src/stages/validation/sandbox-report.ts';
import { sandboxEngine } from '../../journeys/sandbox-engine.ts';
import { type Hosted, here, host } from '../../simulator/github/hosted.ts';

const workflowPath = '.github/workflows/self-heal.yml';
const actionFolder = fileURLToPath(new URL('../../../action', import.meta.url));

type Files = Record<string, string>;

function draftOf(files: Files): string {
  const paths = Object.keys(files);
  const read = new Map(pathsToRead(paths).map((path) => [path, files[path] ?? '']));
  return draftWorkflow({ paths, files: read, defaultBranch: 'main' }).yaml;
}

async function reportOf(files: Files, fix: Files): Promise<SandboxReport> {
  const { name: engine } = await sandboxEngine();
  // The engine that works on this machine; the draft leaves the choice to the runner.
  const yaml = draftOf(files).replace('          command: |', `          engine: ${engine}\n          command: |`);
  // What people's own workflow would do with the push is no part of this.
  const { '.github/workflows/ci.yml': _ci, ...hostedFiles } = files;
  const hosted = await host(
    { ...hostedFiles, [workflowPath]: yaml },
    { localActions: { 'self-heal-app/self-heal/action': actionFolder } },
  );
  try {
    return await validated(hosted, fix);
  } finally {
    await hosted.close();
  }
}

async function validated(hosted: Hosted, fix: Files): Promise<SandboxReport> {
  const octokit = await hosted.installation();
  const { data: branch } = await octokit.request('GET /repos/{owner}/{repo}/git/ref/{ref}', {
    ...here,
    ref: 'heads/main',
  });
  const base = branch.object.sha;
  const tree = Object.entries(fix).map(([path, content]) => ({
    path,
    content,
    mode: '100644' as const,
    type: 'blob' as const,
  }));
  const made = await octokit.request('POST /repos/{owner}/{repo}/git/trees', { ...here, base_tree: base, tree });
  const commit = { ...here, message: 'fix', tree: made.data.sha, parents: [base] };
  const { data: candidate } = await octokit.request('POST /repos/{owner}/{repo}/git/commits', commit);
  await octokit.request('POST /repos/{owner}/{repo}/git/refs', {
    ...here,
    ref: 'refs/heads/self-heal/x',
    sha: candidate.sha,
  });
  const inputs = {
    ...{ incident: 'inc-1', attempt: '1', base, candidate: candidate.sha, tests: '' },
    ...{ files: Object.keys(fix).join('\n'), trigger: 'workflow-run' },
  };
  const dispatch = { ...here, workflow_id: 'self-heal.yml', ref: 'main', inputs, return_run_details: true };
  const answer = await octokit.request(
    'POST /repos/{owner}/{repo}/actions/workflows/{workflow_id}/dispatches',
    dispatch,
  );
  const run = z.object({ workflow_run_id: z.number() }).parse(answer.data);
  await hosted.simulator.github.idle();
  const { data } = await octokit.request('GET /repos/{owner}/{repo}/actions/runs/{run_id}/artifacts', {
    ...here,
    run_id: run.workflow_run_id,
  });
  const zip = await octokit.request('GET /repos/{owner}/{repo}/actions/artifacts/{artifact_id}/{archive_format}', {
    ...{ ...here, artifact_id: data.artifacts[0]?.id ?? 0, archive_format: 'zip' },
  });
  const texts = await textFiles(Buffer.from(z.instanceof(ArrayBuffer).parse(zip.data)), { maxBytes: 5_000_000 });
  return SandboxReport.parse(JSON.parse([...texts.values()][0] ?? ''));
}

const endsOf = ({ runs }: SandboxReport) =>
  runs.filter(({ ended }) => ended !== 'skipped').map(({ name, exitCode }) => [name, exitCode === 0]);

const nodeCi = `on: push
defaults: { run: { working-directory: web } }
jobs:
  test:
    runs-on: ubuntu-latest
    strategy: { matrix: { suite: [sum] } }
    services: { redis: { image: redis } }
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with: { node-version: '24', cache: npm }
      - run: npm ci && npm run lint
      - name: Tests
        env: { SUITE: "\${{ matrix.suite }}", TOKEN: "\${{ secrets.TOKEN }}" }
        run: npm test -- --test-reporter=junit --test-reporter-destination=reports/junit.xml
      - run: npm publish
`;
const web: Files = {
  '.github/workflows/ci.yml': nodeCi,
  'web/package.json':
    '{ "name": "web", "version": "1.0.0", "scripts": { "lint": "node --check sum.js", "test": "mkdir -p reports && node --test" } }',
  'web/package-lock.json':
    '{ "name": "web", "version": "1.0.0", "lockfileVersion": 3, "packages": { "": { "name": "web", "version": "1.0.0" } } }',
  'web/sum.js': 'exports.sum = (a, b) => a - b;\n',
  'web/sum.test.js': `const test = require('node:test');
test(process.env.SUITE, () => require('node:assert').equal(require('./sum.js').sum(1, 2), 3));
`,
};

const pythonCi = `on: push
env: { RATE_SECRET: plain }
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with: { python-version: '3.x', cache: pip }
      - name: Install and test
        run: |
          python3 -m pip install --quiet -r requirements.txt
          # The tests want a folder.
          mkdir -p out
          cd tests
          python3 -m unittest -v
      - uses: actions/upload-artifact@v4
        with: { path: out }
`;
const rates: Files = {
  '.github/workflows/ci.yml': pythonCi,
  'requirements.txt': '# none\n',
  'tests/rates.py': 'def double(x):\n    return x + 2\n',
  'tests/test_rates.py': `import os, unittest, rates
class Rates(unittest.TestCase):
    def test_double(self):
        self.assertTrue(os.path.isdir("../out"))
        self.assertEqual(os.environ["RATE_SECRET"], "plain")
        self.assertEqual(rates.double(3), 6)
`,
};

describe('a drafted workflow that is run', () => {
  it('tests an npm package in a folder, and hands its reports over', async () => {
    const report = await reportOf(web, { 'web/sum.js': 'exports.sum = (a, b) => a + b;\n' });
    expect(report.error).toBeUndefined();
    expect(endsOf(report)).toEqual([
      ['base', false],
      ['candidate', true],
    ]);
    expect(JSON.stringify(report)).toMatch(/web\/reports\/junit\.xml/);
    expect(JSON.stringify(report)).toMatch(/testcase name=\\+"sum\\+"/);
  });

  it('tests a Python project with what its steps prepare', async () => {
    const report = await reportOf(rates, { 'tests/rates.py': 'def double(x):\n    return 2 * x\n' });
    expect(endsOf(report)).toEqual([
      ['base', false],
      ['candidate', true],
    ]);
    expect(JSON.stringify(report)).toContain('5 != 6');
  });
});
