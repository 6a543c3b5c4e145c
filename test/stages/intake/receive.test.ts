import { createRequire } from 'node:module';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { z } from 'zod';
import { Incident } from '../../../src/incident/incident.ts';
import { incidentId } from '../../../src/incident/new-incident.ts';
import {
  type Delivery,
  type Reception,
  type Registry,
  receiveCommand,
  receiveIssueLabel,
  receivePullRequest,
  receiveReview,
  receiveWorkflowRun,
} from '../../../src/stages/intake/receive.ts';
import { now } from '../desk.ts';
import { commented, issueLabeled, pullClosed, reviewCommented, runCompleted } from './deliveries.ts';

const loaded: unknown = createRequire(import.meta.url)('@octokit/webhooks-examples');
const examples = z.array(z.object({ examples: z.array(z.record(z.string(), z.unknown())) })).parse(loaded);

const delivery = (event: string): Delivery => ({ id: 'f0e1', event, at: now });

/** A registry in which one incident waits for these keys. */
function reception(
  waitsFor: string[] = [],
  answer: Awaited<ReturnType<Registry['receive']>> = { kind: 'opened', incidentId: '0000000000' },
) {
  const opened: Incident[] = [];
  const woken: string[][] = [];
  const to: Reception = {
    randomBytes: (count) => new Uint8Array(count).fill(255),
    registry: {
      receive: async (_, incident) => {
        opened.push(incident);
        return answer;
      },
      wake: async (_, keys) => {
        woken.push([...keys]);
        return keys.some((key) => waitsFor.includes(key)) ? ['zzzzzzzzzz'] : [];
      },
    },
  };
  return { to, opened, woken };
}

describe('a completed workflow run', () => {
  it('that failed opens an incident at its first desk', async () => {
    const { to, opened } = reception();
    expect(await receiveWorkflowRun(delivery('workflow_run'), runCompleted(), to)).toEqual({
      kind: 'opened',
      incidentId: '0000000000',
    });
    expect(opened).toHaveLength(1);
    expect(Incident.parse(opened[0])).toMatchObject({
      id: 'zzzzzzzzzz',
      repository: { owner: 'Acme', name: 'Pricing', defaultBranch: 'main', installationId: 5, private: true },
      revision: 0,
      step: 'collect',
      openedAt: now.toISOString(),
      caseFile: { trigger: { kind: 'workflow-run', runId: 71, runAttempt: 1, headBranch: 'main', event: 'push' } },
      timeline: [{ kind: 'opened', text: 'The workflow run CI failed on main at aaaaaaa.' }],
    });
  });

  it.each(['failure', 'timed_out'])('that ended as %s is healed', async (conclusion) => {
    const { to, opened } = reception();
    await receiveWorkflowRun(delivery('workflow_run'), runCompleted({ conclusion }), to);
    expect(opened).toHaveLength(1);
  });

  it.each([
    ['passed', { conclusion: 'success' }],
    ['was cancelled', { conclusion: 'cancelled' }],
    ['was skipped', { conclusion: 'skipped' }],
    ['waits for approval', { conclusion: 'action_required' }],
    ['has no conclusion', { conclusion: null }],
    ['is a sandbox run', { path: '.github/workflows/self-heal.yml', event: 'push' }],
    ['is a sandbox run of a ref', { path: '.github/workflows/self-heal.yml@refs/heads/main', event: 'schedule' }],
    ['ran on a pull request', { event: 'pull_request' }],
    ['ran on a pull request with secrets', { event: 'pull_request_target' }],
    ['was dispatched', { event: 'workflow_dispatch' }],
    ['is of a fork', { head_repository: { id: 12 } }],
    ['is of a fork that is gone', { head_repository: null }],
    ['is on no branch', { head_branch: null }],
    ['is on a branch of ours', { head_branch: 'self-heal/0a1b2c3d4e-x' }],
  ])('that %s opens nothing, and is said to', async (_, changes) => {
    const { to, opened } = reception();
    expect(await receiveWorkflowRun(delivery('workflow_run'), runCompleted(changes), to)).toEqual({
      kind: 'ignored',
      why: expect.any(String),
    });
    expect(opened).toEqual([]);
  });

  it.each(['success', 'failure', 'cancelled'])(
    'that an incident waits for wakes it, when it ended as %s',
    async (conclusion) => {
      const { to, opened, woken } = reception(['run:acme/pricing:71']);
      expect(await receiveWorkflowRun(delivery('workflow_run'), runCompleted({ conclusion }), to)).toEqual({
        kind: 'woken',
        incidentIds: ['zzzzzzzzzz'],
      });
      expect(woken).toEqual([['run:acme/pricing:71']]);
      expect(opened).toEqual([]);
    },
  );

  it('of one workflow on one branch has one fingerprint, whatever its commit', async () => {
    const { to, opened } = reception();
    for (const changes of [
      {},
      { id: 72, head_sha: 'b'.repeat(40), run_attempt: 2 },
      { head_branch: 'dev' },
      { path: '.github/workflows/lint.yml' },
    ])
      await receiveWorkflowRun(delivery('workflow_run'), runCompleted(changes), to);
    const names = opened.map((incident) => incident.fingerprint);
    expect(names[0]).toBe(names[1]);
    expect(new Set(names).size).toBe(3);
  });

  it('is not acknowledged when it could not be stored', async () => {
    const { to } = reception();
    const broken = { ...to, registry: { ...to.registry, receive: () => Promise.reject(new Error('disk full')) } };
    await expect(receiveWorkflowRun(delivery('workflow_run'), runCompleted(), broken)).rejects.toThrow('disk full');
  });

  it('that was delivered before is told so', async () => {
    const { to } = reception([], { kind: 'delivered-before' });
    expect(await receiveWorkflowRun(delivery('workflow_run'), runCompleted(), to)).toEqual({
      kind: 'ignored',
      why: 'delivered before',
    });
  });
});

