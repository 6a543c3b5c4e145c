// The edits of a reply over the sources that were shown → the patched files and their diff; or feedback for every edit that does not fit.
import type { Evidence, PatchedFile, SourceFile } from '../../incident/case-file.ts';
import { grammarOf } from '../../syntax/grammars.ts';
import { normalisedDiff, unifiedDiff } from '../../text/unified-diff.ts';
import { newTextFault } from './added-faults.ts';
import { brokenSyntax } from './broken-syntax.ts';
import type { Edit } from './edit-blocks.ts';
import { editFault } from './edit-faults.ts';
import { fitsInText, mismatchFeedback } from './mismatch.ts';
import { visible } from './normal-form.ts';
import { applyEdit, type Rung } from './replacement.ts';
import { type EditedText, nextEdit } from './successive-edits.ts';
import { isTestPath } from './test-path.ts';
import { withoutWhiteSpaceHunks } from './white-space-hunks.ts';

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
export async function patchedFiles(
  edits: readonly Edit[],
  shown: Shown,
  earlierDiffs: readonly string[] = [],
): Promise<Patching> {
  const { outcomes: tried, files } = triedEdits(edits, shown);
  const outcomes = await parsing(tried, files);
  const problems = new Set(outcomes.flatMap((edit) => (edit.feedback ? [edit.feedback] : [])));
  const not = (feedback: string): Patching => ({ ok: false, feedback, edits: outcomes });
  if (problems.size > 0) return not([...problems].join('\n\n'));
  const changed = files.filter((file) => file.after !== file.before);
  if (changed.length === 0) return not('Together the edits change nothing.');
  const diff = unifiedDiff(changed);
  if (diff === undefined) return not('The patch changes thousands of lines. Mend only what the cause needs.');
  const isKnown = earlierDiffs.some((earlier) => normalisedDiff(earlier) === normalisedDiff(diff));
  if (isKnown)
    return not('This is the same patch as an earlier attempt, which did not hold. Try another, narrower way.');
  return { ok: true, files: changed, diff, edits: outcomes };
}

function triedEdits(edits: readonly Edit[], shown: Shown): { outcomes: EditOutcome[]; files: PatchedFile[] } {
  const sources = new Map(shown.sources.map((source) => [source.path, source]));
  const open = new Map<string, Open>();
  // Models repeat themselves: the same edit a second time is the first one.
  const tried = new Map<string, EditOutcome>();
  const outcomes = edits.map((edit): EditOutcome => {
    const key = JSON.stringify([edit.path, edit.search, edit.replace, edit.at]);
    const outcome = tried.get(key) ?? tryEdit(edit, sources.get(edit.path), open, shown);
    tried.set(key, outcome);
    return outcome;
  });
  const files = [...open.values()].map(({ text, ...file }) => minimal({ ...file, after: text.now }));
  return { outcomes, files };
}

function tryEdit(edit: Edit, source: SourceFile | undefined, open: Map<string, Open>, shown: Shown): EditOutcome {
  const fault = edit.path === '' ? nameless(edit, shown) : editFault(edit);
  if (fault) return refused(edit, fault);
  return source || open.has(edit.path) ? replaceIn(edit, source, open, shown) : create(edit, shown, open);
}

const refused = ({ path }: Edit, feedback: string): EditOutcome => ({ path, outcome: 'refused', feedback });

/** The edits of a file that they leave broken are refused; where some were refused already, its text is not whole yet. */
async function parsing(outcomes: readonly EditOutcome[], files: readonly PatchedFile[]) {
  const broken = new Map<string, string>();
  const unwhole = new Set(outcomes.flatMap(({ path, outcome }) => (outcome === 'refused' ? [path] : [])));
  for (const file of files) {
    const feedback = unwhole.has(file.path) ? undefined : await brokenSyntax(file);
    if (feedback !== undefined) broken.set(file.path, feedback);
  }
  return outcomes.map((edit): EditOutcome => {
    const feedback = broken.get(edit.path);
    return feedback === undefined ? edit : { path: edit.path, outcome: 'refused', feedback };
  });
}

const minimal = (file: PatchedFile): PatchedFile =>
  file.before === null ? file : { ...file, after: withoutWhiteSpaceHunks(file.path, file.before, file.after) };

function nameless(edit: Edit, shown: Shown): string {
  return `line ${edit.line} of your reply: no line with the path of its file stands above this edit. ${fitsInText(fitting(edit, shown))}`.trim();
}

/** Where the lines of SEARCH stand: told, never taken for what was meant. */
const fitting = (edit: Edit, shown: Shown): string[] =>
  edit.search.trim() === ''
    ? []
    : shown.sources
        .filter(({ path, text }) => path !== edit.path && applyEdit(text, { ...edit, path }).ok)
        .map(({ path }) => path)
        .slice(0, 3);

interface Open extends Omit<PatchedFile, 'after'> {
  text: EditedText;
}

function replaceIn(edit: Edit, source: SourceFile | undefined, open: Map<string, Open>, shown: Shown): EditOutcome {
  const { path, search } = edit;
  const text = source?.text ?? '';
  const mode = source?.mode ?? '100644';
  const file = open.get(path) ?? {
    path,
    before: text,
    text: { shown: text, now: text },
    mode,
    isTest: isTestPath(path),
  };
  const applied = nextEdit(file.text, edit);
  if (applied.ok) {
    open.set(path, { ...file, text: applied.text });
    return { path, outcome: 'applied', rung: applied.rung };
  }
  if (applied.why === 'not-found')
    return refused(edit, mismatchFeedback({ path, search, fileText: file.text.now, fitsIn: fitting(edit, shown) }));
  const more = applied.why === 'ambiguous' ? '. Quote more lines around it, so that only one place fits' : '';
  return refused(edit, `${path}: ${applied.reason}${more}.`);
}

function create(edit: Edit, shown: Shown, open: Map<string, Open>): EditOutcome {
  const { path } = edit;
  const exists = shown.paths.includes(path) || shown.irregularPaths.includes(path);
  if (exists)
    return refused(edit, `${path} exists but was not shown to you, so it cannot be edited. ${shownPaths(shown)}`);
  if (edit.search !== '') return refused(edit, unknownFile(edit, shown));
  if (shown.treeTruncated)
    return refused(
      edit,
      `${path}: this repository is too large to know whether the path is free, so no file can be added. ${shownPaths(shown)}`,
    );
  if (edit.replace.trim() === '') return refused(edit, `${path}: the new file would be empty.`);
  const strange = newTextFault(edit);
  if (strange !== undefined) return refused(edit, `${path}: ${strange}.`);
  const after = edit.replace
    .split('\n')
    .map(visible)
    .map((line) => (grammarOf(path) ? line.trimEnd() : line))
    .join('\n');
  open.set(path, { path, before: null, text: { shown: after, now: after }, mode: '100644', isTest: isTestPath(path) });
  return { path, outcome: 'created' };
}

function unknownFile(edit: Edit, shown: Shown): string {
  const nameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  const namesakes = shown.sources.map(({ path }) => path).filter((path) => nameOf(path) === nameOf(edit.path));
  const meant = namesakes.length > 0 ? namesakes : fitting(edit, shown);
  const hint = meant.length > 0 ? ` Did you mean ${meant.join(' or ')}?` : ` ${shownPaths(shown)}`.trimEnd();
  return `${edit.path} is not a file of the repository.${hint} A new file has an empty SEARCH.`;
}

const shownPaths = ({ sources }: Shown): string =>
  sources.length === 0 ? '' : `You may edit: ${sources.map(({ path }) => path).join(', ')}.`;
