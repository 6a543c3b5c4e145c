// The same edits of real files, corrupted in named ways, for Self-Heal, git apply, GNU patch and jsdiff → how many each applies rightly, refuses, applies wrongly.
import { readFileSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import { join } from 'node:path';
import { corruptions } from './corruptions.ts';
import { commandTimes, type Peer, peers, type Result } from './peers.ts';
import { randomOf } from './random.ts';
import { type TrueEdit, trueEdit } from './true-edit.ts';
import type { WrittenEdit } from './written-edit.ts';

const editCount = 100;
const commandRuns = 10;
const root = join(import.meta.dirname, '../..');

type Verdict = 'right' | 'refused' | 'wrong';
interface Judged {
  peer: Peer;
  corruption: string;
  verdict: Verdict;
  ms: number;
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
const percent = (part: number, all: number): string => `${((100 * part) / Math.max(1, all)).toFixed(1)} %`;
const count = (judged: readonly Judged[], verdict: Verdict): number =>
  judged.filter((one) => one.verdict === verdict).length;

const isOurs = ({ name }: Peer): boolean => name.startsWith('Self-Heal');

const edits = await trueEdits();
const judged: Judged[] = [];
const sound: WrittenEdit[] = [];
for (const [i, edit] of edits.entries())
  for (const [corruption, corrupt] of Object.entries(corruptions)) {
    const other = edits[(i + 1) % edits.length] ?? edit;
    const written = corrupt(edit, randomOf(i * 1_000 + corruption.length), other);
    if (!written) continue;
    if (corruption === 'none') sound.push(written);
    for (const peer of peers) {
      const result = await peer.apply(written);
      const verdict = verdictOn(result, written);
      judged.push({ peer, corruption, verdict, ms: result.ms });
      if (verdict === 'wrong' && isOurs(peer)) console.error(`wrong: ${peer.name}, ${corruption}, ${edit.path}`);
    }
  }
report();
process.exit(judged.some(({ peer, verdict }) => verdict === 'wrong' && isOurs(peer)) ? 1 : 0);

/** The same ones every time, as long as the files stay. */
async function trueEdits(): Promise<TrueEdit[]> {
  const paths: string[] = [];
  for await (const path of glob(['src/**/*.ts', 'eval/cases/*/sound/**/*.{py,js,ts,java,rs,go}'], { cwd: root }))
    paths.push(path);
  paths.sort();
  const random = randomOf(7);
  const made: TrueEdit[] = [];
  for (let tries = 0; made.length < editCount && tries < 20 * editCount; tries += 1) {
    const path = random.oneOf(paths) ?? '';
    const edit = trueEdit(path, readFileSync(join(root, path), 'utf8'), random);
    if (edit) made.push(edit);
  }
  return made;
}

function verdictOn({ tree }: Result, { meant, mayBeRefused = false }: WrittenEdit): Verdict {
  if (!tree) return mayBeRefused ? 'right' : 'refused';
  return meant && [...meant].every(([path, text]) => tree.get(path) === text) ? 'right' : 'wrong';
}

function report(): void {
  const files = new Set(edits.map(({ path }) => path)).size;
  console.log(
    `${edits.length} edits of ${files} files, each in up to ${Object.keys(corruptions).length} ways. Bound: Self-Heal applies 0 wrongly.\n`,
  );
  console.log('| tool | right | refused | applied wrongly | time an edit | with its process |');
  console.log('|---|---|---|---|---|---|');
  const command = median(commandTimes(sound.slice(0, commandRuns)));
  for (const peer of peers) {
    const mine = judged.filter((one) => one.peer === peer);
    const shares = (['right', 'refused', 'wrong'] as const).map((verdict) =>
      percent(count(mine, verdict), mine.length),
    );
    const ms = `${median(mine.map((one) => one.ms)).toFixed(2)} ms`;
    const whole = isOurs(peer) ? `${command.toFixed(0)} ms` : '–';
    console.log(`| ${[peer.name, ...shares, ...(peer.inProcess ? [ms, whole] : ['–', ms])].join(' | ')} |`);
  }
  console.log(
    '\nRight / refused / applied wrongly, in numbers. Right is what was meant; where that cannot be told for sure, also to refuse.\n',
  );
  console.log(`| corruption | ${peers.map(({ name }) => name).join(' | ')} |`);
  console.log(`|---${'|---'.repeat(peers.length)}|`);
  for (const corruption of Object.keys(corruptions)) {
    const cells = peers.map((peer) => {
      const mine = judged.filter((one) => one.peer === peer && one.corruption === corruption);
      return (['right', 'refused', 'wrong'] as const).map((verdict) => count(mine, verdict)).join(' / ');
    });
    console.log(`| ${[corruption, ...cells].join(' | ')} |`);
  }
}
