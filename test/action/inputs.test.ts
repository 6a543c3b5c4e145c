// The inputs of the Action: what is taken, what is refused with which words, and that action.yml says the same.

import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parse } from 'yaml';
import * as z from 'zod';
import { DEFAULTS, parseInputs } from '../../action/src/inputs.ts';

const given = {
  base: 'a'.repeat(40),
  candidate: 'b'.repeat(40),
  incident: 'inc-1',
  attempt: '2',
  command: 'npm test',
  directory: '/work',
};
const read =
  (more: Record<string, string> = {}) =>
  (name: string): string =>
    ({ ...given, ...more })[name] ?? '';

describe('inputs', () => {
  it('have defaults for everything but what identifies the run', () => {
    expect(parseInputs(read())).toMatchObject({
      ...given,
      attempt: 2,
      engine: 'auto',
      image: undefined,
      trigger: 'workflow-run',
      testCommand: undefined,
      tests: [],
      files: [],
      reports: [],
      repeat: 0,
      writablePaths: [],
      limits: { timeoutSeconds: 900, memoryMb: 4096, cpus: 0, processes: 512, diskMb: 4096, outputKb: 256 },
    });
  });

  it('take one path a line, and ~ for the home folder', () => {
    const settings = parseInputs(read({ tests: 'a.py\r\n\n  b/c.py ', 'read-only-paths': '~/.m2\n/srv/data/' }));
    expect(settings.tests).toEqual(['a.py', 'b/c.py']);
    expect(parseInputs(read({ files: 'a\nb c', reports: 'r/*.xml', 'test-command': ' npm test ' }))).toMatchObject({
      files: ['a', 'b c'],
      reports: ['r/*.xml'],
      testCommand: 'npm test',
    });
    expect(settings.readOnlyPaths).toEqual([`${homedir()}/.m2`, '/srv/data/']);
  });

  it.each([
    ['base', 'main', /`base` must be a full commit SHA/],
    ['candidate', 'A'.repeat(40), /`candidate` must be a full commit SHA/],
    ['incident', '../x', /`incident` must be letters/],
    ['attempt', '0', /`attempt`/],
    ['command', '  ', /`command` must not be empty/],
    ['engine', 'chroot', /`engine`/],
    ['network', 'host', /`network` can only be "none"/],
    ['image', 'a b', /`image`/],
    ['image', 'node:24', /needs `engine: docker` or/],
    ['memory-mb', '1e9', /`memory-mb`/],
    ['timeout-seconds', 'soon', /`timeout-seconds`/],
    ['output-kb', '400', /`output-kb`/],
    ['trigger', 'push', /`trigger`/],
    ['reports', '../*.xml', /`reports` must stay inside/],
    ['reports', '/tmp/*.xml', /`reports` must stay inside/],
    ['repeat', '11', /`repeat`/],
    ['cpus', '-1', /`cpus`/],
    ['read-only-paths', 'relative', /`read-only-paths` must be absolute/],
    ['environment', 'GITHUB_TOKEN', /belongs to the runner/],
    ['environment', 'NPM_TOKEN', /looks like a secret/],
    ['environment', 'A=b', /must be the name/],
  ])('refuse %s: %s', (name, value, message) => {
    expect(() => parseInputs(read({ [name]: value }))).toThrow(message);
  });

  it('never hold a number outside of its bounds, whatever was written', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.double().map(String), fc.integer().map(String)), (text) => {
        let memoryMb: number;
        try {
          memoryMb = parseInputs(read({ 'memory-mb': text })).limits.memoryMb;
        } catch {
          // Refused, which is the other right answer.
          return;
        }
        expect(Number.isInteger(memoryMb) && memoryMb >= 64 && memoryMb <= 1_048_576).toBe(true);
      }),
    );
  });

  it('are those of action.yml, with the same defaults', () => {
    const Input = z.object({ description: z.string().min(20), required: z.boolean(), default: z.string().optional() });
    const ActionFile = z.object({ inputs: z.record(z.string(), Input), outputs: z.record(z.string(), z.unknown()) });
    const file = ActionFile.parse(parse(readFileSync('action/action.yml', 'utf8')));
    const asked = new Set<string>();
    parseInputs((name) => {
      asked.add(name);
      return read()(name);
    });
    expect(Object.keys(file.inputs).sort()).toEqual([...asked].sort());
    for (const [name, value] of Object.entries(DEFAULTS))
      expect([name, file.inputs[name]?.default]).toEqual([name, value]);
    for (const [name, input] of Object.entries(file.inputs))
      expect([name, input.default === undefined]).toEqual([name, input.required]);
    expect(Object.keys(file.outputs)).toEqual(['report', 'ran']);
  });
});
