import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { stepNames } from '../src/incident/incident.ts';
import { steps } from '../src/pipeline.ts';
import { importsOf, violations } from './architecture/rules.ts';

const root = new URL('../', import.meta.url);

function sources(folder: string): Map<string, string> {
  const paths = readdirSync(new URL(folder, root), { recursive: true, encoding: 'utf8' });
  return new Map(
    paths
      .filter((path) => path.endsWith('.ts'))
      .map((path) => [`${folder}${path}`, readFileSync(new URL(`${folder}${path}`, root), 'utf8')]),
  );
}

describe('the house', () => {
  it.each(['src/', 'action/src/', 'simulator/'])('%s keeps its rules', (folder) => {
    const files = sources(folder);
    expect(files.size).toBeGreaterThan(5);
    expect(violations(files)).toEqual([]);
  });

  it('lets steps be called by the pipeline only', () => {
    const all = sources('src/');
    const stepFiles = Object.keys(steps).map((name) => new RegExp(`/${name}\\.ts$`));
    const callers = [...all].filter(([path, text]) => {
      if (path === 'src/pipeline.ts' || !path.startsWith('src/stages/')) return false;
      return importsOf(text).some(
        (specifier) => specifier.startsWith('./') && stepFiles.some((file) => file.test(specifier)),
      );
    });
    expect(callers.map(([path]) => path)).toEqual([]);
  });

  it('gives the model to no step that has GitHub, and the other way round', () => {
    expect(Object.keys(steps).sort()).toEqual([...stepNames].sort());
    for (const step of Object.values(steps)) expect('may' in step).toBe(step.asks === 'github');
  });

  it('asks for no permission to write workflows', () => {
    for (const step of Object.values(steps)) expect(JSON.stringify(step)).not.toContain('workflows');
    expect(readFileSync(new URL('app.yml', root), 'utf8')).not.toMatch(/^\s*workflows:/m);
  });
});

describe('the rules themselves', () => {
  const file = (body: string): string => `// One thing into another.\n${body}\n`;
  it.each([
    ['a stage that imports another stage', 'src/stages/patch/x.ts', file("import { a } from '../review/open.ts';")],
    ['a noun that imports an adapter', 'src/failures/x.ts', file("import { a } from '../adapters/github/github.ts';")],
    [
      'an adapter that imports another adapter',
      'src/adapters/gemini/x.ts',
      file("import { a } from '../github/client.ts';"),
    ],
    ['the vocabulary that imports a port', 'src/incident/x.ts', file("import type { A } from '../ports.ts';")],
    ['config that imports an incident', 'src/config/x.ts', file("import { a } from '../incident/incident.ts';")],
    ['the worker that imports a stage', 'src/worker.ts', file("import { a } from './stages/patch/propose.ts';")],
    ['the app that imports a later stage', 'src/app.ts', file("import { a } from './stages/review/open.ts';")],
    ['main that reaches past the commands', 'src/main.ts', file("import { a } from './pipeline.ts';")],
    ['the simulator that imports the App', 'simulator/x.ts', file("import { a } from '../src/ports.ts';")],
    [
      'the Action that imports more than the report',
      'action/src/x.ts',
      file("import { a } from '../../src/ports.ts';"),
    ],
    ['a dynamic import', 'src/stages/patch/x.ts', file("const a = await import('../review/open.ts');")],
    ['a file outside of every folder', 'src/somewhere/x.ts', file("import { a } from '../ports.ts';")],
    ['IO in a stage', 'src/stages/patch/x.ts', file("import { readFileSync } from 'node:fs';")],
    [
      'a process that an adapter starts',
      'src/adapters/github/x.ts',
      file("import { spawn } from 'node:child_process';"),
    ],
    ['a process that a command starts', 'src/cli/x.ts', file("import { execFile } from 'child_process';")],
    ['text run as code', 'src/adapters/gemini/x.ts', file("import { runInNewContext } from 'node:vm';")],
    [
      'a step with the model that takes GitHub, too',
      'src/stages/patch/x.ts',
      file("import type { Desk, GitHubDesk } from '../../ports.ts';"),
    ],
    ['a clock in a noun', 'src/stages/triage/x.ts', file('const now = Date.now();')],
    ['the environment in a noun', 'src/text/x.ts', file('const key = process.env.KEY;')],
    ['chance in a noun', 'src/incident/x.ts', file('const id = Math.random();')],
    ['no first line', 'src/text/x.ts', 'export const a = 1;\n'],
    ['a default export', 'src/text/x.ts', file('export default 1;')],
    ['a barrel', 'src/text/x.ts', file("export * from './redact.ts';")],
    ['an empty name', 'src/text/utils.ts', file('export const a = 1;')],
    ['a long file', 'src/text/x.ts', file('const a = 1;\n'.repeat(260))],
    ['a name in another case', 'src/text/myFile.ts', file('export const a = 1;')],
  ])('see %s', (_, path, text) => {
    expect(violations(new Map([[path, text]]))).toHaveLength(1);
  });

  it('let through what is allowed', () => {
    const allowed = new Map([
      [
        'src/stages/patch/x.ts',
        file("import { a } from '../../text/redact.ts';\nimport { b } from './y.ts';\nimport { c } from 'diff';"),
      ],
      ['src/adapters/github/x.ts', file("import { readFileSync } from 'node:fs';")],
      ['src/cli/x.ts', file("import { a } from '../stages/patch/propose.ts';")],
    ]);
    expect(violations(allowed)).toEqual([]);
  });
});
