// Prompt files: their form, what fills them, and that what fills them is never read as a prompt file.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { promptFrom } from '../../src/text/prompt-file.ts';
import { joined, nothing, ours } from '../../src/text/prompt-part.ts';
import { delimited } from '../../src/text/untrusted.ts';

const sources = new URL('../../src/', import.meta.url);

const file = (prompt: string, system = 'You find causes.', version = 'diagnose-3'): string =>
  `version: ${version}\n\n# System\n\n${system}\n\n# Prompt\n\n${prompt}\n`;

const fill = (prompt: string, slots: Parameters<ReturnType<typeof promptFrom>['fill']>[0]) =>
  promptFrom(file(prompt), 'x.prompt.md').fill(slots);

describe('a prompt file', () => {
  it('has a version, a system text and a prompt', () => {
    const read = promptFrom(file('What now?', 'You.\n\n# Not a part\nDo.'), 'x.prompt.md');
    expect(read).toMatchObject({ version: 'diagnose-3', system: 'You.\n\n# Not a part\nDo.' });
    expect(read.fill({})).toBe('What now?');
  });

  it('is the same with Windows line ends', () => {
    const read = promptFrom(file('{{log}}\n\nWhat now?').replaceAll('\n', '\r\n'), 'x.prompt.md');
    expect(read.fill({ log: ours`red` })).toBe('red\n\nWhat now?');
  });

  it('is filled line by line; what is empty goes with one blank line next to it', () => {
    const prompt = '{{log}}\n\n{{sources}}\n\nNow:\n{{limits}}\nWhat is the cause?\n\n{{last}}';
    const slots = { log: ours`L`, sources: ours`S`, limits: ours`M`, last: ours`E` };
    expect(fill(prompt, slots)).toBe('L\n\nS\n\nNow:\nM\nWhat is the cause?\n\nE');
    const none = nothing;
    expect(fill(prompt, { ...slots, sources: none })).toBe('L\n\nNow:\nM\nWhat is the cause?\n\nE');
    expect(fill(prompt, { log: none, sources: none, limits: none, last: none })).toBe('Now:\nWhat is the cause?');
  });

  it.each([
    ['no version', '# System\nx\n# Prompt\ny', 'version'],
    ['a version without a number', file('x', 'y', 'diagnose'), 'version'],
    ['no prompt', 'version: a-1\n# System\nx\n', '# Prompt'],
    ['a slot in the system text', file('x', '{{log}}'), '{{log}}'],
    ['a slot within a line', file('The log: {{log}}'), 'The log: {{log}}'],
    ['a slot twice', file('{{log}}\n{{log}}'), 'twice'],
  ])('with %s is refused when it is loaded', (_, text, words) => {
    expect(() => promptFrom(text, 'x.prompt.md')).toThrow('x.prompt.md');
    expect(() => promptFrom(text, 'x.prompt.md')).toThrow(words);
  });

  it('gets exactly the slots that it has', () => {
    expect(() => fill('{{log}}\n{{code}}', { log: ours`x` })).toThrow('code');
    expect(() => fill('{{log}}', { log: ours`x`, sources: ours`y` })).toThrow('sources');
  });

  it('holds every value as it is, whatever it says', () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('{{code}}', '\n{{code}}\n', '$&', '# Prompt\n{{log}}', 'version: x-1'),
    );
    fc.assert(
      fc.property(hostile, hostile, (log, code) => {
        const [first, second] = [delimited('log', log), delimited('code', code)];
        expect(fill('{{log}}\n\n{{code}}\n\nNow.', { log: first, code: second })).toBe(`${first}\n\n${second}\n\nNow.`);
      }),
      { seed: 7, numRuns: 200 },
    );
  });
});

describe('the parts of a prompt', () => {
  it('are words of ours, with numbers and parts in them', () => {
    const part = delimited('log', 'a\\b');
    expect(ours`Attempt ${2}:\n${part}`).toBe(`Attempt 2:\n${part}`);
    expect(joined([ours`a`, nothing, ours`b`])).toBe('a\n\nb');
  });

  it('are no other text', () => {
    const makers = readdirSync(sources, { recursive: true, encoding: 'utf8' }).filter(
      (path) =>
        path.endsWith('.ts') && /\bpromptPart\b|as PromptPart\b/.test(readFileSync(new URL(path, sources), 'utf8')),
    );
    expect(makers.sort()).toEqual(['text/prompt-part.ts', 'text/untrusted.ts']);
    // @ts-expect-error a plain string is anybody's
    fill('{{log}}', { log: 'a plain string' });
    // @ts-expect-error nor may it come in through our words
    ours`The log: ${'a plain string'}`;
  });
});
