import { execFileSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { commitMessage, quarantined } from '../../src/text/commit-message.ts';
import { diagnosis, incident, issueTrigger } from '../incident/sample.ts';

const about = (rootCause: string) => incident({}, { diagnosis: { ...diagnosis, rootCause } });
const trailersOf = (message: string): string[] =>
  execFileSync('git', ['interpret-trailers', '--parse', '--no-divider'], { input: message, encoding: 'utf8' })
    .trim()
    .split('\n');

/** What a model, or whoever steers it, might say to have a say in what happens with the commit. */
const hostile = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 20 }),
      fc.constantFrom(
        '\n',
        '\n\n',
        '\r\n\r\n',
        '\u2028',
        '\0',
        '\u202e',
        '\ud83d',
        'skip-checks: true',
        '\n\n\nskip-checks: true',
        'skip-checks:true',
        '[skip ci]',
        '[ci skip]',
        '[no ci]',
        '[skip actions]',
        '[actions skip]',
        '[skip [skip ci]ci]',
        '[sk\u200bip ci]',
        '***NO_CI***',
        'Co-authored-by: eve <eve@evil.example>',
        'Signed-off-by: eve <e@x>',
        'Incident: zzzzzzzzzz',
        'Run: https://evil.example',
        'Closes #1',
        'fixes GH-1',
        'resolves acme/pricing#1',
        'closes https://github.com/acme/pricing/issues/1',
        '@ada',
        '(@acme/team)',
        'x'.repeat(90),
        '---',
        '#1',
        '::add-mask::x',
        '##[error]',
      ),
    ),
    { maxLength: 14 },
  )
  .map((parts) => parts.join(' '));

describe('a commit message', () => {
  it('says what was done, why, and for which incident', () => {
    expect(
      commitMessage(
        about('`calc` divides by the discount, which may be zero for goods that are not reduced at all.'),
        'fix(pricing): accept a discount of zero',
      ),
    ).toBe(
      [
        '[self-heal] fix(pricing): accept a discount of zero',
        '',
        '`calc` divides by the discount, which may be zero for goods that are not',
        'reduced at all.',
        '',
        'Incident: 0a1b2c3d4e',
        'Cause: `calc` divides by the discount, which may be zero for goods that are not reduced at all.',
        'Run: https://github.com/acme/pricing/actions/runs/71',
      ].join('\n'),
    );
  });

  it('names the issue where one asked', () => {
    expect(commitMessage(incident({}, { trigger: issueTrigger }), 'fix: x')).toMatch(
      /\n\nunknown\n\nIncident: .*\nCause: unknown\nIssue: https:\/\/github\.com\/acme\/pricing\/issues\/4$/,
    );
  });

  it('ends, in quarantine, with two empty lines and the trailer that GitHub looks for', () => {
    const message = commitMessage(about('x'), 'fix: y');
    expect(quarantined(message)).toBe(`${message}\n\n\nskip-checks: true`);
    expect(trailersOf(quarantined(message))).toEqual(['skip-checks: true']);
  });
});

describe('the model’s words', () => {
  it('add no trailer', () => {
    for (const [subject, cause] of fc.sample(fc.tuple(hostile, hostile), 60)) {
      const names = trailersOf(commitMessage(about(cause), subject)).map((trailer) => trailer.split(':')[0]);
      expect(names).toEqual(['Incident', 'Cause', 'Run']);
    }
  });

  it('skip no workflow, ping nobody, close nothing, hide nothing', () => {
    fc.assert(
      fc.property(hostile, hostile, (subject, cause) => {
        const message = commitMessage(about(cause), subject);
        expect(message.isWellFormed()).toBe(true);
        expect(message).not.toMatch(/\[(skip ci|ci skip|no ci|skip actions|actions skip)\]|\*{3}NO_CI\*{3}/i);
        expect(message).not.toMatch(/^\s*(skip-checks|co-authored-by|signed-off-by)\s*:/im);
        expect(message).not.toMatch(/(?<![\w.+-])@\w/);
        expect(message).not.toMatch(/#\d|\bGH-\d|\/(issues|pull)\/\d/i);
        expect(message).not.toMatch(/(?!\n)[\p{Cc}\u200b\u202e]/u);
        expect(message).not.toMatch(/^\s*::|##\[/m);
        const [title = '', blank] = message.split('\n');
        expect(title.length).toBeLessThanOrEqual(72);
        expect(title.startsWith('[self-heal]')).toBe(true);
        expect(blank).toBe('');
      }),
      { numRuns: 500 },
    );
  });
});
