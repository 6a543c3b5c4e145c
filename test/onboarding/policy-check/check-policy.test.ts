import { describe, expect, it } from '@jest/globals';
import { policyPath } from '../../../src/config/policy.ts';
import {
  checkPolicy,
  type PolicyCheckDesk,
  policyCheckMay,
} from '../../../src/onboarding/policy-check/check-policy.ts';
import { mendedAnswer, policyAnswer } from '../../../src/onboarding/policy-check/policy-answer.ts';
import type { CommentSummary, Comparison, GitHub, PullSummary, WholeFile } from '../../../src/ports.ts';
import { Markdown } from '../../../src/text/outbound-kinds.ts';
import { incident, sha } from '../../incident/sample.ts';
import { deskWith } from '../../stages/desk.ts';

const { repository } = incident();
const head = sha('a');
const base = sha('b');
const commit = { repository, sha: head };
const pull = { ...commit, pull: { number: 7, baseSha: base, mayBeAnswered: false } };
const pushed = { ...commit, pull: { ...pull.pull, mayBeAnswered: true } };

const open: PullSummary = {
  ...{ number: 7, url: 'https://github.com/acme/pricing/pull/7', state: 'open', merged: false, mergedSha: null },
  ...{ mergedAt: null, closedBy: null, headSha: head, baseBranch: 'main', draft: false },
};

const changing = (path: string, more: Partial<Comparison> = {}): Comparison => ({
  ...{ status: 'ahead', url: 'https://github.com/acme/pricing/compare', commits: [], truncated: false },
  ...{ files: [{ path, status: 'modified', patch: '' }], ...more },
});

const said = (body: string, authorIsBot = true): CommentSummary => ({
  ...{ id: 1, author: 'self-heal[bot]', authorIsBot, body, createdAt: new Date(0) },
});

function scene(files: Record<string, string | WholeFile>, more: Partial<GitHub> = {}) {
  const { desk, calls } = deskWith({
    file: async (_, ref = '') => {
      const file = files[ref];
      return typeof file === 'string' ? { text: file } : file;
    },
    compare: async () => changing(policyPath),
    comments: async () => [],
    pull: async () => open,
    comment: async () => 'https://github.com/acme/pricing/pull/7#issuecomment-1',
    commitComment: async () => 'https://github.com/acme/pricing/commit/a#commitcomment-1',
    ...more,
  });
  const github: PolicyCheckDesk['github'] = desk.github;
  const written = () =>
    calls
      .filter(({ name }) => name === 'comment' || name === 'commitComment')
      .map(({ args: [where, marker, body] }) => [where, marker, body instanceof Markdown ? body.text : '']);
  return { desk: { github }, names: () => calls.map(({ name }) => name), written };
}

