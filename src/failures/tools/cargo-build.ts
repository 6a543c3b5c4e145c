// Cargo's own errors, of manifests, versions, lock files and build scripts → one failure each, named after its root cause.
import type { Failure } from '../../incident/failure.ts';
import { blockFrom, type FailureParser, failure } from '../failure-parser.ts';
import type { LogLine } from '../job-log.ts';
import { panicAt, rooted } from './rust-panic.ts';

export const cargoBuild: FailureParser = {
  tool: 'cargo',
  kind: 'build',
  signs: ['Cargo.', 'cargo', 'failed to ', 'no matching package', 'could not compile', 'custom build command'],
  find: (lines) => lines.flatMap((line, position) => errorAt(lines, line, position)),
};

const ownWords =
  /^error: (?:failed to (?:parse (?:manifest|lock file)|load (?:manifest|source)|get `|select a version|read `|run custom build|resolve|download|fetch|verify|sync|update|query|open|create|determine|find)|cannot update the lock file|the lock file |no matching package|package `|could not (?:find `Cargo\.toml`|compile `)|no such (?:command|subcommand)|no (?:bin|test|example|bench|library) target|package ID specification|the package '|rustc \d|feature |unable to (?:update|get)|invalid (?:character|table|key)|manifest path|virtual manifest|checksum|the `\S{1,80}` (?:binary|component)|toolchain '|rustup could not|the option `|current package believes|cyclic package|two packages named|multiple packages|target path|can't find `|cannot (?:specify|find|install)|expected )/;

function errorAt(lines: readonly LogLine[], line: LogLine, position: number): Failure[] {
  if (!line.text.startsWith('error: ') || !ownWords.test(line.text)) return [];
  if (/^error: could not compile `/.test(line.text)) return compilerDied(lines, position);
  const block = blockFrom(lines, position, (next, at) => isOver(lines, next, at), 200);
  const texts = block.map(({ text }) => text);
  const causes = texts.map((text) => text.replace(/^error: /, ''));
  const script = /run custom build/.test(line.text) ? scriptError(block) : undefined;
  const message = causes.filter((text) => !/^(?:(?:help|note|warning): |As a reminder, )/.test(text)).join('\n');
  const said = script ? { message: `${script.message}\nraised again as ${causes[0]}` } : rooted(message);
  return [failure({ tool: 'cargo', ...said, ...manifest(texts), ...script?.where }, block)];
}

/** Its own place; a manifest or lock file that is named; the manifest of the package whose folder is named last. */
function manifest(texts: readonly string[]): Pick<Failure, 'file'> & Partial<Pick<Failure, 'line' | 'column'>> {
  for (const text of texts) {
    const [, file, line, column] = /^\s*--> (\S{1,500}Cargo\.toml):(\d{1,9}):(\d{1,9})$/.exec(text) ?? [];
    if (file) return { file, line: Number(line), column: Number(column) };
  }
  const named = texts
    .map((text) => /`?([^\s`]{1,500}Cargo\.(?:toml|lock))/.exec(text)?.[1])
    .find((file) => file !== undefined);
  const folder = texts
    .map((text) => /package `[^`]{1,200} \((\/[^()`]{1,500})\)`/.exec(text)?.[1])
    .findLast((path) => path !== undefined);
  return named ? { file: named } : folder ? { file: `${folder}/Cargo.toml` } : {};
}

/** Causes follow after an empty line; so do the lines that a build script printed. */
function isOver(lines: readonly LogLine[], { text, kind }: LogLine, position: number): boolean {
  if (kind !== 'output' || /^(?:error|warning: build failed)\b/.test(text)) return true;
  if (text.trim() !== '') return false;
  const next = lines.slice(position + 1, position + 4).find((line) => line.text.trim() !== '');
  return !/^(?:Caused by:$|\s+\S)/.test(next?.text ?? '');
}

function scriptError(
  block: readonly LogLine[],
): { message: string; where: Pick<Failure, 'file' | 'line' | 'column'> } | undefined {
  for (const [position] of block.entries()) {
    const panic = panicAt(block, position)?.failure;
    const { file, line, column } = panic ?? {};
    if (panic)
      return {
        message: panic.message,
        where: { ...(file ? { file } : {}), ...(line ? { line } : {}), ...(column ? { column } : {}) },
      };
  }
  const printed = block.slice(block.findIndex(({ text }) => text.trim() === '--- stderr') + 1);
  const said = printed.find(
    ({ text }) =>
      /\b(?:error|fatal|cannot|could not|not found|failed)\b/i.test(text) &&
      !/^error: |process didn't exit/.test(text.trim()),
  );
  return said ? { message: said.text.trim(), where: {} } : undefined;
}

/** The compiler was killed, or could not be started; its errors are told by itself. */
function compilerDied(lines: readonly LogLine[], position: number): Failure[] {
  const block = blockFrom(lines, position, (next, at) => isOver(lines, next, at), 20);
  const cause = block.findIndex(({ text }) => text === 'Caused by:');
  if (cause < 0) return [];
  return [
    failure({ tool: 'cargo', ...rooted(block.map(({ text }) => text.replace(/^error: /, '')).join('\n')) }, block),
  ];
}
