// Whatever text goes in, what GitHub renders of it pings nobody, links nothing, closes nothing and stays in its place.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { marked } from 'marked';
import {
  clippedBody,
  codeBlock,
  decimal,
  details,
  inlineCode,
  joined,
  link,
  markdown,
  markdownText,
  nothing,
  paragraphs,
  table,
  title,
  titleText,
} from '../../src/text/outbound.ts';
import { plainText } from '../../src/text/outbound-escape.ts';
import { Markdown } from '../../src/text/outbound-kinds.ts';

const rendered = (markdown: string): string => marked.parse(markdown, { async: false, gfm: true });
/** What GitHub looks through for mentions and references: the texts between tags and comments, outside of code. */
const texts = (markdown: string): string[] =>
  rendered(markdown)
    .replace(/<(code|pre)[^>]*>[\s\S]*?<\/\1>/g, '<x>')
    .split(/<[^>]*>/)
    .map((text) =>
      text
        .replaceAll('&lt;', '<')
        .replaceAll('&gt;', '>')
        .replaceAll('&quot;', '"')
        .replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)))
        .replaceAll('&amp;', '&'),
    );
const tagsOf = (markdown: string): string[] =>
  [...rendered(markdown).matchAll(/<\/?([a-z!][\w-]*)/gi)].map((match) => match[1] ?? '');

const hostile = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 8 }),
      fc.constantFrom(
        '@alice',
        '@org/team',
        'fixes #12',
        'GH-3',
        'o/r#4',
        '9fceb02d0ae598e95dc970b74767f19372d61af8',
        'deadbee1',
        'https://evil.example/x',
        'www.evil.example',
        'a@b.example',
        '<img src=x onerror=alert(1)>',
        '<!--',
        '-->',
        '</details>',
        '</code>',
        '`',
        '```',
        '~~~',
        '[a](b)',
        '![a](b)',
        '[x]: y',
        '|',
        '\n',
        '\n\n',
        '# h',
        '- ',
        '1. ',
        '> ',
        '===',
        '---',
        '\\',
        '*',
        '_',
        '    ',
        '\t',
        '&lt;',
        '&#64;',
        '$x$',
        '::error::x',
        '##[error]x',
        '<https://a.example>',
        ':-:',
      ),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));

function expectHarmless(markdown: string, allowed: readonly string[]): void {
  expect(tagsOf(markdown).filter((tag) => !allowed.includes(tag.toLowerCase()))).toEqual([]);
  for (const text of texts(markdown)) {
    expect(text).not.toMatch(/(?:^|\W)@\w/);
    expect(text).not.toMatch(/#\d|\bGH-\d/i);
    expect(text).not.toMatch(/(?<![0-9a-z])[0-9a-f]{7,40}(?![0-9a-z])/i);
    expect(text).not.toMatch(/:\/\/\w/);
  }
}

describe('markdownText', () => {
  it('is harmless for any text', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const { text: markdown } = markdownText(text);
        expectHarmless(markdown, ['p', 'br', '!--']);
        for (const line of markdown.split('\n')) expect(line).not.toMatch(/^\s*::|##\[/);
      }),
      { numRuns: 1_000 },
    );
  });

  it.each([
    'plain words, and a (remark) with 50% off!',
    'TypeError: x["a"] is not a function <anonymous>',
    'fixes #12, thanks @alice & bob | see https://example.com',
    'snake_case and **not bold** and `code` and $5',
    '1. not a list',
    '# not a heading',
  ])('reads as it was written: %j', (text) => {
    expect(texts(markdownText(text).text).join('').trim()).toBe(text);
  });

  it('keeps lines, and gives up their indentation', () => {
    expect(markdownText('  a\n\n    b').text).toBe('a\n\nb');
  });
});