describe('a label on an issue', () => {
  it('that asks for a heal opens an incident', async () => {
    const { to, opened } = reception();
    await receiveIssueLabel(delivery('issues'), issueLabeled(), to);
    expect(Incident.parse(opened[0])).toMatchObject({
      caseFile: { trigger: { kind: 'issue', number: 4, author: 'grace', labelledBy: 'ada', body: 'TypeError: boom' } },
    });
  });

  it.each([
    ['is another label', { label: { name: 'bug' } }, {}],
    ['is on a pull request', {}, { pull_request: {} }],
    ['is on a closed issue', {}, { state: 'closed' }],
    ['stands next to the one that forbids', {}, { labels: [{ name: 'auto-heal' }, { name: 'self-heal:skip' }] }],
    ['was set by a bot', { sender: { login: 'triage[bot]', type: 'Bot' } }, {}],
  ])('that %s opens nothing', async (_, changes, of) => {
    const { to, opened } = reception();
    expect(await receiveIssueLabel(delivery('issues'), issueLabeled(changes, of), to)).toMatchObject({
      kind: 'ignored',
    });
    expect(opened).toEqual([]);
  });

  it.each([
    ['CONTRIBUTOR', 'CONTRIBUTOR'],
    ['A_NEW_ONE', 'A_NEW_ONE'],
    ['@ada <b>', undefined],
    [7, undefined],
    [undefined, undefined],
  ])('keeps what the author is to the repository: %j', async (author_association, kept) => {
    const { to, opened } = reception();
    await receiveIssueLabel(delivery('issues'), issueLabeled({}, { author_association }), to);
    const { trigger } = Incident.parse(opened[0]).caseFile;
    expect(trigger.kind === 'issue' && trigger.authorAssociation).toBe(kept);
  });

  it('keeps no secret of the issue, and only as much of it as GitHub allows', async () => {
    const secret = `ghp_${'a1B2c3D4'.repeat(4)}e5F6`;
    const { to, opened } = reception();
    await receiveIssueLabel(
      delivery('issues'),
      issueLabeled({}, { title: `with ${secret}`, body: `${secret}\n${'x'.repeat(100_000)}`, user: null }),
      to,
    );
    const kept = JSON.stringify(opened);
    expect(kept).not.toContain(secret);
    expect(kept).toContain('[redacted:github-token]');
    expect(kept.length).toBeLessThan(70_000);
    expect(opened[0]?.caseFile.trigger).toMatchObject({ author: 'ghost' });
  });
});

describe('a pull request', () => {
  it('wakes whoever waits for it, and opens nothing', async () => {
    const { to, opened } = reception(['pull:acme/pricing:8']);
    expect(await receivePullRequest(delivery('pull_request'), pullClosed, to)).toEqual({
      kind: 'woken',
      incidentIds: ['zzzzzzzzzz'],
    });
    expect(opened).toEqual([]);
  });
});

