import { describe, expect, it } from '@jest/globals';
import { SelfHealError } from '../../../src/errors.ts';
import type { Errand } from '../../../src/incident/errand.ts';
import { errandWorker } from '../../../src/onboarding/errand-worker.ts';
import type { ErrandShelf } from '../../../src/ports/errand.ts';
import type { GitHub, Permissions } from '../../../src/ports.ts';
import { incident, sha } from '../../incident/sample.ts';
import { deskWith, now } from '../../stages/desk.ts';

const { repository } = incident();
const errand = (changes: object = {}): Errand => ({
  ...{ kind: 'policy-check', failures: 0, request: { repository, sha: sha('a') } },
  ...changes,
});

const never = () => Promise.reject(new Error('nobody expected that'));

function scene(answers: Partial<GitHub>) {
  const { desk, calls } = deskWith(answers);
  const rang: Permissions[] = [];
  const again: [Errand, Date][] = [];
  const lines: string[] = [];
  const shelf: ErrandShelf = {
    ...{ load: never, openDryRun: never, loadScoreboard: never, saveScoreboard: never, shadowed: never },
    again: async (...put) => {
      again.push(put);
    },
  };
  const world = {
    now: () => now,
    github: (_: unknown, may: Permissions) => {
      rang.push(may);
      return desk.github;
    },
  };
  const note = (_: object, message: string) => {
    lines.push(message);
  };
  const log = { info: note, warn: note, error: note };
  const work = errandWorker({ shelf, world, timeoutMs: 60_000, log });
  const did = async (one: Errand, stopping = new AbortController().signal) => {
    await work(one, stopping);
    return calls.map(({ name }) => name);
  };
  return { did, rang, again, lines };
}

describe('the errand of a proposed policy', () => {
  it('is done with a token of its own, and the telephone is hung up', async () => {
    const { did, rang, again, lines } = scene({
      file: async () => ({ text: 'a: 1\n' }),
      commitComment: async () => 'https://github.com/acme/pricing/commit/a#commitcomment-1',
    });
    expect(await did(errand())).toEqual(['file', 'commitComment', 'hangUp']);
    expect(rang).toEqual([{ contents: 'write' }]);
    expect(lines).toEqual([expect.stringContaining('line 1: a: is no key of the policy')]);
    expect(again).toEqual([]);
  });

  it('may write no contents for a pull request', async () => {
    const { did, rang } = scene({ file: async () => undefined });
    const pull = { number: 7, baseSha: sha('b'), mayBeAnswered: false };
    expect(await did(errand({ request: { repository, sha: sha('a'), pull } }))).toEqual(['file', 'hangUp']);
    expect(rang).toEqual([{ contents: 'read', pull_requests: 'write' }]);
  });

  it('comes again when GitHub is away, and is given up in the end', async () => {
    const away = () => Promise.reject(new SelfHealError('github-unavailable', 'GitHub is away'));
    const { did, again } = scene({ file: away });
    expect(await did(errand())).toEqual(['file', 'hangUp']);
    expect(again).toEqual([[errand({ failures: 1 }), new Date(now.getTime() + 5_000)]]);
    await did(errand({ failures: 6 }));
    expect(again).toHaveLength(1);
  });

  it('that is interrupted reaches GitHub no more', async () => {
    const { did, again } = scene({ file: () => new Promise<never>(() => undefined) });
    expect(await did(errand(), AbortSignal.abort())).toEqual(['file', 'hangUp']);
    expect(again).toEqual([]);
  });

  it('is not tried again where the repository is gone', async () => {
    const gone = () => Promise.reject(new SelfHealError('github-not-found', 'there is no such repository'));
    const { did, again } = scene({ file: gone });
    await did(errand());
    expect(again).toEqual([]);
  });
});
