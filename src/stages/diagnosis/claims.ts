// The model's claims and the evidence → a diagnosis of what holds, with what did not; or why nothing can be built on it, for the model.
import type { Diagnosis, Evidence, Trigger } from '../../incident/case-file.ts';
import { withoutInvisible } from '../../text/untrusted.ts';
import { type Citations, citationsOf } from './citations.ts';
import type { DiagnosisReply } from './reply.ts';
import type { ShownEvidence } from './shown-evidence.ts';

export type ClaimsReading =
  /** `need`: what it asks to see first, as far as it is in the repository. */
  { ok: true; diagnosis: Diagnosis; strikes: string[]; need: string[] } | { ok: false; problem: string };

/** Their remedy is a change of the repository. */
const mendable: ReadonlySet<Diagnosis['kind']> = new Set(['code', 'test', 'configuration', 'dependency']);

const most = { citations: 12, files: 20, suspects: 5, needs: 5 } as const;

export function checkedClaims(
  reply: DiagnosisReply,
  trigger: Trigger,
  evidence: Evidence,
  shown: ShownEvidence,
): ClaimsReading {
  const known = new Set([...evidence.paths, ...evidence.sources.map((source) => source.path)]);
  const citations = citationsOf(trigger, evidence, shown);
  const cited = sorted(reply.citations.slice(0, most.citations), (line) => citations.placeOf(line) !== undefined);
  const files = sorted(reply.files.slice(0, most.files).map(asPath), (path) => known.has(path));
  const problem = unusable(reply, { cited, files, citations });
  if (problem !== undefined) return { ok: false, problem };
  const suspects = checkedSuspects(reply, evidence, known);
  const revert = checkedRevert(reply, trigger, evidence);
  // A cause rests on its citations and places: it loses with each that was made up.
  const held = cited.found.length + suspects.found.length;
  const claimed = held + cited.missing.length + suspects.strikes.length;
  const strikes = [
    ...cited.missing.map((citation) => `not in the evidence: ${line(citation, 120)}`),
    ...files.missing.map((path) => `not in the repository: ${line(path, 120)}`),
    ...suspects.strikes,
    ...revert.strikes,
  ];
  const diagnosis: Diagnosis = {
    ...toldBy(reply),
    citations: cited.found.map((citation) => line(citation, 400)),
    suspects: suspects.found,
    files: [...new Set(files.found)],
    ...(revert.found ? { revert: revert.found } : {}),
    confidence: claimed === 0 ? reply.confidence : reply.confidence * (held / claimed),
  };
  return { ok: true, diagnosis, strikes, need: askedFor(reply, known) };
}

/** What cannot be looked up. */
const toldBy = ({ kind, rootCause, mechanism, change, leave, risk }: DiagnosisReply) => ({
  kind,
  rootCause: line(rootCause, 600),
  mechanism: line(mechanism, 1_000),
  change: line(change, 1_000),
  leave: line(leave, 600),
  risk,
});

function askedFor({ need = [] }: DiagnosisReply, known: ReadonlySet<string>): string[] {
  const isKnown = (asked: string) => known.has(asked) || known.has(asked.replace(/:\d{1,7}(?:-\d{1,7})?$/, ''));
  return [...new Set(need.slice(0, most.needs).map(asPath).filter(isKnown))];
}

interface LookedUp {
  cited: Sorted;
  files: Sorted;
  citations: Citations;
}

/** Who says that the cause is not known needs to show nothing. */
function unusable({ kind, rootCause }: DiagnosisReply, { cited, files, citations }: LookedUp): string | undefined {
  if (rootCause.trim() === '') return 'rootCause is empty.';
  if (kind === 'unknown') return undefined;
  if (cited.found.length === 0)
    return 'None of its citations is in the evidence. Copy whole lines, without their numbers.';
  if (citations.failureHasText && !cited.found.some((line) => citations.placeOf(line) === 'failure'))
    return 'None of its citations is from the failure itself. Copy at least one line of the log, the failures or the issue that the cause explains.';
  if (files.found.length > 0) return undefined;
  if (files.missing.length > 0) return `There is no such file in the repository: ${files.missing.join(', ')}.`;
  return mendable.has(kind)
    ? `The kind "${kind}" is mended in the repository, and files names none. Name the file that has to change, or another kind ("environment", "flaky", "outside", "unknown").`
    : undefined;
}

function checkedSuspects(
  { suspects }: DiagnosisReply,
  { sources }: Evidence,
  known: ReadonlySet<string>,
): { found: NonNullable<Diagnosis['suspects']>; strikes: string[] } {
  const found: NonNullable<Diagnosis['suspects']> = [];
  const strikes: string[] = [];
  for (const suspect of suspects.slice(0, most.suspects)) {
    const path = asPath(suspect.path);
    const text = sources.find((source) => source.path === path)?.text;
    const last = text === undefined ? Number.POSITIVE_INFINITY : text.split('\n').length;
    if (!known.has(path)) strikes.push(`a suspect that is not in the repository: ${line(path, 120)}`);
    else if (suspect.line !== undefined && (suspect.line < 1 || suspect.line > last))
      strikes.push(`a suspect that is not in its file: ${line(path, 120)}:${suspect.line}`);
    else
      found.push({ path, ...(suspect.line === undefined ? {} : { line: suspect.line }), why: line(suspect.why, 300) });
  }
  return { found, strikes };
}

/** Only what happened since it was green can have broken it; where that is not known, the failing commit. */
function checkedRevert(
  { revert, kind }: DiagnosisReply,
  trigger: Trigger,
  { sinceGreen }: Evidence,
): { found?: NonNullable<Diagnosis['revert']>; strikes: string[] } {
  if (!revert || !mendable.has(kind)) return { strikes: [] };
  const own = trigger.kind === 'workflow-run' ? [trigger.headSha] : [];
  const shas = sinceGreen ? sinceGreen.commits.map(({ sha }) => sha) : own;
  const asked = revert.commit.trim().toLowerCase();
  const [sha, ...others] = /^[0-9a-f]{7,40}$/.test(asked) ? shas.filter((one) => one.startsWith(asked)) : [];
  if (sha !== undefined && others.length === 0) return { found: { sha, why: line(revert.why, 600) }, strikes: [] };
  return { strikes: [`a commit to revert that is none of those since the last green run: ${line(asked, 60)}`] };
}

interface Sorted {
  found: string[];
  missing: string[];
}

function sorted(items: readonly string[], isFound: (item: string) => boolean): Sorted {
  const found: string[] = [];
  const missing: string[] = [];
  for (const item of items) (isFound(item) ? found : missing).push(item);
  return { found, missing };
}

const asPath = (path: string): string => path.trim().replace(/^\.\//, '');

const line = (text: string, max: number): string => withoutInvisible(text).trim().slice(0, max).toWellFormed();
