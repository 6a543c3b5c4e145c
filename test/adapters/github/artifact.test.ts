import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import yazl from 'yazl';
import { failure } from './scene.ts';
import { type Store, startStore, withoutTls } from './store.ts';

async function zipOf(files: Record<string, string | Buffer>): Promise<Buffer> {
  const zip = new yazl.ZipFile();
  for (const [name, content] of Object.entries(files)) zip.addBuffer(Buffer.from(content), name);
  zip.end();
  return buffer(zip.outputStream);
}

let store: Store;
beforeAll(async () => {
  store = await startStore();
});
afterAll(() => store.close());

const artifact = (id: number, more: object = {}) => ({
  id,
  name: 'report',
  expired: false,
  size_in_bytes: 100,
  ...more,
});

/** Asks for the artifact where GitHub lists these and, where `zip` is given, the store has it under `id`. */
function asked(artifacts: object[], zip?: Buffer, id = 1) {
  const { github, shop } = withoutTls();
  shop().get('/actions/runs/5/artifacts').query({ name: 'report', per_page: 100 }).reply(200, { artifacts });
  if (zip) {
    shop().get(`/actions/artifacts/${id}/zip`).reply(302, '', { location: store.url });
    store.gives(200, zip);
  }
  return { answer: () => github.artifact(5, 'report', 100_000), shop };
}

const unpacked = (zip: Buffer) => asked([artifact(1)], zip).answer();

describe('an artifact', () => {
  it('is unpacked to its text files', async () => {
    const zip = await zipOf({
      'report.json': '{"ok":true}',
      'sub/notes.txt': 'größer',
      'logo.png': Buffer.from([0x89, 0x50, 0, 1]),
      latin: Buffer.from([0xe4]),
    });
    expect(await unpacked(zip)).toEqual(
      new Map([
        ['report.json', '{"ok":true}'],
        ['sub/notes.txt', 'größer'],
      ]),
    );
  });

  it('of the last attempt is taken, and none that has expired or is named alike', async () => {
    const listed = [artifact(3), artifact(8), artifact(9, { expired: true }), artifact(10, { name: 'reports' })];
    expect(await asked(listed, await zipOf({ a: 'new' }), 8).answer()).toEqual(new Map([['a', 'new']]));
  });

  it('that is not there is undefined', async () => {
    expect(await asked([artifact(9, { expired: true })]).answer()).toBeUndefined();
  });

  it('whose zip is gone is undefined', async () => {
    const { answer, shop } = asked([artifact(1)]);
    shop().get('/actions/artifacts/1/zip').reply(410, { message: 'Artifact has expired' });
    expect(await answer()).toBeUndefined();
  });
});

describe('an artifact that is meant to harm', () => {
  const unreadable = { code: 'github-answer-unreadable', next: 'stop' };

  it('by its size is not fetched', async () => {
    expect(await failure(asked([artifact(1, { size_in_bytes: 5_000_000 })]).answer())).toMatchObject(unreadable);
  });

  it('by being larger than it says is not read to its end', async () => {
    expect(await failure(unpacked(Buffer.alloc(300_000, 1)))).toMatchObject({
      ...unreadable,
      message: 'The artifact report is larger than the 100000 bytes that are read of it.',
    });
  });

  it('by unpacking to more than it should is stopped', async () => {
    const bomb = await zipOf({ bomb: Buffer.alloc(20_000_000) });
    expect(bomb.length).toBeLessThan(50_000);
    expect(await failure(unpacked(bomb))).toMatchObject({
      ...unreadable,
      message: expect.stringContaining('unpacked artifact'),
    });
  });

  it('by files that are too much together is stopped', async () => {
    expect(await failure(unpacked(await zipOf({ a: Buffer.alloc(60_000), b: Buffer.alloc(60_000) })))).toMatchObject(
      unreadable,
    );
  });

  it('by claiming a small size is stopped', async () => {
    const bomb = await zipOf({ bomb: Buffer.alloc(20_000_000) });
    const centralDirectory = bomb.lastIndexOf(Buffer.from('PK\x01\x02', 'latin1'));
    bomb.writeUInt32LE(10, centralDirectory + 24);
    expect(await failure(unpacked(bomb))).toMatchObject(unreadable);
  });

  it('by the number of its entries is refused', async () => {
    const files = Object.fromEntries(Array.from({ length: 101 }, (_, index) => [`f${index}`, 'x']));
    const { message } = await failure(unpacked(await zipOf(files)));
    expect(message).toBe('The artifact has 101 entries; 100 are read.');
  });

  it('by a name outside is refused', async () => {
    const zip = await zipOf({ 'aa/b': 'x' });
    const renamed = Buffer.from(zip.toString('latin1').replaceAll('aa/b', '../b'), 'latin1');
    expect(await failure(unpacked(renamed))).toMatchObject(unreadable);
  });

  it('by being no zip is refused', async () => {
    expect(await failure(unpacked(Buffer.from('<html>not a zip</html>')))).toMatchObject(unreadable);
  });
});

