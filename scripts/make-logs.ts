// A fixture's script → its log: runs the tool for real in a checkout's place and writes what the runner's log would hold.
import { spawnSync } from 'node:child_process';
import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { basename } from 'node:path';

/**
 * `test/fixtures/logs/TOOL/CASE.sh` has two parts: above the line `# run` it writes files and installs the tool, unseen;
 * below is the step's script, shown and run as GitHub's runner does it. Usage: make-logs.ts [TOOL/CASE …]
 */
const folder = new URL('../test/fixtures/logs/', import.meta.url).pathname;
const longestRunMs = 600_000;
const asked = process.argv.slice(2);
const scripts = globSync('*/*.sh', { cwd: folder })
  .map((path) => path.replace(/\.sh$/, ''))
  .filter((name) => asked.length === 0 || asked.includes(name))
  .sort();
if (scripts.length === 0) throw new Error(`No script of that name below ${folder}`);
for (const name of scripts) make(name);

function make(name: string): void {
  const [setup = '', step = ''] = readFileSync(`${folder}${name}.sh`, 'utf8').split(/^# run\n/m);
  if (step.trim() === '') throw new Error(`${name}.sh has no line '# run' with a step below it`);
  const repository = `${name.split('/')[0]}-shop`;
  const workspace = `/home/runner/work/${repository}/${repository}`;
  rmSync(workspace, { recursive: true, force: true });
  mkdirSync(workspace, { recursive: true });
  const prepared = bash(setup, workspace);
  if (prepared.status !== 0) throw new Error(`${name}: the setup failed:\n${prepared.output.slice(-4_000)}`);
  const { status, output } = bash(step, workspace);
  writeFileSync(`${folder}${name}.log`, asRunnerLog(repository, step.trim(), tidy(output), status));
  console.log(`${name}: exit code ${status}, ${output.split('\n').length} lines (${basename(folder)})`);
}

function bash(script: string, workspace: string): { status: number; output: string } {
  const wrapped = `exec 2>&1\n${script}`;
  const { status, signal, stdout } = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', wrapped], {
    cwd: workspace,
    encoding: 'utf8',
    timeout: longestRunMs,
    maxBuffer: 200_000_000,
    env: {
      ...process.env,
      CI: 'true',
      GITHUB_ACTIONS: 'true',
      HOME: '/home/runner',
      FIXTURE_SETUP_HOME: process.env.HOME ?? '',
    },
  });
  return { status: status ?? 128 + (constants.signals[signal ?? 'SIGKILL'] ?? 9), output: stdout };
}

/** What differs on GitHub's machines: the registry's host, and where the tools lie. */
function tidy(output: string): string {
  const registry = spawnSync('npm', ['config', 'get', 'registry'], { encoding: 'utf8' }).stdout.trim();
  const host = registry.replace(/\/+$/, '');
  return host === '' ? output : output.replaceAll(host, 'https://npm.example.com');
}

function asRunnerLog(repository: string, step: string, output: string, status: number): string {
  const script = step.split('\n');
  const lines = [
    '##[group]Run actions/checkout@v5',
    'with:',
    '  token: ***',
    '##[endgroup]',
    `Syncing repository: shop/${repository}`,
    `##[group]Run ${script[0]}`,
    ...script.map((line) => `\x1b[36;1m${line}\x1b[0m`),
    'shell: /usr/bin/bash -e {0}',
    '##[endgroup]',
    ...output.replace(/\n$/, '').split('\n').flatMap(asRunnerShows),
    ...(status === 0 ? [] : [`##[error]Process completed with exit code ${status}.`]),
    'Post job cleanup.',
    'Cleaning up orphan processes',
  ];
  const start = Date.parse('2026-03-01T12:00:00Z');
  const stamp = (index: number) => new Date(start + index * 7).toISOString().replace('Z', '4321Z');
  const stamped = (line: string, index: number): string =>
    line
      .split('\v')
      .map((part, inner) => `${inner === 0 ? `${stamp(index)} ` : ''}${part}\n`)
      .join('');
  return `\ufeff${lines.map(stamped).join('')}`;
}

/** A workflow command → what the runner writes for it; further lines of a message carry no timestamp. */
function asRunnerShows(line: string): string[] {
  const [, command = '', data = ''] = /^\s*::([a-z-]+)(?: (?:[^:]|:(?!:))*)?::(.*)$/.exec(line) ?? [];
  const message = data.replaceAll('%0D', '\r').replaceAll('%0A', '\v').replaceAll('%25', '%');
  if (command === '') return [line];
  return /^(?:group|endgroup|error|warning|notice)$/.test(command) ? [`##[${command}]${message}`] : [];
}