describe('a commit of the default branch', () => {
  it('is answered with every mistake in its place', async () => {
    const { desk, written } = scene({ [head]: 'mode: shadwo\n\nattempts: 9 # @ada\nforbid: x\n' });
    expect(await checkPolicy(desk, commit)).toMatchObject({
      kind: 'answered',
      said: expect.stringContaining('line 1: mode: "shadwo" is not one of'),
    });
    const [[where, marker, body = ''] = []] = written();
    expect([where, marker]).toEqual([head, 'policy-check']);
    expect(body).toContain('`.github/self-heal.yml` has 3 mistakes');
    expect(body).toContain('the last version without mistakes stays in force');
    expect(body).toMatch(/^\| 1 \| `mode` \| .*Did you mean shadow\?/m);
    expect(body).toMatch(/^\| 3 \| `attempts` \| has to be a whole number, 1 to 5, not 9/m);
  });

  it.each([
    ['is valid', { [head]: 'mode: off\n' }],
    ['is not there', {}],
  ])('whose policy %s costs one request', async (_, files) => {
    const { desk, names } = scene(files);
    expect(await checkPolicy(desk, commit)).toMatchObject({ kind: 'nothing-to-say' });
    expect(names()).toEqual(['file']);
  });

  it('that makes the policy unreadable is answered, too', async () => {
    const { desk, written } = scene({ [head]: {} });
    await checkPolicy(desk, commit);
    expect(written()[0]?.[2]).toContain('is no text in UTF-8, or larger than 64000 bytes');
  });

  it('is not told its own secrets, and pings nobody', async () => {
    const secret = `ghp_${'a1B2c3D4'.repeat(4)}e5F6`;
    const { desk, written } = scene({ [head]: `mode: ${secret}\n"@ada | x": 1\nrelease: "#3 closes #4 @bob"\n` });
    const check = await checkPolicy(desk, commit);
    const [[, , body = ''] = []] = written();
    expect(JSON.stringify([check, body])).not.toContain(secret);
    expect(body).not.toMatch(/(?<!`)@(ada|bob)\b(?!.*`)|#3\b|#4\b/m);
  });
});

describe('a pull request', () => {
  it('is answered once for a mistake that it brings', async () => {
    const { desk, written, names } = scene({ [head]: 'a: 1\n', [base]: 'mode: off\n' });
    expect(await checkPolicy(desk, pull)).toMatchObject({ kind: 'answered' });
    expect(written()).toEqual([[7, 'policy-check', expect.stringContaining('does not come into force')]]);
    expect(names()).toEqual(['file', 'compare', 'pull', 'comment', 'pull']);
  });

  it.each<[string, Partial<GitHub>]>([
    ['touches it among more files than GitHub lists', { compare: async () => changing('a.ts', { truncated: true }) }],
    ['has nothing in common with its base', { compare: async () => undefined }],
  ])('that %s is answered where the file is another one', async (_, more) => {
    const { desk, written } = scene({ [head]: 'a: 1\n', [base]: 'mode: off\n' }, more);
    await checkPolicy(desk, pull);
    expect(written()).toHaveLength(1);
    const same = scene({ [head]: 'a: 1\n', [base]: 'a: 1\n' }, more);
    await checkPolicy(same.desk, pull);
    expect(same.written()).toEqual([]);
  });

  it.each<[string, Record<string, string>, Partial<GitHub>]>([
    ['is behind a base that was mended', { [head]: 'a: 1\n' }, { compare: async () => changing('src/a.ts') }],
    ['brings a valid policy', { [head]: 'mode: off\n' }, {}],
    ['takes the policy away', { [base]: 'mode: off\n' }, {}],
    ['has moved on', { [head]: 'a: 1\n' }, { pull: async () => ({ ...open, headSha: base }) }],
    ['was closed', { [head]: 'a: 1\n' }, { pull: async () => ({ ...open, state: 'closed' as const }) }],
    ['is gone', { [head]: 'a: 1\n' }, { pull: async () => undefined }],
  ])('that %s is left alone', async (_, files, more) => {
    const { desk, written } = scene(files, more);
    expect(await checkPolicy(desk, pull)).toMatchObject({ kind: 'nothing-to-say' });
    expect(written()).toEqual([]);
  });

  it.each([
    ['mended', { [head]: 'mode: off\n' }],
    ['taken back', { [head]: 'mode: off\n', [base]: 'mode: off\n' }],
    ['taken away', {}],
  ])('whose mistake was %s is told so in the same comment', async (_, files) => {
    const comments = async () => [said('<!-- self-heal:policy-check -->\nx')];
    const { desk, written } = scene(files, { comments });
    expect(await checkPolicy(desk, pushed)).toMatchObject({
      kind: 'answered',
      said: expect.stringContaining('mended'),
    });
    expect(written()).toEqual([[7, 'policy-check', mendedAnswer.text]]);
  });

  it('with nothing wrong in it costs a request, and two where somebody has said something', async () => {
    const quiet = scene({});
    await checkPolicy(quiet.desk, pull);
    expect(quiet.names()).toEqual(['file']);
    const discussed = scene({ [head]: 'mode: off\n' });
    await checkPolicy(discussed.desk, pushed);
    expect(discussed.names()).toEqual(['file', 'comments']);
  });

  it.each([
    [
      'only quote an answer',
      [said('<!-- self-heal:policy-check -->\nx', false), said('they said <!-- self-heal:policy-check -->')],
    ],
    ['have told so before', [said(`<!-- self-heal:policy-check -->\n${mendedAnswer.text}`)]],
  ])('whose comments %s is told nothing', async (_, comments) => {
    const { desk, written } = scene({}, { comments: async () => comments });
    expect(await checkPolicy(desk, pushed)).toMatchObject({ kind: 'nothing-to-say' });
    expect(written()).toEqual([]);
  });

  it('that is mended while it is answered is told so, although its news came before the answer', async () => {
    let written: CommentSummary[] = [];
    let asked = 0;
    const mended = sha('c');
    const { desk, names } = scene(
      { [head]: 'a: 1\n', [mended]: 'mode: off\n' },
      {
        pull: async () => ({ ...open, headSha: ++asked === 1 ? head : mended }),
        comments: async () => written,
        comment: async (_, marker, body) => {
          written = [said(`<!-- self-heal:${marker} -->\n${body.text}`)];
          return 'https://github.com/acme/pricing/pull/7#issuecomment-1';
        },
      },
    );
    expect(await checkPolicy(desk, pull)).toMatchObject({ said: expect.stringContaining('mended') });
    expect(written.map(({ body }) => body)).toEqual([expect.stringContaining(mendedAnswer.text)]);
    expect(names().filter((name) => name === 'comment')).toHaveLength(2);
  });

  it('that never stops growing is left in the end', async () => {
    let grown = 0;
    const heads = [head, sha('c'), sha('d'), sha('e'), sha('f')];
    const { desk, written } = scene(Object.fromEntries(heads.map((one) => [one, 'a: 1\n'])), {
      // Asked before each answer and after it: it has grown by the second time.
      pull: async () => ({ ...open, headSha: heads[Math.ceil(grown++ / 2)] ?? head }),
    });
    await checkPolicy(desk, pull);
    expect(written()).toHaveLength(3);
  });
});

it('a token for what anybody may open can write no contents', () => {
  expect(policyCheckMay(pull)).toEqual({ contents: 'read', pull_requests: 'write' });
  expect(policyCheckMay(commit)).toEqual({ contents: 'write' });
});

it('one mistake is one', () => {
  const problem = { line: 1, column: 1, key: '', message: 'has a | pipe' };
  const { text } = policyAnswer([problem], 'commit');
  expect(text).toContain('has a mistake.');
  expect(text).toContain('| 1 | (the file) | has a &#124; pipe |');
});
