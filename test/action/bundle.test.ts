// The bundle as a runner starts it, from inputs to report: against a git server, in a sandbox, with tests that try to cheat.

import { execFile, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SandboxReport } from '../../src/stages/validation/sandbox-report.ts';
import {
  type CandidateRepository,
  FIX,
  makeCandidateRepository,
  NEW_TEST,
  testOf,
  writeFiles,
} from './candidate-repository.ts';
import { type GitServer, startGitServer } from './git-server.ts';
import { openSandbox } from './sandbox.ts';

const bundle = resolve('action/dist/index.js');

interface Ended {
  readonly code: number | null;
  readonly log: string;
  readonly outputs: string;
  readonly summary: string;
  readonly report: SandboxReport;
  readonly temporary: string;
}

describe('the Action', () => {
  const folder = mkdtempSync(join(tmpdir(), 'self-heal-action-'));
  let repository: CandidateRepository;
  let server: GitServer;
  let engine = 'none';
  let count = 0;

  beforeAll(async () => {
    repository = makeCandidateRepository(folder);
    server = await startGitServer(repository.served, 'the-token');
    for (const name of ['bubblewrap', 'podman'] as const) {
      const sandbox = await openSandbox(name);
      if ('unavailable' in sandbox) continue;
      await sandbox.close();
      engine = name;
      break;
    }
    if (engine === 'none') console.warn('no sandbox engine on this machine: the bundle is tested without one');
  });
  afterAll(async () => {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function start(inputs: Record<string, string>): Promise<Ended> {
    count += 1;
    const temporary = join(folder, `temporary-${count}`);
    mkdirSync(temporary);
    for (const name of ['output', 'summary']) writeFileSync(join(temporary, name), '');
    const given = {
      ...{
        base: repository.base,
        incident: 'inc-1',
        attempt: '2',
        command: 'node --test',
        directory: repository.prepared,
      },
      ...{ engine, token: 'the-token', 'timeout-seconds': '60', 'memory-mb': '1024' },
      ...inputs,
    };
    const env = {
      PATH: `${dirname(process.execPath)}:${process.env.PATH}`,
      HOME: process.env.HOME,
      RUNNER_TEMP: temporary,
      GITHUB_OUTPUT: join(temporary, 'output'),
      GITHUB_STEP_SUMMARY: join(temporary, 'summary'),
      GITHUB_WORKSPACE: repository.prepared,
      GITHUB_SERVER_URL: server.url,
      GITHUB_REPOSITORY: 'owner/name',
      ACTIONS_RUNTIME_TOKEN: 'canary-of-the-runner',
      ...Object.fromEntries(Object.entries(given).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])),
    };
    const child = spawn(process.execPath, [bundle], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    let log = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (log += chunk));
    const code = await new Promise<number | null>((done) => child.once('close', done));
    const outputs = readFileSync(join(temporary, 'output'), 'utf8');
    const path = /^\/.*self-heal-report\.json$/m.exec(outputs)?.[0];
    if (path === undefined) throw new Error(`no report: ${log}`);
    const report = SandboxReport.parse(JSON.parse(readFileSync(path, 'utf8')));
    return { code, log, outputs, summary: readFileSync(join(temporary, 'summary'), 'utf8'), report, temporary };
  }
  const results = (report: SandboxReport) => report.runs.map(({ name, ended, exitCode }) => [name, ended, exitCode]);

  it('proves a good candidate: red, red, green, and leaves nothing but the report', async () => {
    const candidate = repository.candidate((at) => writeFiles(at, { ...FIX, ...NEW_TEST }));
    const inputs = {
      ...{ candidate, tests: 'test/zero.test.js', files: 'ratio.js\ntest/zero.test.js' },
      'test-command': 'mkdir out && node --test --test-reporter=junit --test-reporter-destination=out/junit.xml',
      reports: 'out/*.xml',
    };
    const { code, report, outputs, summary, log, temporary } = await start(inputs);
    expect(code).toBe(0);
    expect(results(report)).toEqual([
      ['base', 'completed', 1],
      ['test-only', 'completed', 1],
      ['candidate', 'completed', 0],
    ]);
    expect(report).toMatchObject({
      ...{ incident: 'inc-1', attempt: 2, base: repository.base, candidate, command: 'node --test', engine },
      ...{ modifiedPaths: [], changedPaths: ['ratio.js', 'test/zero.test.js'], testPaths: ['test/zero.test.js'] },
    });
    expect(report.runs.map(({ testCommand }) => testCommand?.exitCode)).toEqual([1, 1, 0]);
    expect(report.runs.map(({ reports }) => reports.map(({ text }) => text.match(/<testcase/g)?.length))).toEqual([
      [1],
      [2],
      [2],
    ]);
    const trees = report.runs.map(({ tree }) => tree);
    expect(new Set(trees).size).toBe(3);
    expect(report.trees).toEqual({ base: trees[0], candidate: trees[2] });
    expect(report.runs.map(({ output }) => [/known failure/.test(output), /new test/.test(output)])).toEqual([
      [true, false],
      [true, true],
      [false, false],
    ]);
    expect(new Set(report.runs.map(({ overlayDigest }) => overlayDigest)).size).toBe(3);
    expect(report.error).toBeUndefined();
    expect(outputs).toMatch(/^ran<<.*\ntrue\n/m);
    expect(summary).toContain('| candidate | with everything the candidate changes | 0 |');
    expect(log).toContain('::add-mask::the-token\n');
    expect(log.replace('::add-mask::the-token', '')).not.toContain('the-token');
    expect(
      readdirSync(temporary, { recursive: true })
        .map(String)
        .filter((name) => !/^self-heal-\w+$/.test(name))
        .sort(),
    ).toEqual(['output', expect.stringMatching(/self-heal-report\.json$/), 'summary']);
  });

  it('reports a bad candidate as it is, with exit code 0, and says when there is no new test', async () => {
    const candidate = repository.candidate((at) => writeFiles(at, { 'ratio.js': 'exports.ratio = () => 5;\n' }));
    const { code, report } = await start({ candidate });
    expect(code).toBe(0);
    expect(results(report)).toEqual([
      ['base', 'completed', 1],
      ['test-only', 'skipped', null],
      ['candidate', 'completed', 1],
    ]);
    expect(report.runs[1]?.reason).toMatch(/no test/);
  });

  it('writes what it ran, whatever the tests print, write or end themselves with', async () => {
    const forged = `
      const fs = require('node:fs');
      for (const line of ['::set-output name=ran::forged', '::stop-commands::x', '::error::forged', '::add-mask::t', '::endgroup::'])
        console.log('\\n' + line);
      console.log(JSON.stringify({ version: 1, runs: [{ name: 'candidate', exitCode: 0 }] }));
      for (const fd of [3, 4, 5, 6]) try { fs.writeSync(fd, '{ "exit-code": 0 }\\n'); } catch {}
      for (const key of Object.keys(process.env)) if (/GITHUB|RUNNER|canary/.test(key + process.env[key])) console.log('LEAK', key);
      process.exit(0);`;
    const candidate = repository.candidate((at) =>
      writeFiles(at, { 'test/forged.test.js': forged, 'ratio.js': 'exports.ratio = () => 5;\n' }),
    );
    const { code, report, log, outputs } = await start({
      candidate,
      command: 'node test/forged.test.js; node --test test/ratio.test.js',
    });
    expect(code).toBe(0);
    expect(results(report).at(-1)).toEqual(['candidate', 'completed', 1]);
    expect(outputs).not.toContain('forged');
    expect(report.runs.at(-1)?.output).toContain('::set-output name=ran::forged');
    expect(report.runs.at(-1)?.output).not.toContain('LEAK');
    const live = log.split('\n').reduce<{ token?: string; commands: string[] }>(
      ({ token, commands }, line) => {
        if (token !== undefined) return line === `::${token}::` ? { commands } : { token, commands };
        const stop = /^::stop-commands::(.+)$/.exec(line)?.[1];
        return stop === undefined
          ? { commands: [...commands, ...(/^\s*::[\w-]+/.exec(line) ?? [])] }
          : { token: stop, commands };
      },
      { commands: [] },
    );
    expect(new Set(live.commands)).toEqual(new Set(['::add-mask', '::group', '::endgroup']));
  });

  it('says what is wrong and fails, and still writes a report, when the runs cannot be carried out', async () => {
    const candidate = repository.candidate((at) => writeFiles(at, FIX));
    const workflow = repository.candidate((at) => writeFiles(at, { ...FIX, '.github/workflows/ci.yml': 'on: push\n' }));
    const cases: readonly [Record<string, string>, RegExp][] = [
      [{ candidate: workflow }, /is refused: "\.github\/workflows\/ci\.yml"/],
      [{ candidate, tests: 'test/other.js' }, /`tests` names "test\/other\.js"/],
      [{ candidate, files: 'run.sh' }, /does not name: "ratio\.js", and it does not change .*"run\.sh"/],
      [{ candidate, base: candidate }, /`base` is [0-9a-f]{40}/],
      [{ candidate, directory: folder }, /is not a git checkout/],
      [{ candidate, 'read-only-paths': '/' }, /would show/],
    ];
    for (const [inputs, message] of cases) {
      const { code, report, outputs, log } = await start(inputs);
      expect([code, report.runs, report.engine]).toEqual([1, [], 'undecided']);
      expect(report.error).toMatch(message);
      expect(log).toMatch(/^::error::/m);
      expect(outputs).toMatch(/^ran<<.*\nfalse\n/m);
    }
  });

  it('notes what preparing the base has changed, and brings installed files along at the same path', async () => {
    writeFiles(repository.prepared, {
      'node_modules/dep/index.js': `module.exports = ${JSON.stringify(repository.prepared)};\n`,
    });
    writeFiles(repository.prepared, { 'package.json': '{ "scripts": { "test": "node --test" }, "changed": true }\n' });
    try {
      const test = "require('node:assert').strictEqual(process.env.NONE ?? require('dep'), process.cwd());\n";
      const candidate = repository.candidate((at) =>
        writeFiles(at, { ...FIX, 'test/zero.test.js': testOf('ratio(2, 0), 0'), 'dep.js': test }),
      );
      const inside = await start({
        candidate,
        trigger: 'issue',
        command: 'test ! -e .git && test -e node_modules/dep/index.js && { test ! -e dep.js || node dep.js; }',
      });
      expect(inside.report.modifiedPaths).toEqual(['package.json']);
      if (engine !== 'none')
        expect(results(inside.report)).toEqual([
          ['base', 'completed', 0],
          ['test-only', 'skipped', null],
          ['candidate', 'completed', 0],
        ]);
    } finally {
      rmSync(join(repository.prepared, 'node_modules'), { recursive: true });
      writeFiles(repository.prepared, { 'package.json': '{ "scripts": { "test": "node --test" } }\n' });
    }
  });

  it('is the bundle that its sources build', async () => {
    const ended = await new Promise((done) => {
      execFile(process.execPath, ['action/scripts/check-bundle.ts'], (error, _stdout, stderr) =>
        done([error?.code ?? 0, stderr]),
      );
    });
    expect(ended).toEqual([0, expect.not.stringContaining('action/dist')]);
  });
});
