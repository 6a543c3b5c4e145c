// Sanitising: whatever comes in, only allowed tags and attributes come out, balanced, and text stays readable.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { sanitize } from '../../../simulator/pages/sanitize.ts';

const tagsOf = (html: string) => [...html.matchAll(/<(\/?)([a-z0-9]*)((?: [a-z]+(?:="[^"<>]*")?)*)>/g)];

/** Pieces from which attacks are put together, so that random text reaches the interesting places. */
const hostile = fc
  .array(
    fc.constantFrom(
      ...['<', '</', '>', '/>', '"', "'", '=', ' ', '\n', '\t', '\u0000', '&', ';', '&#106;', '&colon;', '<!--', '-->'],
      ...['script', 'svg', 'a', 'img', 'details', 'pre', 'code', 'style', 'math', 'table', 'input', 'iframe', 'b'],
      ...[
        'href',
        'src',
        'onerror',
        'onload',
        'style',
        'class',
        'java',
        'script:',
        'alert(1)',
        'http://x',
        '//x',
        'data:',
      ],
    ),
    { maxLength: 40 },
  )
  .map((pieces) => pieces.join(''));

describe('sanitize', () => {
  it('lets out only tags and attributes of the list, whatever comes in', () => {
    fc.assert(
      fc.property(fc.oneof(hostile, fc.string({ unit: 'binary' })), (input) => {
        const output = sanitize(input);
        const tags = tagsOf(output);
        expect(output.split('<').length - 1).toBe(tags.length);
        for (const [, , name, attributes = ''] of tags) {
          expect(['script', 'svg', 'style', 'math', 'iframe']).not.toContain(name);
          for (const [, attribute, value] of attributes.matchAll(/ ([a-z]+)(?:="([^"]*)")?/g)) {
            expect(attribute).not.toMatch(/^on|^style$/);
            if (attribute === 'href' || attribute === 'src')
              expect(value?.replace(/[\s\u0000-\u001f\u007f-\u009f]/g, '')).toMatch(
                /^(?:https?:|mailto:|[^:]*$|[^:]*[/?#])/i,
              );
          }
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('closes what was opened, in order', () => {
    fc.assert(
      fc.property(hostile, (input) => {
        const open: string[] = [];
        for (const [, slash, name = ''] of tagsOf(sanitize(input))) {
          if (slash) expect(open.pop()).toBe(name);
          else if (!['br', 'hr', 'img', 'input', 'source'].includes(name)) open.push(name);
        }
        expect(open).toEqual([]);
      }),
    );
  });

  it('changes nothing when it is done twice', () => {
    fc.assert(
      fc.property(hostile, (input) => {
        const once = sanitize(input);
        expect(sanitize(once)).toBe(once);
      }),
    );
  });

  it.each([
    ['<script>alert(1)</script>after', 'after'],
    ['<SCRIPT src=x>', ''],
    ['<img src=x onerror=alert(1)>', '<img src="x">'],
    ['<a href="javascript:alert(1)">x</a>', '<a rel="nofollow noopener">x</a>'],
    ['<a href="java&#115;cript:alert(1)">x</a>', '<a rel="nofollow noopener">x</a>'],
    ['<a href=" \u0001javascript:alert(1)">x</a>', '<a rel="nofollow noopener">x</a>'],
    ['<a href="data:text/html,x">x</a>', '<a rel="nofollow noopener">x</a>'],
    [
      '<a href="https://x.test/?a=1&amp;b=2">x</a>',
      '<a href="https://x.test/?a=1&amp;b=2" rel="nofollow noopener">x</a>',
    ],
    ['<a href="/o/r#L1">x</a>', '<a href="/o/r#L1" rel="nofollow noopener">x</a>'],
    ['<svg onload=alert(1)><b>x</b></svg>y', 'y'],
    ['<b style="position:fixed" class="top">x</b>', '<b>x</b>'],
    ['<!-- hidden -->shown', 'shown'],
    ['a<!-- never closed', 'a'],
    ['<!--><b>x</b>', '<b>x</b>'],
    ['<details open><summary>s</summary>x</details>', '<details open=""><summary>s</summary>x</details>'],
    ['</div></details>x', 'x'],
    ['<details>x', '<details>x</details>'],
    ['<b><i>x</b>y', '<b><i>x</i></b>y'],
    ['<input type="text" value="x">', ''],
    ['<input type="checkbox" checked onclick="x()">', '<input type="checkbox" checked="" disabled>'],
    ['<form action="/x"><button>press</button></form>', 'press'],
    ['1 < 2 && 3 > 2 &lt;', '1 &lt; 2 &amp;&amp; 3 &gt; 2 &lt;'],
    ['<kbd>x</kbd><sub>1</sub><sup>2</sup>', '<kbd>x</kbd><sub>1</sub><sup>2</sup>'],
    ['<code class="language-py evil">x</code>', '<code>x</code>'],
    ['<code class="language-c++">x</code>', '<code class="language-c++">x</code>'],
  ])('turns %j into %j', (input, output) => {
    expect(sanitize(input)).toBe(output);
  });

  it('hands text to the linker, but not inside links and code', () => {
    const linked = sanitize('a <a href="/x">a</a> <code>a</code> <b>a</b>', (text) => text.replaceAll('a', 'A'));
    expect(linked).toBe('A <a href="/x" rel="nofollow noopener">a</a> <code>a</code> <b>A</b>');
  });
});
