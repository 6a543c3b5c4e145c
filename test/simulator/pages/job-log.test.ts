// A job's log as a page: groups, colours, marked errors, and nothing of it taken for HTML.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ansi, jobLog } from '../../../simulator/pages/job-log.ts';
import { log } from './answers.ts';

describe('jobLog', () => {
  it('folds groups, marks errors, numbers lines and keeps timestamps apart', () => {
    const html = String(jobLog(log));
    expect(html).toMatch(/<details><summary class="line">.*Run python3 -m unittest<\/span><\/summary>/);
    expect(html).toContain('<span class="fg36 bold">python3 -m unittest</span>');
    expect(html).toContain('<b>Error: </b>Process completed with exit code 1.');
    expect(html).toContain('<span class="line-number">5</span><time>2026-11-20T10:00:02.1234567Z</time>');
    expect(html).toContain('ZeroDivisionError: &lt;division&gt; by zero');
    expect(html).not.toContain('\uFEFF');
    expect(String(jobLog('2026-11-20T10:00:00.1234567Z [command]/usr/bin/git version'))).toContain(
      '<div class="line log-command">',
    );
  });

  it('shows the end of a log that is too long', () => {
    const html = String(jobLog(Array.from({ length: 6000 }, (_, index) => `line ${index + 1}`).join('\n')));
    expect(html).toContain('1000 earlier lines are not shown here');
    expect(html).toContain('>line 6000</span>');
    expect(html).not.toContain('>line 1000</span>');
  });

  it('opens and closes as many elements, whatever the log says', () => {
    const line = fc.oneof(
      fc.constantFrom(
        '##[group]a',
        '##[endgroup]',
        '##[error]b',
        '</details>',
        '<details>',
        '\u001b[31mred',
        '\u001b[0m',
      ),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const html = String(jobLog(lines.join('\n')));
        for (const tag of ['details', 'div', 'span', 'summary'])
          expect(html.split(`<${tag}`).length).toBe(html.split(`</${tag}>`).length);
      }),
    );
  });
});

describe('ansi', () => {
  it.each([
    ['\u001b[1;31mbold red\u001b[0m plain', '<span class="bold fg31">bold red</span> plain'],
    ['\u001b[31mred\u001b[39m not', '<span class="fg31">red</span> not'],
    ['\u001b[38;5;196mmany\u001b[1mcolours', 'many<span class="bold">colours</span>'],
    ['\u001b[2K\u001b[1Gmoved', 'moved'],
    ['\u001b[m<b>&"', '&lt;b&gt;&amp;&quot;'],
  ])('turns %j into %j', (text, html) => {
    expect(ansi(text)).toBe(html);
  });
});
