// actions/setup-python on a machine that has its Pythons already: makes the one that fits `python`, and finds errors in its output.
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Execution, processEnvironment } from '../execution.ts';
import { ProblemMatcher } from '../problem-matcher.ts';
import { findProgram } from '../programs.ts';
import { fitsVersion } from '../version-spec.ts';
import type { Action, ActionInputs } from './action.ts';
import { group, tryTool } from './tool.ts';

interface Found {
  /** The interpreter itself, not a version manager's shim. */
  file: string;
  version: string;
}

const question = 'import platform, sys; print(sys.executable); print(platform.python_version())';

async function askPython(execution: Execution, program: string): Promise<Found | undefined> {
  const found = findProgram(program, processEnvironment(execution).PATH ?? '');
  if (!found) return undefined;
  const cwd = execution.job.directories.workspace;
  const { exitCode, lines } = await tryTool(execution, { program: found, args: ['-c', question], cwd, silent: true });
  const [file, version] = lines;
  return exitCode === 0 && file && version ? { file, version } : undefined;
}

function wantedVersion(execution: Execution, inputs: ActionInputs): string {
  const file = inputs.get('python-version-file');
  if (inputs.get('python-version') || !file) return inputs.lines('python-version').at(-1) ?? '';
  return readFileSync(resolve(execution.job.directories.workspace, file), 'utf8').trim().split('\n')[0] ?? '';
}

async function choosePython(execution: Execution, spec: string): Promise<Found | undefined> {
  const minor = /^\d+\.\d+/.exec(spec)?.[0];
  const candidates: Found[] = [];
  for (const program of [...(minor ? [`python${minor}`] : []), 'python3', 'python']) {
    const found = await askPython(execution, program);
    if (found) candidates.push(found);
  }
  return candidates.find(({ version }) => fitsVersion(version, spec)) ?? candidates[0];
}

/** A tool folder as the real action's, whose `bin` has the names that scripts use. */
function installInto(execution: Execution, python: Found): string {
  const folder = join(execution.job.directories.toolCache, 'Python', python.version, process.arch);
  const bin = join(folder, 'bin');
  mkdirSync(bin, { recursive: true });
  for (const name of ['python', 'python3']) {
    if (!existsSync(join(bin, name))) symlinkSync(python.file, join(bin, name));
  }
  for (const name of ['pip', 'pip3']) {
    writeFileSync(join(bin, name), `#!/bin/sh\nexec '${python.file}' -m pip "$@"\n`, { mode: 0o755 });
  }
  return folder;
}

/** Tracebacks become annotations: the patterns that the real action registers. */
function addMatcher(execution: Execution): void {
  const pattern = [
    { regexp: '^\\s*File\\s\\"(.*)\\",\\sline\\s(\\d+),\\sin\\s(.*)$', file: 1, line: 2 },
    { regexp: "^\\s*raise\\s(.*)\\(\\'(.*)\\'\\)$", message: 2 },
  ];
  execution.job.matchers.set('python', new ProblemMatcher({ owner: 'python', pattern }));
}

export const setupPython: Action = {
  inputs: {
    'python-version': {},
    'python-version-file': {},
    cache: {},
    architecture: {},
    'check-latest': { default: 'false' },
    // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression, evaluated when the step runs
    token: { default: '${{ github.token }}' },
    'cache-dependency-path': {},
    'update-environment': { default: 'true' },
    'allow-prereleases': { default: 'false' },
    freethreaded: { default: 'false' },
    'pip-version': {},
    'pip-install': {},
  },
  async main(execution, inputs) {
    const { job } = execution;
    const spec = wantedVersion(execution, inputs);
    const python = await choosePython(execution, spec);
    if (!python)
      throw new Error(
        `The version '${spec}' with architecture '${process.arch}' was not found for this operating system.`,
      );
    if (!fitsVersion(python.version, spec)) {
      job.log.write(`Python ${spec} is not on this machine; going on with its ${python.version}`);
    }
    const folder = installInto(execution, python);
    addMatcher(execution);
    if (inputs.boolean('update-environment')) {
      job.paths.unshift(join(folder, 'bin'));
      for (const name of ['pythonLocation', 'Python_ROOT_DIR', 'Python2_ROOT_DIR', 'Python3_ROOT_DIR'])
        job.env[name] = folder;
    }
    group(execution, 'Installed versions', [`Successfully set up CPython (${python.version})`]);
    if (inputs.get('cache')) job.log.write(`${inputs.get('cache')} cache is not found`);
    Object.assign(execution.outputs, {
      'python-version': python.version,
      'python-path': join(folder, 'bin', 'python'),
      'cache-hit': 'false',
    });
  },
};
