// One folder, one process: held, let go, left behind by the dead, and told apart from the living.
import { mkdtemp, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { lockFolder } from '../../../src/adapters/database/folder-lock.ts';

describe('the lock of the embedded database', () => {
  let folder: string;
  let path: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'self-heal-lock-'));
    path = join(folder, 'database.lock');
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const leftBehind = async (holder: unknown, silentForMs = 0) => {
    await writeFile(path, typeof holder === 'string' ? holder : JSON.stringify(holder));
    const then = new Date(Date.now() - silentForMs);
    await utimes(path, then, then);
  };
  const isGone = () =>
    stat(path).then(
      () => false,
      () => true,
    );
  const deadPid = 2 ** 22 + 12_345;
  const inUse = { code: 'database-in-use', message: expect.stringMatching(/SELF_HEAL_DATA.*DATABASE_URL/) };

  it('is held by one, and free again once released', async () => {
    const lock = await lockFolder(path, folder);
    await expect(lockFolder(path, folder)).rejects.toMatchObject(inUse);
    await lock.release();
    expect(await isGone()).toBe(true);
    await (await lockFolder(path, folder)).release();
  });

  it('goes to one of many that ask at once', async () => {
    await leftBehind({ pid: deadPid, host: hostname(), nonce: 'old' });
    const asked = await Promise.allSettled([1, 2, 3, 4, 5].map(() => lockFolder(path, folder)));
    const given = asked.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []));
    await Promise.all(given.map((lock) => lock.release()));
    expect(given).toHaveLength(1);
  });

  it.each([
    ['of a process that is dead', { pid: deadPid, host: hostname(), nonce: 'old' }, 0],
    [
      'of a process that had our own pid, as in a container that was restarted',
      { pid: process.pid, host: hostname(), nonce: 'old' },
      0,
    ],
    [
      'of a living pid that has been silent, so that it is somebody else’s by now',
      { pid: 1, host: hostname(), nonce: 'old' },
      60_000,
    ],
    ['of another container that has been silent', { pid: 7, host: 'another-host', nonce: 'old' }, 60_000],
    ['that is half written and old', '{"pid": 1', 60_000],
  ])('takes over the lock %s', async (_whose, holder, silentForMs) => {
    await leftBehind(holder, silentForMs);
    const lock = await lockFolder(path, folder);
    await lock.release();
    expect(await isGone()).toBe(true);
  });

  it('leaves the lock of another container that gives signs of life', async () => {
    await leftBehind({ pid: 7, host: 'another-host', nonce: 'theirs' });
    const signs = setInterval(() => void utimes(path, new Date(), new Date()), 50);
    try {
      await expect(lockFolder(path, folder)).rejects.toMatchObject({
        ...inUse,
        message: expect.stringContaining('process 7 on another-host'),
      });
    } finally {
      clearInterval(signs);
    }
  });

  it('does not remove a lock that somebody else has taken over', async () => {
    const lock = await lockFolder(path, folder);
    await leftBehind({ pid: 7, host: 'another-host', nonce: 'theirs' });
    await lock.release();
    expect(await isGone()).toBe(false);
  });
});
