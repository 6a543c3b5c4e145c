// Markdown as GitHub shows it: references, task lists, alerts, code, diagrams; nothing hidden, nothing that runs.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { markdown } from '../../../simulator/pages/markdown.ts';

const shown = (source: string, as?: 'file' | 'comment') => String(markdown(source, 'octo/pricing', as));
const sha = 'c0ffee0123456789c0ffee0123456789c0ffee01';

describe('markdown', () => {
  it.each([
    ['see #12.', '<a class="reference" href="/octo/pricing/issues/12">#12</a>.'],
    ['octo/other#3', '<a class="reference" href="/octo/other/issues/3">octo/other#3</a>'],
    ['@octocat and (@self-heal[bot])', '(<a class="reference" href="/self-heal%5Bbot%5D">@self-heal[bot]</a>)'],
    [`by ${sha}`, `<a class="reference" href="/octo/pricing/commit/${sha}" title="${sha}">c0ffee0</a>`],
  ])('links %j', (source, html) => {
    expect(shown(source)).toContain(html);
  });

  it.each(['`#12`', 'mail a@b.test', '&#39;x', '```\n@octocat\n```', 'a#b', 'c0ffee01'])(
    'leaves %j alone',
    (source) => {
      expect(shown(source)).not.toContain('class="reference"');
    },
  );

  it('shows tables, task lists, code with its language, details and kbd', () => {
    const html = shown(
      '|a|b|\n|---|---|\n|1|2|\n\n- [x] done\n\n```ts\nlet a = "<b>";\n```\n\n<details><summary>More</summary>\n\n**bold** <kbd>Ctrl</kbd>\n\n</details>',
    );
    expect(html).toContain('<table>');
    expect(html).toContain('<input checked="" type="checkbox" disabled>');
    expect(html).toContain('<code class="language-ts">let a = &quot;&lt;b&gt;&quot;;\n</code>');
    expect(html).toMatch(
      /<details><summary>More<\/summary>\s*<p><strong>bold<\/strong> <kbd>Ctrl<\/kbd><\/p>\s*<\/details>/,
    );
  });

  it('keeps line breaks in comments and not in files', () => {
    expect(shown('a\nb')).toContain('a<br>b');
    expect(shown('a\nb', 'file')).not.toContain('<br>');
  });

  it('makes alerts of quotations that say so', () => {
    expect(shown('> [!WARNING]\n> Mind the step')).toContain(
      '<blockquote class="alert alert-warning"><p class="alert-title">Warning</p><p>Mind the step',
    );
  });

  it('cannot be used to break out of the comment', () => {
    const html = shown(
      '</div></article><script>alert(1)</script> <!-- x -->\n\n[a](javascript:alert(1)) ![b](x" onerror="y)',
    );
    expect(html).not.toMatch(/<script|<\/article>|<!--|onerror="|href="/);
    expect(html.match(/<div/g)?.length).toBe(html.match(/<\/div>/g)?.length);
  });

  it('never lets a script, a handler or a comment through', () => {
    const pieces = fc.constantFrom(
      ...[
        '[a]',
        '(',
        ')',
        'javascript:',
        '<script>',
        '<img src=x ',
        'onerror=a ',
        '>',
        '`',
        '```mermaid\n',
        '\n',
        '> ',
      ],
      ...[
        'graph LR\n',
        'a-->b',
        '|x|',
        '[',
        ']',
        '"',
        '<',
        '&',
        '#1',
        '@a',
        '<!--',
        'timeline\n',
        ' : ',
        '<svg onload=x>',
      ],
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 30 }), (list) => {
        const html = shown(list.join(''));
        expect(html).not.toMatch(/<script|<!--|<[^>]*\son\w+\s*=|href="\s*javascript:/i);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('diagrams', () => {
  const diagram = (source: string) => shown(`\`\`\`mermaid\n${source}\n\`\`\``);

  it('draws a flowchart: a box for every node, a line for every arrow', () => {
    const html = diagram('flowchart LR\n  a["Failed <run>"] -->|collect| b(Evidence) --> c{Structural?}\n  c -.-> a');
    expect(html.match(/<rect /g)).toHaveLength(3);
    expect(html.match(/class="edge"/g)).toHaveLength(3);
    expect(html).toContain('>collect</text>');
    expect(html).toContain('Failed &lt;run&gt;');
  });

  it('draws a timeline', () => {
    const html = diagram('timeline\n  title Incident\n  10:00 : Failed : Seen\n  10:01 : Healed');
    expect(html).toContain('<figcaption>Incident</figcaption>');
    expect(html).toContain('<li><b>10:00</b><span>Failed</span><span>Seen</span></li>');
  });

  it.each([
    'sequenceDiagram\n  a->>b: hi',
    'flowchart LR\n  subgraph x\n  a-->b\n  end',
    'flowchart LR\n  what is this',
  ])('shows %j as it is written', (source) => {
    const html = diagram(source);
    expect(html).toContain('<figcaption>mermaid</figcaption>');
    expect(html).toContain(source.split('\n')[1]?.replaceAll('>', '&gt;'));
  });
});