describe('slots', () => {
  const url = fc.oneof(
    hostile,
    hostile.map((text) => `https://evil.example/${text}`),
    hostile.map((text) => `javascript:${text}`),
  );

  it('hold any text as one line of text, wherever they stand', () => {
    fc.assert(
      fc.property(hostile, hostile, (one, other) => {
        const { text } = markdown`### ${one}\n\n> **${other}**, ${one} #${3}\n\n- ${other}`;
        expect(text.split('\n')).toHaveLength(5);
        const harmless = text.replace('#3\n', 'x\n');
        expectHarmless(harmless, ['h3', 'p', 'blockquote', 'strong', 'ul', 'li', '!--']);
        expect(tagsOf(harmless).filter((tag) => /^(?:h3|blockquote|ul|li)$/.test(tag))).toHaveLength(8);
      }),
      { numRuns: 500 },
    );
  });

  it('hold links that lead to the web, and nowhere out of their place', () => {
    fc.assert(
      fc.property(hostile, url, (words, address) => {
        const html = rendered(markdown`before ${link(words, address)} after`.text);
        expect(tagsOf(html).filter((tag) => !['p', 'a', '!--'].includes(tag))).toEqual([]);
        for (const [, href] of html.matchAll(/href="([^"]*)"/g)) expect(href).toMatch(/^https?:\/\/[^\s"'<>`]*$/);
        expect(html).toMatch(/after<\/p>\s*$/);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['https://github.com/a/b/actions/runs/1', '[CI](https://github.com/a/b/actions/runs/1)'],
    ['https://github.com/a/b/tree/x(y) z', '[CI](https://github.com/a/b/tree/x%28y%29%20z)'],
    ['  https://github.com/a ', '[CI](https://github.com/a)'],
    ['https:github.com/a', 'CI'],
    ['\u0001https://github.com/a', '[CI](https://github.com/a)'],
    ['javascript:alert(1)', 'CI'],
    ['https://user:pass@evil.example/', 'CI'],
    ['/relative', 'CI'],
    ['', 'CI'],
  ])('a link to %j', (address, expected) => {
    expect(link('CI', address).text).toBe(expected);
  });

  it('leave out what is empty between parts', () => {
    expect(paragraphs([markdown`a`, undefined, nothing, markdown`b`]).text).toBe('a\n\nb');
    expect(joined(['*a*', 2, ''], markdown`, `).text).toBe('\\*a\\*, 2');
    expect(decimal(1, 1).text).toBe('1.0');
    expect(decimal(Number.NaN, 1).text).toBe('NaN');
  });
});

describe('a title', () => {
  it('is one line of ours, in which only numbers refer', () => {
    expect(title`revert the fix of #${7}: ${'closes #8\n@ada'}`).toBe('revert the fix of #7: closes # 8 @ ada');
    expect(title`x ${'y'.repeat(400)}`.length).toBeLessThanOrEqual(202);
  });
});

describe('codeBlock', () => {
  it('holds any text in one block, also after other text and in details', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const html = rendered(`before\n\n${codeBlock(text, 'js').text}\n\nafter`);
        expect(html.match(/<pre>/g)).toHaveLength(1);
        expect(html).toMatch(/<\/pre>\s*<p>after<\/p>\s*$/);
        expect(
          rendered(details('log', codeBlock(text)).text)
            .trim()
            .endsWith('</details>'),
        ).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('takes a language that is one', () => {
    expect(codeBlock('x', 'c++').text.split('\n')[0]).toBe('```c++');
    expect(codeBlock('x', 'js\n```\n@alice').text.split('\n')).toHaveLength(3);
  });
});

describe('inlineCode', () => {
  it('stays one code span for any text, also in a table', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const code = inlineCode(text);
        if (code.text === '') return;
        expectHarmless(`before ${code.text} after`, ['p', 'br', '!--', 'code']);
        const html = rendered(table(['a', 'b'], [[code, 'last']]).text);
        expect(html.match(/<td>/g)).toHaveLength(2);
        expect(html).toContain('<td>last</td>');
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['src/a.ts', '`src/a.ts`'],
    ['a | b', '<code>a &#124; b</code>'],
    ['two\nlines', '`two lines`'],
    [' ', ''],
  ])('%j is %s', (text, expected) => {
    expect(inlineCode(text).text).toBe(expected);
  });
});

describe('details and table', () => {
  it('shows a summary as it is: Markdown is not read there', () => {
    expect(details('Attempt 1: fix(calc_zero): *now* <b> & @ada', new Markdown('x')).text).toContain(
      '<summary>Attempt 1: fix(calc_zero): *now* &lt;b&gt; &amp; @<!-- -->ada</summary>',
    );
  });

  it('let no summary and no cell break out', () => {
    fc.assert(
      fc.property(hostile, hostile, (summary, cell) => {
        const { text: body } = details(summary, table(['one', 'two'], [[markdownText(cell), 'x']]));
        expectHarmless(body, ['details', 'summary', 'table', 'thead', 'tbody', 'tr', 'th', 'td', 'p', 'br', '!--']);
        expect(rendered(body).match(/<td>/g)).toHaveLength(2);
      }),
      { numRuns: 300 },
    );
  });

  it('give every row as many cells as there are headers', () => {
    expect(table(['a', 'b'], [['1'], ['1', '2', '3']]).text).toBe('| a | b |\n| --- | --- |\n| 1 |  |\n| 1 | 2 |');
  });
});

describe('clippedBody', () => {
  it('closes what it cut open, and stays below the limit', () => {
    const body = details('log', codeBlock(Array.from({ length: 9_000 }, (_, line) => `line ${line}`).join('\n')));
    const { text: short } = clippedBody(paragraphs([markdown`intro`, body, markdown`end`]));
    expect(short.length).toBeLessThanOrEqual(65_000);
    expect(short).toMatch(/line \d+\n```\n\n<\/details>\n\n_Cut here/);
    expect(rendered(short)).toMatch(/<\/details>\s*<p><em>Cut here[^<]*<\/em><\/p>\s*$/);
  });

  it('holds the limit for any body', () => {
    fc.assert(
      fc.property(fc.array(hostile, { maxLength: 40 }), fc.integer({ min: 200, max: 800 }), (blocks, max) => {
        const body = paragraphs(blocks.map((text) => details('x', codeBlock(text))));
        const { text: short } = clippedBody(body, max);
        expect(short.length).toBeLessThanOrEqual(max);
        if (body.text.length > max) expect(rendered(short)).toMatch(/Cut here[^<]*<\/em><\/p>\s*$/);
      }),
    );
  });

  it('leaves short bodies alone', () => {
    expect(clippedBody(new Markdown('x\n')).text).toBe('x\n');
  });
});

describe('plainText and titleText', () => {
  it('ping nobody, close nothing, skip no checks and forge no trailers', () => {
    fc.assert(
      fc.property(
        fc
          .array(
            fc.oneof(
              hostile,
              fc.constantFrom(
                '[skip ci]',
                '[ci skip]',
                '[no actions]',
                '\nskip-checks: true',
                '\nCo-authored-by: x',
                '\nSigned-off-by : y',
              ),
            ),
          )
          .map((parts) => parts.join(' ')),
        (text) => {
          for (const plain of [plainText(text), titleText(text)]) {
            expect(plain).not.toMatch(/(?<![\w.+-])@\w/);
            expect(plain).not.toMatch(/#\d|\bGH-\d|\/(?:issues|pull)\/\d/i);
            expect(plain).not.toMatch(/\[(?:skip ci|ci skip|no ci|skip actions|actions skip|no actions)\]/i);
            expect(plain).not.toMatch(/^\s*(?:skip-checks|[\w-]+-by)[ \t]*:/im);
            expect(plain).not.toMatch(/^\s*::|##\[/m);
          }
        },
      ),
    );
  });

  it('are otherwise what was written', () => {
    const text = 'Guard against a discount of 0 in calc() (src/pricing.py:2)\n\nWrites to dev@example.com.';
    expect(plainText(text)).toBe(text);
    expect(titleText(text)).toBe(text.replace(/\s+/g, ' '));
    expect(titleText('x'.repeat(300), 72)).toHaveLength(72);
  });
});

it('a block of code prints no command of the runner', () => {
  const { text: shown } = codeBlock('::error::x\n  a ##[group]y\n::add-mask::z\na::b\n+::set-output', 'text');
  expect(shown.split('\n').filter((line) => /^\s*::|##\[/.test(line))).toEqual([]);
  expect(shown).toContain('\na::b\n+::set-output');
});
