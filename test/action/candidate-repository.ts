// A small Node project with a failing test → a bare repository, a prepared checkout, and any candidate on top.
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export interface CandidateRepository {
  /** Holds owner/name.git, as a git server wants it. */
  readonly served: string;
  /** A checkout of the base. */
  readonly prepared: string;
  readonly base: string;
  /** Makes one commit on top of base and pushes it; `change` writes into the folder it is given. */
  candidate(change: (folder: string) => void, options?: { readonly merge?: boolean; readonly twice?: boolean }): string;
}

export function makeCandidateRepository(folder: string): CandidateRepository {
  const [seed, served, prepared] = [join(folder, 'seed'), join(folder, 'served'), join(folder, 'prepared')];
  const env = { PATH: process.env.PATH, GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null' };
  const git = (...args: string[]) =>
    execFileSync('git', args, { cwd: seed, env, encoding: 'utf8', stdio: 'pipe' }).trim();
  const commit = (message: string) => {
    git('add', '--all', '--force');
    git('-c', 'user.name=A', '-c', 'user.email=a@example.com', 'commit', '--quiet', '--allow-empty', '-m', message);
    return git('rev-parse', 'HEAD');
  };
  mkdirSync(seed, { recursive: true });
  git('init', '--quiet', '--initial-branch=main');
  writeFiles(seed, {
    'ratio.js': 'exports.ratio = (a, b) => a / b;\n',
    'test/ratio.test.js': testOf("ratio(1, 0), 0, 'known failure'"),
    'package.json': '{ "scripts": { "test": "node --test" } }\n',
    'run.sh': '#!/bin/sh\nexit 0\n',
  });
  execFileSync('chmod', ['755', join(seed, 'run.sh')]);
  const base = commit('base');
  const bare = join(served, 'owner/name.git');
  execFileSync('git', ['clone', '--quiet', '--bare', seed, bare], { env });
  execFileSync('git', ['clone', '--quiet', bare, prepared], { env });
  return {
    served,
    prepared,
    base,
    candidate: (change, options = {}) => {
      git('checkout', '--quiet', '--force', '--detach', base);
      git('clean', '--quiet', '-ffdx');
      change(seed);
      let made = commit('candidate');
      if (options.twice) made = commit('and another');
      if (options.merge) {
        const parents = ['-p', base, '-p', made];
        made = git(
          '-c',
          'user.name=A',
          '-c',
          'user.email=a@example.com',
          'commit-tree',
          `${made}^{tree}`,
          ...parents,
          '-m',
          'm',
        );
      }
      git('push', '--quiet', '--force', bare, `${made}:refs/heads/self-heal/${made.slice(0, 8)}`);
      return made;
    },
  };
}

export function testOf(args: string): string {
  return `const { test } = require('node:test');
const assert = require('node:assert');
const { ratio } = require('../ratio.js');
test('ratio', () => assert.strictEqual(${args}));
`;
}

export function writeFiles(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}

/** What heals the project above. */
export const FIX = { 'ratio.js': 'exports.ratio = (a, b) => (b === 0 ? 0 : a / b);\n' };
export const NEW_TEST = { 'test/zero.test.js': testOf("ratio(2, 0), 0, 'new test'") };
