import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { parse } from 'yaml';
import { policy } from '../../src/cli/policy.ts';
import { defaultPolicy } from '../../src/config/policy.ts';
import { policyJsonSchema } from '../../src/config/policy-keys.ts';

const folder = mkdtempSync(join(tmpdir(), 'policy-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

const printed: string[] = [];
beforeEach(() => {
  printed.length = 0;
  jest.spyOn(console, 'log').mockImplementation((text: unknown) => {
    printed.push(String(text));
  });
});
const run = async (...args: string[]) => [await policy.run(args, {}), printed.join('\n')] as const;

describe('self-heal policy', () => {
  it('prints the policy that a valid file comes to', async () => {
    const [code, text] = await run(file('ok.yml', 'attempts: 2\n'));
    expect(code).toBe(0);
    const { final: _, ...shown } = defaultPolicy;
    expect(parse(text)).toEqual({ ...shown, attempts: 2 });
  });

  it('lays it over the organisation’s, and says what is overruled', async () => {
    const above = file('above.yml', 'max-risk: low\nforbid: [a]\nfinal: [max-risk]\n');
    const [code, text] = await run(file('own.yml', 'max-risk: high\nforbid: [b]\n'), '--organisation', above);
    expect(code).toBe(0);
    expect(text).toContain('# max-risk is final in the organisation’s policy.');
    expect(parse(text)).toMatchObject({ 'max-risk': 'low', forbid: ['a', 'b'] });
  });

  it('shows mistakes with line and caret, wherever they are', async () => {
    const long = `forbid: [${"'x', ".repeat(40)}7]\n`;
    const [code, text] = await run(file('bad.yml', `mode: of\n${long}`));
    expect(code).toBe(1);
    expect(text).toContain('bad.yml:1:7: mode: "of" is not one of off,');
    expect(text).toContain('Did you mean off?\n  1 | mode: of\n    |       ^\n');
    const [, source = '', caret = ''] = text.split('\n').slice(-3);
    expect(source[caret.indexOf('^')]).toBe('7');
    expect(source.length).toBeLessThan(120);
  });

  it('tells a machine the same', async () => {
    const bad = file('bad.yml', 'mode: of\n');
    const [code, text] = await run(bad, '--json');
    expect([code, JSON.parse(text)]).toMatchObject([1, { problems: [{ path: bad, line: 1, column: 7, key: 'mode' }] }]);
    printed.length = 0;
    const [, well] = await run(file('ok.yml', 'mode: off\n'), '--json');
    expect(JSON.parse(well)).toMatchObject({ policy: { mode: 'off' }, overruled: [] });
  });

  it('knows a file that is too large', async () => {
    expect(await run(file('large.yml', `#${'x'.repeat(90_000)}`))).toEqual([
      1,
      expect.stringContaining('64000 are the limit'),
    ]);
  });

  it('prints the schema', async () => {
    const [code, text] = await run('--schema');
    expect([code, JSON.parse(text)]).toEqual([0, policyJsonSchema()]);
  });

  it.each([
    [['a', 'b'], 'It takes one file.'],
    [['--what'], '--what'],
    [[join(folder, 'none.yml')], 'there is no such file'],
    [[], 'There is no .github/self-heal.yml here'],
  ])('refuses %j', async (args, why) => {
    await expect(policy.run(args, {})).rejects.toMatchObject({
      code: 'input-invalid',
      message: expect.stringContaining(why),
    });
  });

  it('prints what docs/configuration.md shows', async () => {
    const root = new URL('../../', import.meta.url);
    const name = 'test/fixtures/policy-with-mistakes.yml';
    const [, text] = await run(new URL(name, root).pathname);
    const document = readFileSync(new URL('docs/configuration.md', root), 'utf8');
    expect(document).toContain(`$ self-heal policy ${name}\n${text.replaceAll(new URL(name, root).pathname, name)}\n`);
  });
});
