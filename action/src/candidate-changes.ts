// `git diff-tree --raw -z` from base to candidate → the files to lay over, or the reason why this candidate is refused.
import { ActionError } from './action-error.ts';

export interface Change {
  readonly path: string;
  /** The blob with the new content; null when the file is taken away. */
  readonly blob: string | null;
  readonly executable: boolean;
}

const MOST_FILES = 300;
const REGULAR = new Set(['100644', '100755']);
const SAY: Readonly<Record<string, string>> = { '120000': 'a symbolic link', '160000': 'a submodule' };

interface RawChange {
  readonly oldMode: string;
  readonly newMode: string;
  readonly blob: string;
  readonly status: string;
  readonly path: string;
}

/** Throws when anything but ordinary files would change. */
export function candidateChanges(rawDiff: Buffer): Change[] {
  const raw = parse(rawDiff);
  if (raw.length === 0) {
    throw new ActionError('The candidate changes no file, so there is nothing to prove. Build a new candidate.');
  }
  if (raw.length > MOST_FILES) {
    throw new ActionError(`The candidate changes ${raw.length} files; at most ${MOST_FILES} can be validated at once.`);
  }
  return raw.map(accept);
}

/** `told`: every path that the incident names; none: nobody told. Throws when the candidate changes others, or fewer. */
export function checkTold(changes: readonly Change[], told: readonly string[]): void {
  if (told.length === 0) return;
  const changed = new Set(changes.map(({ path }) => path));
  const named = new Set(told);
  const faults = [
    listed(
      'changes files that `files` does not name',
      [...changed].filter((path) => !named.has(path)),
    ),
    listed(
      'does not change files that `files` names',
      [...named].filter((path) => !changed.has(path)),
    ),
  ].filter((fault) => fault !== undefined);
  if (faults.length === 0) return;
  throw new ActionError(
    `The candidate is refused: it ${faults.join(', and it ')}. Hand over \`files\` as the App gave them to the workflow.`,
  );
}

function listed(fault: string, paths: readonly string[]): string | undefined {
  if (paths.length === 0) return undefined;
  const shown = paths.slice(0, 10).map((path) => JSON.stringify(path));
  return `${fault}: ${[...shown, ...(paths.length > 10 ? [`${paths.length - 10} more`] : [])].join(', ')}`;
}

function parse(rawDiff: Buffer): RawChange[] {
  const text = new TextDecoder('utf-8', { fatal: true });
  let fields: string[];
  try {
    fields = text.decode(rawDiff).split('\0');
  } catch (cause) {
    throw new ActionError('The candidate has a path that is not UTF-8. Rename that file.', { cause });
  }
  const changes: RawChange[] = [];
  for (let at = 0; at + 1 < fields.length; at += 2) {
    const [oldMode, newMode, , blob, status] = (fields[at] ?? '').replace(/^:/, '').split(' ');
    const path = fields[at + 1];
    if (!oldMode || !newMode || !blob || !status || path === undefined) {
      throw new ActionError(`git diff-tree printed something unexpected: ${JSON.stringify(fields[at])}.`);
    }
    changes.push({ oldMode, newMode, blob, status, path });
  }
  return changes;
}

function accept(change: RawChange): Change {
  const fault = pathFault(change.path) ?? modeFault(change);
  if (fault !== undefined) {
    throw new ActionError(`The candidate is refused: ${JSON.stringify(change.path)} ${fault}.`);
  }
  const gone = change.status === 'D';
  return { path: change.path, blob: gone ? null : change.blob, executable: change.newMode === '100755' };
}

function modeFault({ status, oldMode, newMode }: RawChange): string | undefined {
  for (const mode of [oldMode, newMode]) {
    const what = SAY[mode];
    if (what !== undefined) return `is ${what}; only ordinary files may change`;
  }
  if (status === 'A') return newMode === '100644' ? undefined : `is new with mode ${newMode}; new files have 100644`;
  if (status === 'D') return REGULAR.has(oldMode) ? undefined : `had mode ${oldMode}; only ordinary files may go`;
  if (status === 'M' && oldMode === newMode && REGULAR.has(newMode)) return undefined;
  return `changes its mode from ${oldMode} to ${newMode} (${status}); only contents may change`;
}

/** Git refuses most of these itself; a path that we write to is checked again all the same. */
export function pathFault(path: string): string | undefined {
  const parts = path.split('/');
  if (path === '' || path.length > 1_000 || path.startsWith('/')) return 'is empty, absolute or too long';
  if (/[\0-\x1f\x7f\\]/.test(path)) return 'has a control character or a backslash in its path';
  if (parts.some((part) => part === '' || part === '.' || part === '..')) return 'leaves its folder or is not normal';
  if (parts.some((part) => /^\.git/i.test(part)))
    return "is one of git's or GitHub's own files, which are never written";
  return undefined;
}
