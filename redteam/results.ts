// The corpus, or every nth of it → what was stopped by what, and what was not.
import type { HonestPatch } from './honest-patches.ts';
import type { HostileReply } from './hostile-replies.ts';
import type { HostileText } from './hostile-texts.ts';
import { judged } from './judge.ts';
import { textFaults } from './text-faults.ts';

export interface Row {
  family: string;
  /** Languages or carriers. */
  where: Set<string>;
  tried: number;
  by: Map<string, number>;
  through: string[];
}

export async function replyRows(replies: readonly HostileReply[]): Promise<Row[]> {
  const rows = new Map<string, Row>();
  for (const { family, language, disguise, repository, text } of replies) {
    const row = rowOf(rows, family, language);
    const verdict = await judged(repository, text);
    if (verdict.kind === 'through') row.through.push(`${language}, ${disguise}:\n${text}`);
    else for (const rule of verdict.by) row.by.set(rule, (row.by.get(rule) ?? 0) + 1);
  }
  return [...rows.values()];
}

export async function textRows(texts: readonly HostileText[]): Promise<Row[]> {
  const rows = new Map<string, Row>();
  for (const hostile of texts) {
    const row = rowOf(rows, hostile.family, hostile.carrier);
    const faults = await textFaults(hostile);
    if (faults.length > 0) row.through.push(`${JSON.stringify(hostile.text.slice(0, 200))}: ${faults.join('; ')}`);
  }
  return [...rows.values()];
}

export interface Refusal {
  name: string;
  by: string[];
  said: string;
}

export async function refusals(patches: readonly HonestPatch[]): Promise<Refusal[]> {
  const refused: Refusal[] = [];
  for (const { name, repository, text } of patches) {
    const verdict = await judged(repository, text);
    if (verdict.kind === 'stopped') refused.push({ name, by: verdict.by, said: verdict.said });
  }
  return refused;
}

function rowOf(rows: Map<string, Row>, family: string, where: string): Row {
  const row = rows.get(family) ?? { family, where: new Set(), tried: 0, by: new Map(), through: [] };
  rows.set(family, row);
  row.tried += 1;
  row.where.add(where);
  return row;
}
