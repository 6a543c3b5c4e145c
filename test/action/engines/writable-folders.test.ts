// Where a folder to write into has its place: laid over by the engine, and copied where the engine cannot.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { PlacedRequest, SandboxEnd, SandboxRequest } from '../../../action/src/engines/engine.ts';
import { overlaid } from '../../../action/src/engines/overlays.ts';
import { withWritableFolders } from '../../../action/src/engines/writable-folders.ts';

const done: SandboxEnd = { exitCode: 0, ended: 'completed', output: '', outputTruncated: false, durationMs: 1 };
const notStarted: SandboxEnd = { ...done, exitCode: null, ended: 'not-started', reason: 'no overlays here' };
const user = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
let folder = '';
let request: SandboxRequest;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'self-heal-writable-'));
  mkdirSync(join(folder, 'm2'));
  writeFileSync(join(folder, 'm2/lib.jar'), 'jar');
  request = {
    ...{ command: 'true', directory: '/w', workTree: '/copy', environment: {} },
    mounts: [
      { kind: 'read-only', path: '/usr' },
      { kind: 'writable', path: join(folder, 'm2') },
    ],
    limits: { timeoutSeconds: 1, memoryMb: 64, processes: 8, outputKb: 4 },
    cancelled: new AbortController().signal,
  };
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Runs it, and says what each attempt was given and what lay there. */
async function attempts(overlays: boolean, ends: SandboxEnd[]) {
  const seen: string[] = [];
  const placing = { folder, user, asRoot: false, overlays };
  const run = async (placed: PlacedRequest) => {
    const mount = placed.mounts[1];
    if (mount?.kind === 'work') writeFileSync(join(mount.source, 'new'), 'x');
    const text = mount?.kind === 'work' ? readFileSync(join(mount.source, 'lib.jar'), 'utf8') : '';
    seen.push(`${mount?.kind} ${text}`.trim());
    expect(placed.written).toHaveLength(2);
    return ends.shift() ?? done;
  };
  const end = await withWritableFolders(request, placing, run);
  return { end, seen, placing };
}

describe('a folder to write into', () => {
  it("is the engine's own overlay where it can, of which nothing is copied", async () => {
    expect(await attempts(true, [done])).toMatchObject({ end: done, seen: ['overlay'] });
  });

  it('is a copy once the engine did not start with an overlay, and from then on', async () => {
    const { end, seen, placing } = await attempts(true, [notStarted, done]);
    expect([end, seen, placing.overlays]).toEqual([done, ['overlay', 'work jar'], false]);
  });

  it('is not tried twice where copies did not start either', async () => {
    expect(await attempts(false, [notStarted])).toMatchObject({ end: notStarted, seen: ['work jar'] });
  });

  it('leaves the machine as it was, and nothing behind', async () => {
    await attempts(false, [done]);
    expect(existsSync(join(folder, 'm2/new'))).toBe(false);
    rmSync(join(folder, 'm2'), { recursive: true });
    expect(readdirSync(folder)).toEqual([]);
  });

  it('that is a file is refused by name', async () => {
    const path = join(folder, 'm2/lib.jar');
    const file: SandboxRequest = { ...request, mounts: [{ kind: 'writable', path }] };
    await expect(
      withWritableFolders(file, { folder, user, asRoot: false, overlays: true }, async () => done),
    ).rejects.toThrow(`\`writable-paths\` names ${path}, which is not a folder`);
  });
});

it('before bubblewrap, overlays are mounted in a namespace that ends with it', () => {
  const overlay = { kind: 'overlay', path: '/home/a:b', upper: '/up/0/upper', work: '/up/0/work' } as const;
  expect(overlaid([{ kind: 'read-only', path: '/usr' }])).toEqual([]);
  const words = overlaid([overlay]);
  expect(words.slice(0, 5)).toEqual(['unshare', '--user', '--map-root-user', '--mount', '--']);
  expect(words.slice(-3)).toEqual([
    'lowerdir=/home/a\\:b,upperdir=/up/0/upper,workdir=/up/0/work,userxattr',
    '/up/0/merged',
    '--',
  ]);
});
