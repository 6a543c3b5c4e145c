import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Exposure } from '../../src/incident/exposure.ts';
import { exposureSection } from '../../src/onboarding/exposure-section.ts';
import { type Standing, setupEnded, setupIssue, setupTitle } from '../../src/onboarding/setup-issue.ts';

const draft = {
  yaml: 'name: Self-Heal\n',
  command: 'npm test',
  from: { workflow: '.github/workflows/ci.yml', job: 'test' },
  kind: 'npm',
  left: [{ what: 'codecov/codecov-action@v4', why: 'sends a report elsewhere' }],
  asks: ['The tests use the service `postgres`, which the sandbox has not.'],
};
const standing: Standing = {
  url: 'https://github.com/acme/shop',
  defaultBranch: 'main',
  workflows: 1,
  exposures: [],
  workflow: { kind: 'missing', draft },
};
const exposure: Exposure = {
  workflow: '.github/workflows/deploy.yml',
  event: 'push',
  when: 'released',
  why: ['uses the secret `TOKEN`'],
};
const textOf = (changes: Partial<Standing> = {}) => setupIssue({ ...standing, ...changes }).text;

describe('the setup issue', () => {
  it('asks for the drafted workflow, by a link that has it filled in', () => {
    const text = textOf();
    expect(setupTitle).toBe('Set up Self-Heal');
    expect(text).toContain(
      '- [ ] **[Open the drafted workflow on GitHub](https://github.com/acme/shop/new/main?filename=.github/workflows/self-heal.yml&value=name%3A%20Self-Heal%0A)**',
    );
    expect(text).toContain('- [ ] The first validation ran.');
    expect(text).toContain('no permission to write workflows');
    expect(text).toContain(
      'Made from the job `test` of `.github/workflows/ci.yml`. In the sandbox it runs:\n\n```sh\nnpm test\n```',
    );
    expect(text).toContain(
      '<summary>The whole .github/workflows/self-heal.yml</summary>\n\n```yaml\nname: Self-Heal\n```',
    );
    expect(text).toContain('| `codecov/codecov-action@v4` | sends a report elsewhere |');
    expect(text).toContain('- The tests use the service `postgres`, which the sandbox has not.');
  });

  it('has the workflow to copy where it is too long for a link', () => {
    const text = textOf({ workflow: { kind: 'missing', draft: { ...draft, yaml: '# é\n'.repeat(1_000) } } });
    expect(text).toContain(
      '[Open a new file on GitHub](https://github.com/acme/shop/new/main?filename=.github/workflows/self-heal.yml)',
    );
    expect(text).toContain('too long for a link');
    expect(text).toContain('# é\n# é\n');
  });

  it.each<[Standing['workflow'], RegExp]>([
    [{ kind: 'missing', draft: { ...draft, from: { manifest: 'go.mod' } } }, /Made from `go\.mod`\./],
    [{ kind: 'missing', draft: { ...draft, from: 'nothing' } }, /the command is a placeholder/],
    [{ kind: 'wrong', problems: ['it does not declare `files`'] }, /- it does not declare `files`/],
  ])('says where the draft is from, or what is wrong: %j', (workflow, words) => {
    expect(textOf({ workflow })).toMatch(words);
  });

  it('ticks what is done', () => {
    const there = { kind: 'there', sha: 'abcdef0123456789' } as const;
    const committed = textOf({ workflow: there });
    expect(committed).toContain('- [x] `.github/workflows/self-heal.yml` is there (`abcdef0`).\n- [ ] The first');
    expect(committed).not.toContain('The drafted workflow');
    const run = 'https://github.com/acme/shop/actions/runs/9';
    expect(textOf({ workflow: there, validation: { url: run, isGreen: false } })).toContain(
      `closes this issue. The last one could not be carried out: [this run](${run}).`,
    );
    expect(textOf({ workflow: there, validation: { url: run, isGreen: true } })).toContain(
      `- [x] The first validation ran: [this run](${run}).`,
    );
    expect(setupEnded({ url: run }).text).toContain(`[this run](${run})`);
  });

  it('says how to try it on the run that failed last', () => {
    const lastFailed = { url: 'https://github.com/acme/shop/actions/runs/7', title: 'calc: @ada [x](y)' };
    expect(textOf({ lastFailed })).toMatch(
      /Comment `\/heal dry-run` here.* the last run that failed on `main` \(\[.*\]\(https:\/\/github\.com\/acme\/shop\/actions\/runs\/7\)\)/,
    );
    expect(textOf({ lastFailed })).not.toMatch(/@ada|\[x\]\(y\)/);
    expect(textOf()).toContain('put the label `auto-heal` on an issue');
  });

  it('says how to switch it off', () => {
    for (const way of ['Close this issue', '`mode: off`', '`self-heal:skip`', 'out of the installation'])
      expect(textOf()).toContain(way);
  });

  it('breaks out of nothing, whatever the repository calls things, and stays within GitHub’s limit', () => {
    const any = fc.string({ unit: 'binary', maxLength: 300 });
    fc.assert(
      fc.property(
        any,
        any,
        any,
        fc.array(fc.record({ what: any, why: any }), { maxLength: 60 }),
        (one, two, three, left) => {
          const text = textOf({
            defaultBranch: one,
            lastFailed: { url: 'https://github.com/acme/shop/actions/runs/7', title: two },
            exposures: [{ ...exposure, workflow: three, why: [two] }],
            workflow: {
              kind: 'missing',
              draft: {
                ...draft,
                yaml: `${one}\n${'x'.repeat(40_000)}`,
                command: `${two}\n${'y'.repeat(40_000)}`,
                asks: [three],
                left,
              },
            },
          });
          expect(text.length).toBeLessThanOrEqual(65_000);
          expect(text.match(/<details>/g) ?? []).toHaveLength(text.match(/<\/details>/g)?.length ?? 0);
        },
      ),
      { numRuns: 50 },
    );
  });
});

describe('the exposure section', () => {
  const said = (exposures: Exposure[] | undefined, workflows = 3) => exposureSection(exposures, workflows).text;

  it('shows what each workflow has to lose, and when', () => {
    expect(said([exposure])).toContain(
      '| `.github/workflows/deploy.yml` | `push` | once the pull request leaves quarantine | uses the secret `TOKEN` |',
    );
    expect(said([exposure])).toContain('comments `/heal release`');
    expect(said([exposure])).not.toContain('not pushed at all');
  });

  it('says of what no quarantine holds that nothing is pushed', () => {
    const text = said([{ ...exposure, event: 'create', when: 'pushed' }]);
    expect(text).toContain('is not pushed at all');
    expect(text).not.toContain('/heal release');
  });

  it('says so where nothing is exposed, nothing is there, or not all was read', () => {
    expect(said([])).toContain('None of the 3 other workflows');
    expect(said([], 0)).toContain('no other workflows');
    expect(said(undefined)).toContain('Not all workflows');
  });

  it('lists twenty, and counts the others', () => {
    expect(said(Array.from({ length: 23 }, () => exposure))).toContain('And 3 more.');
  });
});