describe('an artifact that somebody else made', () => {
  const wants = (path: string) => path.endsWith('.xml');
  async function wanted(files: Record<string, string | Buffer>, maxBytes = 3_000_000) {
    const { github, shop } = withoutTls();
    shop().get('/actions/artifacts/1/zip').reply(302, '', { location: store.url });
    store.gives(200, await zipOf(files));
    return github.artifactFiles(1, { maxBytes, wants });
  }

  it('gives the files that are wanted, however many others there are', async () => {
    const others = Object.fromEntries(Array.from({ length: 150 }, (_, index) => [`shots/${index}.png`, 'x']));
    expect(await wanted({ ...others, 'reports/junit.xml': '<ok/>' })).toEqual(
      new Map([['reports/junit.xml', '<ok/>']]),
    );
  });

  it('loses what would not fit, by its size or by being a bomb, and keeps the rest', async () => {
    const noise = Buffer.from(
      Array.from({ length: 60_000 }, (_, index) => `line ${(index * 7919) % 10_007} `).join(''),
    );
    const files = {
      'huge.xml': noise.toString().repeat(3),
      'bomb.xml': Buffer.alloc(1_400_000, 32),
      'ok.xml': '<ok/>',
    };
    expect([...((await wanted(files)) ?? [])].map(([path]) => path)).toEqual(['ok.xml']);
  });

  it('that lies about its sizes costs no more than its limit', async () => {
    const zip = await zipOf({ 'bomb.xml': Buffer.alloc(20_000_000), 'ok.xml': '<ok/>' });
    const first = zip.indexOf(Buffer.from('PK\x01\x02', 'latin1'));
    zip.writeUInt32LE(10, first + 24);
    const { github, shop } = withoutTls();
    shop().get('/actions/artifacts/1/zip').reply(302, '', { location: store.url });
    store.gives(200, zip);
    expect(await github.artifactFiles(1, { maxBytes: 3_000_000, wants })).toEqual(new Map([['ok.xml', '<ok/>']]));
  });

  it('that is gone is undefined', async () => {
    const { github, shop } = withoutTls();
    shop().get('/actions/artifacts/1/zip').reply(410, { message: 'Gone' });
    expect(await github.artifactFiles(1, { maxBytes: 10, wants })).toBeUndefined();
  });
});

it('the artifacts of a run are listed, of each name the newest', async () => {
  const { github, shop } = withoutTls();
  const artifacts = [artifact(1), artifact(3), artifact(2, { name: 'logs', expired: true })];
  shop().get('/actions/runs/5/artifacts?per_page=100').reply(200, { artifacts });
  expect(await github.artifacts(5)).toEqual([
    { id: 3, name: 'report', expired: false, sizeBytes: 100 },
    { id: 2, name: 'logs', expired: true, sizeBytes: 100 },
  ]);
});
