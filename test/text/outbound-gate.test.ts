// The last gate: whatever a stage let through, nothing that could do harm leaves; and what is harmless leaves as it is.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  codeBlock,
  details,
  inlineCode,
  markdown,
  markdownText,
  paragraphs,
  prose,
  table,
} from '../../src/text/outbound.ts';
import { withoutEscapes } from '../../src/text/outbound-escape.ts';
import { gated, limits } from '../../src/text/outbound-gate.ts';
import { redact } from '../../src/text/redact.ts';

// Put together here, so that no scanner takes this file for a leak.
const token = `ghp_${'aB3dE5fG7hI9'.repeat(3)}`;
const password = 'hunter_2_x!Q9';
const fine = fc.array(
  fc.oneof(
    fc.string({ unit: 'binary', maxLength: 8 }),
    fc.constantFrom(
      ...[
        ` ${token} `,
        `password=${password}`,
        `DB_PASSWORD=${password}`,
        '\n::error::x',
        '::',
        '##[',
        'a ##[add-mask]b',
        '\n',
      ],
      ...['\u200d', '\ufe0f', '\u202e', '\u001b[31m', '👦', '```', '<details>', '\r\n', '@ada', 'x'.repeat(300)],
      ...['-----BEGIN RSA PRIVATE KEY-----\n', 'x7Kq'.repeat(30), '\n-----END RSA PRIVATE KEY-----', '\\', '&lt;'],
    ),
  ),
  { maxLength: 12 },
);
const anything = fine.map((parts) => parts.join(''));
const kinds = ['body', 'summary', 'title', 'message'] as const;

describe.each(kinds)('a %s', (kind) => {
  it('through the gate twice is the same as once, and holds nothing unseen, no secret and no command', async () => {
    await fc.assert(
      fc.asyncProperty(anything, async (text) => {
        const once = await gated[kind](text);
        expect(await gated[kind](once)).toBe(once);
        expect(once.isWellFormed()).toBe(true);
        expect(once).not.toContain(token);
        expect(once).not.toMatch(/(?![\n\t])\p{Cc}|[\u202e\u200b]/u);
        expect(once).not.toMatch(/^\s*::|##\[/m);
      }),
      { numRuns: 120 },
    );
  });
});

describe('a secret', () => {
  const hidden = [
    ['text', markdown`see ${token}`],
    ['lines', markdownText(`see\n${token}`)],
    ['prose', prose(`see \`x\` ${token}`)],
    ['code', inlineCode(token)],
    ['code with a pipe', inlineCode(`a|${token}`)],
    ['a block', codeBlock(token)],
    ['a cell', table(['a'], [[token]])],
    ['a summary', details(`see ${token}`, markdown`x`)],
    ['an assignment', markdown`DB_PASSWORD=${password}`],
  ] as const;

  it.each(hidden)('that a stage let through as %s does not leave, however it was escaped', async (_, body) => {
    const shown = withoutEscapes(await gated.body(paragraphs([markdown`before`, body, markdown`after`]).text)).text;
    expect(shown).toMatch(/^before\n.*\[redacted:.*\nafter$/s);
    for (const secret of [token, password]) expect(shown).not.toContain(secret);
  });

  it('is marked as one that was redacted, and nothing around it is lost', async () => {
    const { text } = markdown`(a_b) ${token} *c* #4`;
    expect(await gated.body(text)).toBe(
      markdown`(a_b) ${'TOKEN'} *c* #4`.text.replace('TOKEN', '[redacted:github-token]'),
    );
  });

  it('that an earlier stage has redacted stays as it stands', async () => {
    const { text } = markdownText(await redact(`remote: ${token}, password=${password}`));
    expect(await gated.body(text)).toBe(text);
  });
});

describe('what GitHub takes', () => {
  it('is kept to: characters of a body, bytes of a summary, one line of a title', async () => {
    const long = details('log', codeBlock('ä line of output, and no secret\n'.repeat(4_000))).text;
    expect((await gated.body(long)).length).toBeLessThanOrEqual(limits.body);
    expect(Buffer.byteLength(await gated.summary(long))).toBeLessThanOrEqual(limits.summaryBytes);
    for (const cut of [await gated.body(long), await gated.summary(long)])
      expect(cut).toMatch(/\n```\n\n<\/details>\n\n_Cut here: [^\n]*_$/);
    expect(await gated.title(`a\nb ${'x y '.repeat(200)}`)).toMatch(/^a b [^\n]{1,251}…$/);
  });
});

it('escapes are seen through, to the place that they stand at', () => {
  const source = 'a\\_b &lt;c&#124; @<!-- -->d \\\\ \\x';
  const { text, source: at } = withoutEscapes(source);
  expect(text).toBe('a_b <c| @d \\ \\x');
  for (const [shown, written] of [
    ['a_b', 'a\\_b'],
    ['<c|', '&lt;c&#124;'],
    ['\\x', '\\x'],
  ] as const) {
    const from = text.lastIndexOf(shown);
    expect(source.slice(at(from), at(from + shown.length))).toBe(written);
  }
});
