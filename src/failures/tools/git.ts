// Git's last words (`fatal: …`, a refused push, a conflict, a difference where none may be) → one failure.
import type { Failure } from '../../incident/failure.ts';
import { type FailureParser, failure } from '../failure-parser.ts';
import type { LogLine } from '../job-log.ts';
import { type Death, deathAfter, deathsIn } from './deaths-in.ts';

const reach = 20;
const fatal =
  /^(?:fatal: |error: (?:failed to push some refs|pathspec '|src refspec |Your local changes |could not apply |cannot pull |unable to read ))/;
/** What stands around it and explains it. */
const around =
  /^(?:fatal: |error: |remote: |ERROR: | ! \[|To \S|hint: |Permission denied \(publickey|Host key verification failed|ssh: |kex_exchange_identification: )/;
const conflict = /^CONFLICT \([^)]{1,60}\): (?:Merge conflict in (\S.{0,500})|.{1,1000})$/;

export const git: FailureParser = {
  tool: 'git',
  kind: 'build',
  signs: [
    'fatal: ',
    'error: failed to push some refs',
    "error: pathspec '",
    'error: src refspec ',
    'CONFLICT (',
    'diff --git ',
    'error: Your local changes ',
  ],
  find(lines) {
    const deaths = deathsIn(lines);
    const last = lines.findLastIndex(
      (line, position) => fatal.test(line.text) && deathAfter(deaths, position, reach) !== undefined,
    );
    const conflicts = lines.flatMap((line, position) => {
      const file = conflict.exec(line.text)?.[1];
      const isLast = conflict.test(line.text) && deathAfter(deaths, position, reach);
      return isLast
        ? [failure({ tool: 'git', type: 'MergeConflict', message: line.text, ...(file ? { file } : {}) }, [line])]
        : [];
    });
    if (conflicts.length > 0) return conflicts;
    return last < 0 ? differences(lines, deaths) : [read(lines, last)];
  },
};

/** The reason stands before the last word: `remote: Permission … denied`, ` ! [rejected]`. */
function read(lines: readonly LogLine[], last: number): Failure {
  let from = last;
  while (from > 0 && last - from < 12 && around.test(lines[from - 1]?.text ?? '')) from -= 1;
  let to = last + 1;
  while (
    to < lines.length &&
    to - last < 4 &&
    /^(?:fatal: |error: )/.test(lines[to]?.text ?? '') &&
    lines[to]?.kind === 'output'
  )
    to += 1;
  const block = lines.slice(from, to);
  const said = block.filter(({ text }) => !/^(?:hint: |To |remote: *$)/.test(text));
  return failure({ tool: 'git', message: said.map(({ text }) => text.trim()).join('\n') }, block);
}

/** `git diff --exit-code` as the last command: generated files were not committed. */
function differences(lines: readonly LogLine[], deaths: readonly Death[]): Failure[] {
  return deaths.flatMap(({ at, exitCode }) => {
    if (exitCode !== 1) return [];
    let start = at;
    for (let position = at - 1; position >= 0 && at - position < 2_000; position -= 1) {
      const text = lines[position]?.text ?? '';
      if (/^diff --git a\/\S/.test(text)) start = position;
      else if (!/^(?:[ +\-@\\]|index [0-9a-f]|(?:new|old|deleted) |similarity |rename |Binary files |$)/.test(text))
        break;
    }
    const block = lines.slice(start, at);
    const heads = block.flatMap((line, index) => (line.text.startsWith('diff --git ') ? [index] : []));
    return heads.map((head, index) => changed(block.slice(head, heads[index + 1] ?? block.length)));
  });
}

function changed(block: readonly LogLine[]): Failure {
  const file = /^diff --git a\/(\S{1,500}) b\//.exec(block[0]?.text ?? '')?.[1];
  const line = firstChanged(block);
  const shown = block.filter(({ text }) => /^[+-](?!\+\+|--)/.test(text)).slice(0, 20);
  const message = [`${file ?? 'a file'} differs from what is committed`, ...shown.map(({ text }) => text)].join('\n');
  const place = { ...(file ? { file } : {}), ...(line > 0 ? { line } : {}) };
  return failure({ tool: 'git', type: 'Difference', message, ...place }, block);
}

/** The hunk's head gives the line it starts at; lines that are the same stand before the first that differs. */
function firstChanged(block: readonly LogLine[]): number {
  const hunk = block.findIndex(({ text }) => text.startsWith('@@ -'));
  const start = Number(/^@@ -(\d{1,9})/.exec(block[hunk]?.text ?? '')?.[1] ?? 0);
  const same = block.slice(hunk + 1).findIndex(({ text }) => /^[+-]/.test(text));
  return hunk < 0 ? 0 : start + Math.max(0, same);
}
