// Failures, text and changes → the files most likely to need the change, each with its reasons in words.
import { mapToTree, pathsIn } from '../../failures/source-paths.ts';
import type { Change, Changes, Suspect } from '../../incident/case-file.ts';
import type { Failure } from '../../incident/failure.ts';
import { Accusations } from './accusations.ts';
import { type ChangedLines, changedLines } from './changes.ts';
import { configurationOf } from './configuration.ts';
import { isLockfile } from './dependencies.ts';
import { type Mention, mentions } from './mentions.ts';
import { fileName, importedPaths, looksLikeTest, pairs } from './pairing.ts';
import { isAboutValues, testFiles } from './test-files.ts';
import { weights } from './weights.ts';

export interface Clues {
  failures: readonly Failure[];
  /** The excerpt or the text. */
  text: string;
  /** Whole patches where they are at hand: the lines of the failure are looked for in them. */
  changes: readonly Change[];
  /** Whose changes these are. */
  sinceGreen?: Pick<Changes, 'since' | 'commits' | 'breaking'>;
  treePaths: readonly string[];
  /** What a file names in its imports, as it is written there; for the tests that failed. */
  importsOf?: (path: string) => readonly string[];
  /** See codeowners.ts. */
  ownersOf?: (path: string) => readonly string[];
  failingCommand?: string;
}

/** Why a file that shows up everywhere seldom is the one to change. */
const doubts = { generated: 0.3, blamelessTest: 0.6 } as const;
const generated =
  /(^|\/)(vendor|third_party|node_modules|dist|build|out|generated|__generated__|coverage|\.yarn)\/|\.(min\.(js|css)|map|snap|lock)$|[._](generated|pb|g)\.\w{1,10}$|_pb2(_grpc)?\.py$/i;

const mostSuspects = 20;

export function suspects(clues: Clues): Suspect[] {
  const hearing = new Hearing(clues);
  const { ownersOf } = clues;
  return hearing.verdict().map((suspect) => {
    const owners = ownersOf?.(suspect.path) ?? [];
    return owners.length > 0 ? { ...suspect, owners: [...owners] } : suspect;
  });
}

class Hearing {
  readonly #clues: Clues;
  readonly #accused = new Accusations();
  readonly #mentions: ReadonlyMap<string, Mention>;
  readonly #changed: ReadonlyMap<string, Change>;
  readonly #lines: ReadonlyMap<string, ChangedLines>;
  readonly #known = new Map<string, string | undefined>();

  constructor(clues: Clues) {
    this.#clues = clues;
    const there = new Set(clues.treePaths);
    const changes = clues.changes.filter(({ path }) => there.has(path));
    this.#changed = new Map(changes.map((change) => [change.path, change]));
    this.#lines = new Map(changes.map(({ path, patch }) => [path, changedLines(patch)]));
    const said = clues.failures.map(({ test = '', message }) => `${test}\n${message}`).join('\n');
    this.#mentions = mentions(`${said}\n${clues.text}`, clues.treePaths);
  }

  verdict(): Suspect[] {
    for (const failure of this.#clues.failures) this.#hearFailure(failure);
    for (const printed of pathsIn(this.#clues.text)) {
      const path = this.#here(printed);
      if (path !== undefined) this.#mentioned(path, 'path');
    }
    for (const [path, mention] of this.#mentions) this.#mentioned(path, mention);
    for (const [path, change] of this.#changed) this.#hearChange(path, change);
    this.#hearConfiguration();
    this.#hearTests();
    const blameless = this.#blamelessTests();
    return this.#accused.suspects((path) => this.#doubt(path, blameless)).slice(0, mostSuspects);
  }

  #here(printed: string): string | undefined {
    if (!this.#known.has(printed)) this.#known.set(printed, mapToTree(printed, this.#clues.treePaths));
    return this.#known.get(printed);
  }

  #hearFailure(failure: Failure): void {
    const own = failure.frames
      .map((frame) => ({ path: this.#here(frame.file), line: frame.line }))
      .filter((frame): frame is { path: string; line: number | undefined } => frame.path !== undefined);
    for (const [depth, { path, line }] of own.entries()) {
      const at = line === undefined ? '' : `, line ${line}`;
      const weight =
        depth === 0 ? weights.innermost : Math.max(weights.leastFrame, weights.frame - depth * weights.lessEachFrame);
      const reason = depth === 0 ? `innermost frame of the failure${at}` : `in the stack trace${at}`;
      this.#accused.add(path, { kind: 'frame', weight, reason, lines: line === undefined ? [] : [line] });
      this.#hearLine(path, line);
    }
    const file = failure.file === undefined ? undefined : this.#here(failure.file);
    if (file === undefined) return;
    const { line } = failure;
    const at = line === undefined ? '' : `, line ${line}`;
    const reason = `${failure.tool} names it${at}`;
    this.#accused.add(file, { kind: 'named', weight: weights.named, reason, lines: line === undefined ? [] : [line] });
    this.#hearLine(file, line);
  }

  /** A line of the failure that was changed just before it is the strongest sign there is. */
  #hearLine(path: string, line: number | undefined): void {
    const changed = this.#lines.get(path);
    if (!changed || line === undefined) return;
    const isExact = changed.exact.has(line) || changed.exact.has(line - 1) || changed.exact.has(line + 1);
    if (isExact)
      this.#accused.add(path, {
        kind: 'hunk',
        weight: weights.changedLine,
        reason: `line ${line}, which the failure names, was changed`,
      });
    else if (changed.hunks.some(({ from, to }) => from <= line && line <= to))
      this.#accused.add(path, {
        kind: 'hunk',
        weight: weights.changedHunk,
        reason: `changed next to line ${line}, which the failure names`,
      });
  }

  #mentioned(path: string, how: Mention): void {
    const reason = {
      path: 'its path is in the text',
      name: `${fileName(path)} is in the text`,
      stem: 'its name is in the text',
    }[how];
    this.#accused.add(path, { kind: 'mention', weight: weights.mention[how], reason });
  }