describe('a review, or a comment on a line', () => {
  it('wakes the incident whose pull request it is', async () => {
    const { to, opened } = reception(['pull:acme/pricing:8']);
    expect(await receiveReview(delivery('pull_request_review_comment'), reviewCommented(), to)).toEqual({
      kind: 'woken',
      incidentIds: ['zzzzzzzzzz'],
    });
    expect(opened).toEqual([]);
  });

  it('of a bot wakes nobody: the App answers in the same threads', async () => {
    const { to, woken } = reception(['pull:acme/pricing:8']);
    const ours = reviewCommented({ login: 'self-heal[bot]', type: 'Bot' });
    expect(await receiveReview(delivery('pull_request_review_comment'), ours, to)).toMatchObject({ kind: 'ignored' });
    expect(woken).toEqual([]);
  });
});

describe('whatever is delivered', () => {
  const receivers = { receiveWorkflowRun, receiveIssueLabel, receivePullRequest, receiveReview };

  it.each(Object.entries(receivers))('%s survives it', async (_, receive) => {
    const { to, opened } = reception();
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.anything(),
          fc
            .constantFrom(runCompleted(), issueLabeled(), pullClosed, reviewCommented())
            .chain((whole) => damaged(whole)),
        ),
        async (payload) => {
          await receive(delivery('x'), payload, to);
        },
      ),
      { numRuns: 300 },
    );
    for (const incident of opened) expect(Incident.safeParse(incident).success).toBe(true);
  });

  it('GitHub’s own examples are survived, also without installation and sender', async () => {
    const { to } = reception();
    let kinds = 0;
    for (const payload of examples.flatMap((event) => event.examples)) {
      for (const missing of [[], ['installation'], ['sender'], ['repository']]) {
        const given = Object.fromEntries(Object.entries(payload).filter(([name]) => !missing.includes(name)));
        for (const receive of Object.values(receivers))
          kinds += (await receive(delivery('x'), given, to)).kind.length > 0 ? 1 : 0;
      }
    }
    expect(kinds).toBeGreaterThan(3_000);
  });
});

/** The same with one field, at any depth, of another kind or gone. */
function damaged(whole: object): fc.Arbitrary<unknown> {
  const fields: [object, string][] = [];
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [name, inner] of Object.entries(value)) {
      fields.push([value, name]);
      walk(inner);
    }
  };
  walk(whole);
  return fc.tuple(fc.constantFrom(...fields), fc.anything()).map(([[holder, field], put]) => {
    const replace = (value: unknown): unknown => {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
      return Object.fromEntries(
        Object.entries(value).map(([name, inner]) => [name, value === holder && name === field ? put : replace(inner)]),
      );
    };
    return replace(whole);
  });
}

it('an incident’s id is ten characters that are hard to confuse, from the bytes given', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 10, maxLength: 10 }), (bytes) => {
      expect(incidentId(bytes)).toMatch(/^[0-9a-hjkmnp-tv-z]{10}$/);
    }),
  );
  expect(incidentId(Uint8Array.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9))).toBe('0123456789');
  expect(incidentId(Uint8Array.of(31, 32, 63, 64, 9, 8, 7, 6, 5, 4))).toBe('z0z0987654');
});

describe('a comment on a pull request', () => {
  const key = 'pull:acme/pricing:8';
  it.each(['/heal release', '\n  /HEAL   Release  \r\nThanks!'])(
    'that is a command wakes its incident: %j',
    async (body) => {
      const { to, woken } = reception([key]);
      const received = await receiveCommand(delivery('issue_comment'), commented(body), to);
      expect(received).toEqual({ kind: 'woken', incidentIds: ['zzzzzzzzzz'] });
      expect(woken).toEqual([[key]]);
    },
  );

  it.each<[string, unknown]>([
    ['is no command', commented('Please /heal release')],
    ['is one that nobody knows', commented('/heal everything')],
    ['says more', commented('/heal release now')],
    ['is a quotation', commented('> /heal release')],
    ['is on an issue', commented('/heal release', { issue: { number: 8 } })],
    ['is a bot’s', commented('/heal release', { sender: { login: 'x[bot]', type: 'Bot' } })],
    ['was only edited', commented('/heal release', { action: 'edited' })],
    ['cannot be read', { action: 'created' }],
    ['is endless', commented(`/heal release${' '.repeat(100_000)}x`)],
  ])('wakes nobody where it %s', async (_, payload) => {
    const { to, woken } = reception([key]);
    expect(await receiveCommand(delivery('issue_comment'), payload, to)).toMatchObject({ kind: 'ignored' });
    expect(woken).toEqual([]);
  });
});
