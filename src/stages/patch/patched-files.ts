// The edits of a reply over the sources that were shown → the patched files and their diff; or feedback for every edit that does not fit.
import type { Evidence, PatchedFile, SourceFile } from '../../incident/case-file.ts';
import type { Edit } from './edit-blocks.ts';
import { editFault } from './edit-faults.ts';
import { mismatchFeedback } from './mismatch.ts';
import { applyEdit, type Rung } from './replacement.ts';
import { isTestPath } from './test-path.ts';
import { normalisedDiff, unifiedDiff } from './unified-diff.ts';

interface EditOutcome {
  path: string;
  outcome: 'applied' | 'created' | 'refused';
  rung?: Rung;
  feedback?: string;
}

export type Patching =
  | { ok: true; files: PatchedFile[]; diff: string; edits: EditOutcome[] }
  | { ok: false; feedback: string; edits: EditOutcome[] };

type Shown = Pick<Evidence, 'sources' | 'paths' | 'treeTruncated' | 'irregularPaths'>;

/** All edits or none: a patch with a hole in it is not what the model meant. */
export function patchedFiles(edits: readonly Edit[], shown: Shown, earlierDiffs: readonly string[] = []): Patching {
  const sources = new Map(shown.sources.map((source) => [source.path, source]));
  const files = new Map<string, PatchedFile>();
  const outcomes = edits.map((edit): EditOutcome => {
    const fault = editFault(edit);
    if (fault) return refused(edit, fault);
    const source = sources.get(edit.path);
    if (source || files.has(edit.path)) return replaceIn(edit, source, files);
    return create(edit, shown, files);
  });
  const problems = outcomes.flatMap((edit) => (edit.feedback ? [edit.feedback] : []));
  if (problems.length > 0) return { ok: false, feedback: problems.join('\n\n'), edits: outcomes };
  const changed = [...files.values()].filter((file) => file.after !== file.before);
  if (changed.length === 0) return { ok: false, feedback: 'Together the edits change nothing.', edits: outcomes };
  const diff = unifiedDiff(changed);
  if (diff === undefined)
    return {
      ok: false,
      feedback: 'The patch changes thousands of lines. Mend only what the cause needs.',
      edits: outcomes,
    };
  const same = earlierDiffs.findIndex((earlier) => normalisedDiff(earlier) === normalisedDiff(diff));
  if (same !== -1) {
    const feedback = 'This is the same patch as an earlier attempt, which did not hold. Try another, narrower way.';
    return { ok: false, feedback, edits: outcomes };
  }
  return { ok: true, files: changed, diff, edits: outcomes };
}

const refused = (edit: Edit, feedback: string): EditOutcome => ({ path: edit.path, outcome: 'refused', feedback });

function replaceIn(edit: Edit, source: SourceFile | undefined, files: Map<string, PatchedFile>): EditOutcome {
  const file: PatchedFile = files.get(edit.path) ?? {
    path: edit.path,
    before: source?.text ?? null,
    after: source?.text ?? '',
    mode: source?.mode ?? '100644',
    isTest: isTestPath(edit.path),
  };
  const applied = applyEdit(file.after, edit);
  if (applied.ok) {
    files.set(edit.path, { ...file, after: applied.text });
    return { path: edit.path, outcome: 'applied', rung: applied.rung };
  }
  if (applied.why === 'not-found') return refused(edit, mismatchFeedback(edit.path, file.after, edit.search));
  const more = applied.why === 'ambiguous' ? '. Quote more lines around it, so that only one place fits' : '';
  return refused(edit, `${edit.path}: ${applied.reason}${more}.`);
}

function create(edit: Edit, shown: Shown, files: Map<string, PatchedFile>): EditOutcome {
  const { path } = edit;
  const exists = shown.paths.includes(path) || shown.irregularPaths.includes(path);
  if (exists)
    return refused(edit, `${path} exists but was not shown to you, so it cannot be edited. ${shownPaths(shown)}`);
  if (edit.search !== '') {
    const name = path.split('/').at(-1) ?? path;
    const meant = shown.sources.filter((source) => source.path.split('/').at(-1) === name).map((source) => source.path);
    const hint = meant.length > 0 ? `Did you mean ${meant.join(' or ')}?` : shownPaths(shown);
    return refused(edit, `${path} is not a file of the repository. ${hint} A new file has an empty SEARCH.`);
  }
  if (shown.treeTruncated)
    return refused(
      edit,
      `${path}: this repository is too large to know whether the path is free, so no file can be added. ${shownPaths(shown)}`,
    );
  if (edit.replace.trim() === '') return refused(edit, `${path}: the new file would be empty.`);
  files.set(path, { path, before: null, after: edit.replace, mode: '100644', isTest: isTestPath(path) });
  return { path, outcome: 'created' };
}

const shownPaths = (shown: Shown): string =>
  `You may edit: ${shown.sources.map((source) => source.path).join(', ') || 'no existing file'}.`;
