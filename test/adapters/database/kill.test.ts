// A process that is killed in the middle of everything → another one that goes on where it was.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from './eventually.ts';
import { type Place, places } from './places.ts';
import { onServer } from './test-server.ts';

describe.each(places)('kill -9, $kind', ({ newPlace }) => {
  let place: Place;
  let child: ChildProcess | undefined;

  beforeAll(async () => {
    place = await newPlace();
  });
  afterAll(async () => {
    child?.kill('SIGKILL');
    await place?.remove();
  });

  it('loses nothing that was acknowledged, and a step that was running runs again', async () => {
    const program = join(import.meta.dirname, 'worker-process.ts');
    const started = spawn(process.execPath, [program, ...place.address], { stdio: ['ignore', 'pipe', 'inherit'] });
    child = started;
    const said = { running: new Set<string>(), acknowledged: new Set<string>() };
    createInterface({ input: started.stdout }).on('line', (line) => {
      const [what, id = ''] = line.split(' ');
      if (what === 'running' || what === 'acknowledged') said[what].add(id);
    });
    await eventually(() => said.acknowledged.size > 50 && said.running.size === 2);
    const ended = once(started, 'close');
    started.kill('SIGKILL');
    await ended;
    // On a server it takes the time of a missed heartbeat until a worker counts as gone: that time has passed now.
    if (place.address[1])
      await onServer(
        `update ${place.address[1]}.job set heartbeat_on = now() - interval '1 minute' where state = 'active'`,
      );

    const store = await place.open();
    try {
      for (const id of said.acknowledged) expect((await store.load(id))?.id).toBe(id);
      const ran = new Set<string>();
      await store.work(
        async ({ incidentId }) => {
          ran.add(incidentId);
        },
        { concurrency: 2 },
      );
      await eventually(() => [...said.running].every((id) => ran.has(id)));
    } finally {
      await store.close();
    }
  });
});
