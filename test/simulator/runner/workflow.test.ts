import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseWorkflow } from '../../../simulator/runner/workflow.ts';

const good = `name: CI
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - run: make
`;
const path = '.github/workflows/ci.yml';
const expression = (text: string) => `\${{ ${text} }}`;
const parse = (text: string) => parseWorkflow({ path, text });

function refusal(text: string): { line: number; last: string } {
  const parsed = parse(text);
  if (parsed.ok) throw new Error('was accepted');
  return { line: parsed.line, last: parsed.message.split('\n').at(-1) ?? '' };
}

const bad: [string, string, number, string][] = [
  ['no trigger', good.replace('on: push\n', ''), 1, 'Required property is missing: on'],
  ['no jobs', 'on: push\n', 1, 'Required property is missing: jobs'],
  ['an unknown key', good.replace('name: CI', 'title: CI'), 1, "Unexpected value 'title'"],
  ['an unknown event', good.replace('on: push', 'on: [push, pushed]'), 2, "Unexpected value 'pushed'"],
  ['no runner', good.replace('    runs-on: ubuntu-latest\n', ''), 4, 'Required property is missing: runs-on'],
  ['an unknown step key', good.replace('- run: make', '- runs: make'), 7, "Unexpected value 'runs'"],
  ['a step of nothing', good.replace('- run: make', '- name: x'), 7, 'Required property is missing: run'],
  ['a mapping for a name', good.replace('name: CI', 'name: {a: b}'), 1, 'A mapping was not expected'],
  [
    'an unknown need',
    good.replace('    steps', '    needs: test\n    steps'),
    6,
    "Job 'build' depends on unknown job 'test'.",
  ],
  [
    'a need of itself',
    good.replace('    steps', '    needs: build\n    steps'),
    6,
    "Job 'build' depends on job 'build' which creates a cycle in the dependency graph.",
  ],
  [
    'an unknown context',
    good.replace('make', `make ${expression('gitub.sha')}`),
    7,
    "Unrecognized named-value: 'gitub'",
  ],
  [
    'a context not known there',
    good.replace('ubuntu-latest', expression('env.OS')),
    5,
    "Unrecognized named-value: 'env'",
  ],
  ['an unknown function', good.replace('make', `make ${expression('sha()')}`), 7, "Unrecognized function: 'sha'"],
  ['an open expression', good.replace('make', 'make ${{ github.sha'), 7, 'The expression is not closed.'],
  [
    'two steps of one id',
    good.replace('- run: make', '- run: make\n        id: a\n      - run: make\n        id: A'),
    10,
    "The identifier 'A' may not be used more than once within the same scope.",
  ],
  [
    'both filters',
    good.replace('on: push', 'on:\n  push:\n    branches: [a]\n    branches-ignore: [b]'),
    3,
    'you may only define one of `branches` and `branches-ignore` for a single event',
  ],
];

describe('parseWorkflow', () => {
  it('reads jobs in their order, with the path as the name where there is none', () => {
    const parsed = parse(
      good.replace('name: CI\n', '').replace('  build:', '  first: {runs-on: x, steps: [{run: a}]}\n  build:'),
    );
    if (!parsed.ok) throw new Error(parsed.message);
    expect(parsed.workflow.name).toBe(path);
    expect([...parsed.workflow.jobs.keys()]).toEqual(['first', 'build']);
  });

  it.each(bad)('refuses %s', (_title, text, line, message) => {
    const { line: found, last } = refusal(text);
    expect(last).toContain(`${path} (Line: ${line}, Col: `);
    expect(last).toContain(message);
    expect(found).toBe(line);
  });

  it('says on which line the YAML is broken, as GitHub does', () => {
    expect(parse('on: push\njobs:\n  a: {\n')).toEqual({
      ok: false,
      line: 4,
      message: 'You have an error in your yaml syntax on line 4',
    });
    expect(parse(good.replace('name: CI', 'name: a\nname: b'))).toMatchObject({ ok: false, line: 2 });
  });

  it('starts with GitHub’s headline', () => {
    const parsed = parse(good.replace('name: CI', 'title: CI'));
    expect(parsed).toMatchObject({
      ok: false,
      message: expect.stringMatching(/^Invalid workflow file: \.github\/workflows\/ci\.yml#L1\n/),
    });
  });

  it('answers any text', () => {
    fc.assert(fc.property(fc.string(), (text) => void expect(parse(text).ok).toBe(false)));
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (on, jobs) => {
        expect(typeof parse(JSON.stringify({ on, jobs })).ok).toBe('boolean');
      }),
    );
  });
});
