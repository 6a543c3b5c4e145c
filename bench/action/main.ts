// What each sandbox engine of this machine adds to a command → a table, with the same command run bare in the same rounds.
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { ActionError } from '../../action/src/action-error.ts';
import { chooseEngine } from '../../action/src/choose-engine.ts';
import type { Engine, EngineName, SandboxRequest } from '../../action/src/engines/engine.ts';
import { sandboxEnvironment } from '../../action/src/environment.ts';
import { readHost } from '../../action/src/host.ts';
import { planMounts } from '../../action/src/layout.ts';
import { type Limits, scratchMb } from '../../action/src/limits.ts';
import { runBounded } from '../../action/src/run-bounded.ts';
import { giveTo, removeTree } from '../../action/src/work-trees.ts';

const ROUNDS = 11;
const ENGINES: readonly EngineName[] = ['bubblewrap', 'podman', 'docker'];
const COMMANDS = { true: 'true', 'npm test (3 small tests)': 'npm test' };
const limits: Limits = { timeoutSeconds: 120, memoryMb: 2048, processes: 256, diskMb: 1024, outputKb: 64 };
const TEST = `import { test } from 'node:test';
import assert from 'node:assert';
for (const n of [1, 2, 3]) test('adds ' + n, () => assert.equal(n + n, 2 * n));
`;

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
const cancelled = new AbortController().signal;
const folder = mkdtempSync(join(tmpdir(), 'self-heal-bench-'));
const directory = join(folder, 'project');
const workTree = join(folder, 'copy');
for (const path of [directory, workTree]) mkdirSync(path);
writeFileSync(join(workTree, 'package.json'), JSON.stringify({ type: 'module', scripts: { test: 'node --test' } }));
writeFileSync(join(workTree, 'sum.test.js'), TEST);

// The Node that runs this goes first, and the npm on PATH with it.
const path = [dirname(process.execPath), process.env.PATH ?? ''].join(delimiter);
const host = await readHost({ path, home: homedir(), directory, keepOut: [folder] });
await giveTo(workTree, host.user);
const environment = sandboxEnvironment({ ...process.env, PATH: path }, { home: host.home, extra: [], ownImage: false });
const layout = { host, home: host.home, directory, readOnlyPaths: [], scratchMb: scratchMb(limits), ownImage: false };
const requestFor = (tree: string, command = 'true'): SandboxRequest => ({
  ...{ command, directory, workTree: tree, environment, limits, cancelled },
  mounts: planMounts({ ...layout, workTree: tree }),
});

const engines: Engine[] = [];
try {
  for (const name of ENGINES) await open(name);
  console.log(`${ROUNDS} rounds, in each of them every command bare and in every engine; medians of start to end.\n`);
  console.log('| command | engine | median | over bare | ratio |');
  console.log('|---|---|---|---|---|');
  for (const [title, command] of Object.entries(COMMANDS)) await measure(title, command);
} finally {
  for (const engine of engines) await engine.close();
  await removeTree(folder);
}

async function open(engine: EngineName): Promise<void> {
  try {
    engines.push(await chooseEngine({ engine, image: undefined, host, folder, requestFor }));
  } catch (error) {
    if (!(error instanceof ActionError)) throw error;
    console.log(`${engine} is not measured: ${error.message.slice(0, 200)}\n`);
  }
}

async function measure(title: string, command: string): Promise<void> {
  const took = new Map<string, number[]>([
    ['bare', []],
    ...engines.map(({ name }) => [name, []] as [string, number[]]),
  ]);
  // The first round, which fills the caches, does not count.
  for (let round = -1; round < ROUNDS; round += 1) {
    for (const [name, times] of took) {
      const engine = engines.find((it) => it.name === name);
      const began = performance.now();
      const exitCode = engine === undefined ? await bare(command) : await within(engine, command);
      if (exitCode !== 0) throw new Error(`\`${command}\` ended with ${exitCode} (${name}).`);
      if (round >= 0) times.push(performance.now() - began);
    }
  }
  const peer = median(took.get('bare') ?? []);
  for (const [name, times] of took) {
    const mine = median(times);
    const cells = [title, name, `${mine.toFixed(0)} ms`, `${(mine - peer).toFixed(0)} ms`, (mine / peer).toFixed(1)];
    console.log(`| ${cells.join(' | ')} |`);
  }
}

/** The peer: what a workflow's `shell: bash` step starts, with the same environment and the same reading of its output. */
async function bare(command: string): Promise<number | null> {
  const script = [
    '--noprofile',
    '--norc',
    '-eo',
    'pipefail',
    '-c',
    'cd -- "$1" && eval "$2"',
    'bare',
    workTree,
    command,
  ];
  const bounds = { env: environment, timeoutMs: 120_000, outputBytes: 65_536, cancelled };
  return (await runBounded({ file: 'bash', args: script, ...bounds })).exitCode;
}

async function within(engine: Engine, command: string): Promise<number | null> {
  const end = await engine.run(requestFor(workTree, command));
  if (end.ended !== 'completed') throw new Error(`${engine.name}: ${end.ended}: ${end.reason}`);
  return end.exitCode;
}