  #hearChange(path: string, change: Change): void {
    const { sinceGreen } = this.#clues;
    const how = this.#accused.has(path) ? (this.#mentions.get(path) ?? 'path') : this.#mentions.get(path);
    const weight = how === undefined ? weights.changed : weights.changedAndNamed[how];
    const lines = [...(this.#lines.get(path)?.exact ?? [])].slice(0, 5);
    this.#accused.add(path, { kind: 'changed', weight, reason: this.#changeSaid(path, change), lines });
    if (sinceGreen?.breaking && (how !== undefined || sinceGreen.commits.length === 1)) {
      const reason = `part of ${sinceGreen.breaking.why}`;
      this.#accused.add(path, { kind: 'breaking', weight: weights.breaking, reason });
    }
  }

  /** `changed in 1a2b3c4 by alice, 2 of its lines are in the failure`. */
  #changeSaid(path: string, change: Change): string {
    const { sinceGreen } = this.#clues;
    const only = sinceGreen?.commits.length === 1 ? sinceGreen.commits[0] : undefined;
    const where = only
      ? `in ${only.sha.slice(0, 7)} by ${only.author}`
      : sinceGreen?.since
        ? 'since the last green run'
        : 'by the failing commit';
    const exact = this.#lines.get(path)?.exact ?? new Set();
    const named = this.#clues.failures.flatMap(({ file, line, frames }) => [{ file, line }, ...frames]);
    const hit = new Set(
      named
        .filter(
          ({ file, line }) => file !== undefined && line !== undefined && exact.has(line) && this.#here(file) === path,
        )
        .map(({ line }) => line),
    );
    const hits = hit.size === 0 ? '' : `, ${hit.size} of its lines ${hit.size === 1 ? 'is' : 'are'} in the failure`;
    const status = change.status === 'modified' ? 'changed' : change.status;
    return `${status} ${where}${hits}`;
  }

  /** Where the failure names no file, it is about how the project is put together. */
  #hearConfiguration(): void {
    const { failures, failingCommand = '', treePaths } = this.#clues;
    const placeless = failures.filter(
      ({ file, frames }) =>
        ![file, ...frames.map((frame) => frame.file)].some((one) => one !== undefined && this.#here(one) !== undefined),
    );
    if (placeless.length === 0 && failures.length > 0) return;
    for (const { path, reason } of configurationOf(placeless, failingCommand, treePaths))
      this.#accused.add(path, { kind: 'configuration', weight: weights.configuration, reason });
  }

  #failingTests(): string[] {
    const { failures, treePaths } = this.#clues;
    const found = failures.flatMap((failure) => [
      ...testFiles(failure, treePaths),
      ...[failure.file, ...failure.frames.map(({ file }) => file)].flatMap((one) =>
        one === undefined ? [] : (this.#here(one) ?? []),
      ),
    ]);
    return [...new Set(found)].filter(looksLikeTest).slice(0, 20);
  }

  #hearTests(): void {
    const { treePaths, importsOf } = this.#clues;
    const onlyTests = this.#onlyTestsChanged();
    for (const test of this.#failingTests()) {
      this.#accused.add(test, { kind: 'test', weight: weights.mention.path, reason: 'the test that fails' });
      const named = pairs(test, treePaths).slice(0, 3);
      const imported = importsOf ? importedPaths(test, importsOf(test), treePaths) : [];
      const less = onlyTests ? 0.5 : 1;
      for (const path of named)
        this.#accused.add(path, {
          kind: 'pair',
          weight: weights.pair * less,
          reason: `by its name what ${fileName(test)} tests`,
        });
      for (const path of imported)
        this.#accused.add(path, {
          kind: 'import',
          weight: (weights.imported * less) / Math.sqrt(imported.length),
          reason: `imported by ${fileName(test)}, which fails`,
        });
    }
    // A source that is under suspicion brings its test: a new one is written like it.
    for (const path of this.#accused.paths) {
      if (looksLikeTest(path)) continue;
      for (const pair of pairs(path, treePaths).slice(0, 2))
        this.#accused.add(pair, { kind: 'pair', weight: weights.mention.name, reason: `goes with ${path} by name` });
    }
  }

  #onlyTestsChanged(): boolean {
    const changed = [...this.#changed.keys()];
    return changed.length > 0 && changed.every(looksLikeTest);
  }

  /** The test of an assertion that fails says what should be; it is wrong itself only if nothing else was changed. */
  #blamelessTests(): ReadonlySet<string> {
    if (this.#onlyTestsChanged()) return new Set();
    const { treePaths, importsOf, failures } = this.#clues;
    const accusedElsewhere = failures.filter(isAboutValues).length > 0;
    if (!accusedElsewhere) return new Set();
    const tests = this.#failingTests().filter(
      (test) =>
        pairs(test, treePaths).length > 0 ||
        (importsOf !== undefined && importedPaths(test, importsOf(test), treePaths).length > 0) ||
        this.#accused.paths.some((path) => !looksLikeTest(path)),
    );
    return new Set(tests);
  }

  #doubt(path: string, blameless: ReadonlySet<string>): { factor: number; reason?: string } {
    if (isLockfile(path) || generated.test(path))
      return { factor: doubts.generated, reason: 'generated, vendored or a lockfile' };
    return { factor: blameless.has(path) ? doubts.blamelessTest : 1 };
  }
}
