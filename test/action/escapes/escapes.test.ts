// Every attack of the tables: it works on the bare machine, and does not from inside of a sandbox, whose run ends in order.
import { execFile } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { EngineName } from '../../../action/src/engines/engine.ts';
import { openSandbox, type Sandbox } from '../sandbox.ts';
import { type Attack, ESCAPED } from './attack.ts';
import { fileSystem } from './file-system.ts';
import { network } from './network.ts';
import { resources } from './resources.ts';
import { runner } from './runner.ts';
import { secrets } from './secrets.ts';
import { dependencyFiles, furnishHome, furnishRunner, openWorld, type World } from './world.ts';

const families = { secrets, network, resources, 'the file system': fileSystem, 'the runner': runner };
const isRoot = process.getuid?.() === 0;
const homeOf = (outside: string) => join(outside, 'home');

describe('on the bare machine', () => {
  let world: World;
  let folder = '';
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'self-heal-bare-'));
    const [directory, workTree] = [join(folder, 'workspace/project'), join(folder, 'copy')];
    for (const path of [directory, workTree]) mkdirSync(path, { recursive: true });
    furnishHome(homeOf(folder));
    furnishRunner(folder, directory, workTree);
    world = await openWorld({ outside: folder, directory, workTree, home: homeOf(folder) });
  });
  afterAll(async () => {
    await world.close();
    rmSync(folder, { recursive: true, force: true });
  });
  beforeEach(() => {
    world.reached = 0;
  });

  for (const [family, attacks] of Object.entries(families)) {
    it.each(attacks)(`${family}: code that is tested can $name`, async (attack) => {
      if (attack.needsRoot === true && !isRoot) {
        console.warn(`skipped on this machine: only root can show that it works bare: ${attack.name}`);
        return;
      }
      const output = await bare(attack, world);
      expect(output.includes(ESCAPED) || (await attack.effect?.(world))).toBe(true);
    });
  }
});

/** As a step of a workflow would run it, with the runner's variables. */
function bare(attack: Attack, world: World): Promise<string> {
  const { outside, workTree: cwd } = world;
  const files = { GITHUB_ENV: join(outside, 'env'), GITHUB_OUTPUT: join(outside, 'output') };
  const env = { ...process.env, ...files, HOME: world.home, TMPDIR: outside };
  const command = `${attack.startedBy?.(world) ?? ''} bash --noprofile --norc -eo pipefail -c ${quoted(attack.command(world, ''))}`;
  const options = { cwd, env, timeout: 60_000, maxBuffer: 1024 * 1024 };
  return new Promise((done) => execFile('bash', ['-c', command], options, (_, output) => done(output)));
}

const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

function insideOf(engine: EngineName): void {
  let sandbox: Sandbox | undefined;
  let world: World | undefined;
  let unavailable = '';
  beforeAll(async () => {
    const opened = await openSandbox(engine, {
      home: (outside) => {
        furnishHome(homeOf(outside));
        return homeOf(outside);
      },
      readOnlyPaths: (outside) => ['.gradle', '.config'].map((folder) => join(homeOf(outside), folder)),
      writablePaths: (outside) => [join(homeOf(outside), '.m2')],
    });
    if ('unavailable' in opened) {
      unavailable = opened.unavailable;
      return;
    }
    sandbox = opened;
    furnishRunner(opened.outside, opened.directory, opened.workTree);
    world = await openWorld({ ...opened, home: homeOf(opened.outside) });
  });
  afterAll(async () => {
    await world?.close();
    await sandbox?.close();
  });

  const inside = (title: string, body: (sandbox: Sandbox, world: World) => Promise<void>) =>
    it(title, async () => {
      if (sandbox === undefined || world === undefined) {
        // Said aloud, because a machine without this engine must not look like one on which it was tested.
        console.warn(`skipped on this machine: ${engine}: ${unavailable}`);
        return;
      }
      world.reached = 0;
      await body(sandbox, world);
    });

  for (const [family, attacks] of Object.entries(families)) {
    for (const attack of attacks) {
      inside(`${family}: code that is tested cannot ${attack.name}`, async ({ run, outside }, around) => {
        const started = attack.startedBy && startEnginesBy(attack.startedBy(around), outside);
        try {
          const end = await run(attack.command(around, 'sleep 20; '), attack.limits);
          expect(end.output).not.toContain(ESCAPED);
          expect((await attack.effect?.(around)) ?? false).toBe(false);
          expect(attack.ends ?? ['completed']).toContain(end.ended);
        } finally {
          started?.restore();
        }
      });
    }
  }

  inside(
    'code that is tested finds settings without credentials where they were, which tools can read',
    async ({ run }, { home }) => {
      const at = (file: string) => join(home, file);
      const end = await run(
        `cat ${at('.m2/settings.xml')} ${at('.gradle/gradle.properties')}; ls -A ${at('.config/gh')}`,
      );
      expect(end).toMatchObject({ exitCode: 0, output: '<settings/>\n' });
    },
  );

  inside('code that is tested sees the dependencies that earlier steps have installed', async ({ run }, { home }) => {
    const end = await run(`cat ${dependencyFiles.map((file) => join(home, file)).join(' ')}`);
    expect(end).toMatchObject({ exitCode: 0, output: 'dependency'.repeat(dependencyFiles.length) });
  });
}

/** Programs of the engines' names that come first on PATH, and start the real ones by `words`. */
function startEnginesBy(words: string, outside: string) {
  const folder = join(outside, 'started-by');
  mkdirSync(folder, { recursive: true });
  const path = process.env.PATH ?? '';
  for (const program of ['bash', 'bwrap', 'taskset', 'unshare', 'podman']) {
    writeFileSync(join(folder, program), `#!/bin/bash\nexport PATH=${quoted(path)}\nexec ${words} ${program} "$@"\n`);
    chmodSync(join(folder, program), 0o755);
  }
  process.env.PATH = `${folder}:${path}`;
  return {
    restore: () => {
      process.env.PATH = path;
    },
  };
}

describe.each(['bubblewrap', 'podman'] as const)('inside of %s', insideOf);
