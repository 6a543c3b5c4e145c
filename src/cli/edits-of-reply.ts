// A model's reply and a working tree → what the App would make of it: each edit judged, the diff, and the files to write.
import { realpath } from 'node:fs/promises';
import type { PatchedFile, SourceFile } from '../incident/case-file.ts';
import { noEdit } from '../stages/patch/candidate.ts';
import { type Edit, readEditBlocks } from '../stages/patch/edit-blocks.ts';
import { type Patching, patchedFiles } from '../stages/patch/patched-files.ts';
import { changedLines } from './edits-lines.ts';
import { type Place, placesOf } from './edits-places.ts';
import type { EditsReport, JudgedEdit } from './edits-report.ts';
import { localRepository } from './local-repository.ts';

export interface EditsOfReply {
  root: string;
  report: EditsReport;
  /** Empty unless the report is whole. */
  files: PatchedFile[];
}

export async function editsOfReply(reply: string, folder: string): Promise<EditsOfReply> {
  const { paths } = await localRepository(folder);
  const root = await realpath(folder);
  const { edits, malformed, declined } = readEditBlocks(reply, paths);
  const named = edits.map(({ path }) => path);
  // An edit without a path is refused; the feedback names the files that it would fit.
  const guesses = named.includes('') ? paths.slice(0, mostSearched) : namesakes(named, paths);
  const places = await placesOf(root, [...named.filter((path) => path !== ''), ...guesses]);
  const sources = [...places.values()].flatMap((place) => (place.kind === 'text' ? [place.source] : []));
  const shown = { sources, paths, treeTruncated: false, irregularPaths: [] };
  const { judged, patching } = await judgedEdits(edits, places, shown);
  const whole = patching?.ok === true && malformed.length === 0 && judged.every(({ outcome }) => outcome !== 'refused');
  const feedback = edits.length + malformed.length === 0 && declined === undefined ? noEdit : togetherNot(patching);
  const report: EditsReport = {
    whole,
    written: false,
    ...(declined === undefined ? {} : { declined }),
    edits: judged,
    malformed: malformed.map(({ line, problem }) => ({ line, problem })),
    ...(feedback === undefined ? {} : { feedback }),
    diff: patching?.ok ? patching.diff : '',
  };
  return { root, report, files: whole ? patching.files : [] };
}

const togetherNot = (patching: Patching | undefined): string | undefined =>
  patching && !patching.ok ? patching.feedback : undefined;

const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
const mostNamesakes = 50;
const mostSearched = 300;

/** Of names that the tree has elsewhere: so that the feedback can say which file was meant. */
function namesakes(named: readonly string[], paths: readonly string[]): string[] {
  const known = new Set(paths);
  const lost = new Set(named.filter((path) => !known.has(path)).map(baseName));
  return paths.filter((path) => lost.has(baseName(path))).slice(0, mostNamesakes);
}

type Shown = Parameters<typeof patchedFiles>[1] & { sources: SourceFile[] };

/** The App takes all edits or none; what the others amount to is found by asking again without those that were refused. */
async function judgedEdits(
  edits: readonly Edit[],
  places: ReadonlyMap<string, Place>,
  shown: Shown,
): Promise<{ judged: JudgedEdit[]; patching: Patching | undefined }> {
  const refused = new Map<Edit, JudgedEdit>();
  for (const edit of edits) {
    const place = places.get(edit.path);
    if (place?.kind === 'barred') refused.set(edit, barredEdit(edit, place.why));
  }
  for (;;) {
    const open = edits.filter((edit) => !refused.has(edit));
    const patching = open.length === 0 ? undefined : await patchedFiles(open, shown);
    const found = new Map(open.map((edit, at) => [edit, patching?.edits[at]]));
    const before = refused.size;
    for (const [edit, told] of found) if (told?.outcome === 'refused') refused.set(edit, judgement(edit, told));
    if (refused.size > before) continue;
    const lines = await changedLines(open, shown);
    const judged = edits.flatMap((edit) => {
      const told = found.get(edit);
      return refused.get(edit) ?? (told ? judgement(edit, told, lines.get(edit)) : []);
    });
    return { judged, patching };
  }
}

function judgement({ path, line }: Edit, told: Patching['edits'][number], lines?: JudgedEdit['lines']): JudgedEdit {
  const { outcome, rung, feedback } = told;
  return {
    ...{ path, line, outcome },
    ...(rung === undefined ? {} : { rung }),
    ...(outcome === 'applied' && lines ? { lines } : {}),
    ...(feedback === undefined ? {} : { feedback }),
  };
}

const barredEdit = (edit: Edit, why: string): JudgedEdit =>
  judgement(edit, { path: edit.path, outcome: 'refused', feedback: `${edit.path} cannot be edited: ${why}.` });
