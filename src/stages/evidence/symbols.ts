// Suspects and their text → the same, with the functions and classes that the failure's lines are in, or that it names.
import type { Suspect } from '../../incident/evidence.ts';
import type { Failure } from '../../incident/failure.ts';
import { enclosing, type Outline, outlineOf } from '../../syntax/outline.ts';

/** Syntax trees cost time: only of those that the model is likely to see. */
const mostOutlined = 8;
const mostNamed = 3;
/** A definition that the failure names weighs no more than a hint: names repeat. */
const hint = 0.05;
const shortestName = 4;

export async function withSymbols(
  suspects: readonly Suspect[],
  texts: ReadonlyMap<string, string>,
  failures: readonly Failure[],
): Promise<Suspect[]> {
  const said = wordsOf(failures);
  const told: Suspect[] = [];
  for (const [rank, suspect] of suspects.entries()) {
    const text = rank < mostOutlined ? texts.get(suspect.path) : undefined;
    const outline = text === undefined ? undefined : await outlineOf(suspect.path, text);
    told.push(outline ? withReasons(suspect, outline, said) : suspect);
  }
  // Stable: equals keep their order.
  return told.sort((a, b) => b.score - a.score);
}

function withReasons(suspect: Suspect, outline: Outline, said: ReadonlySet<string>): Suspect {
  const around = new Map<string, string>();
  for (const line of suspect.lines ?? []) {
    const name = enclosing(outline, line)[0]?.qualifiedName;
    if (name && !around.has(name)) around.set(name, `line ${line} is in ${name}`);
  }
  const isNamed = ({ name }: { name: string }) => name.length >= shortestName && said.has(name);
  const names = [...new Set(outline.definitions.filter(isNamed).map(({ qualifiedName }) => qualifiedName))];
  const defines = names.slice(0, mostNamed).map((name) => `defines ${name}, which the failure names`);
  const reasons = [...suspect.reasons, ...[...around.values()].slice(0, mostNamed), ...defines];
  const score = defines.length > 0 ? Math.min(1, Math.round((suspect.score + hint) * 100) / 100) : suspect.score;
  return { ...suspect, score, reasons };
}

function wordsOf(failures: readonly Failure[]): Set<string> {
  const texts = failures.flatMap(({ message, frames }) => [
    message.slice(0, 2_000),
    ...frames.map((frame) => frame.function ?? ''),
  ]);
  return new Set(texts.flatMap((text) => text.match(/[\p{L}_$][\p{L}\p{N}_$]*/gu) ?? []));
}
