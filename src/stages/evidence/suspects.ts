// Failures, text and changes → the files most likely to need the change, each with its reasons in words.
import type { PlaceInTree, TextOf } from '../../failures/paths/place-in-tree.ts';
import { fileName, treeLookup } from '../../failures/paths/tree-lookup.ts';
import { mapToTree, pathsIn } from '../../failures/source-paths.ts';
import type { Change, Changes, Suspect } from '../../incident/evidence.ts';
import type { Failure } from '../../incident/failure.ts';
import { Accusations } from './accusations.ts';
import { type ChangedLines, changedLines } from './changes.ts';
import { configurationOf } from './configuration.ts';
import { isLockfile } from './dependencies.ts';
import { type FailurePlaces, failurePlaces, placesOf } from './failure-places.ts';
import { type Mention, mentions } from './mentions.ts';
import { importedPaths, isNamedLikeTest, looksLikeTest, pairs } from './pairing.ts';
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
  /** The source maps among the files that were read. */
  textOf?: TextOf;
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
  readonly #places: readonly FailurePlaces[];
  readonly #placeLines = new Map<string, Set<number>>();
  #tests: readonly string[] | undefined;

  constructor(clues: Clues) {
    this.#clues = clues;
    this.#places = failurePlaces(clues.failures, clues.treePaths, clues.textOf);
    const index = treeLookup(clues.treePaths);
    const changes = clues.changes.filter(({ path }) => index.has(path));
    this.#changed = new Map(changes.map((change) => [change.path, change]));
    this.#lines = new Map(changes.map(({ path, patch }) => [path, changedLines(patch)]));
    const said = clues.failures.map(({ test = '', message }) => `${test}\n${message}`).join('\n');
    this.#mentions = mentions(`${said}\n${clues.text}`, clues.treePaths);
  }

  verdict(): Suspect[] {
    for (const places of this.#places) this.#hearFailure(places);
    for (const printed of pathsIn(this.#clues.text)) {
      const path = mapToTree(printed, this.#clues.treePaths);
      if (path !== undefined) this.#mentioned(path, 'path');
    }
    for (const [path, mention] of this.#mentions) this.#mentioned(path, mention);
    for (const [path, change] of this.#changed) this.#hearChange(path, change);
    this.#hearConfiguration();
    this.#hearTests();
    const blameless = this.#blamelessTests();
    return this.#accused.suspects((path) => this.#doubt(path, blameless)).slice(0, mostSuspects);
  }

  #hearFailure({ failure, named, frames }: FailurePlaces): void {
    for (const [depth, place] of frames.entries()) {
      const weight =
        depth === 0 ? weights.innermost : Math.max(weights.leastFrame, weights.frame - depth * weights.lessEachFrame);
      const said = depth === 0 ? 'innermost frame of the failure' : 'in the stack trace';
      this.#hearPlace(place, 'frame', weight, said);
    }
    if (named) this.#hearPlace(named, 'named', weights.named, `${failure.tool} names it`);
  }

  #hearPlace({ path, line }: PlaceInTree, kind: string, weight: number, said: string): void {
    const lines = line === undefined ? [] : [line];
    const reason = line === undefined ? said : `${said}, line ${line}`;
    this.#accused.add(path, { kind, weight, reason, lines });
    if (line === undefined) return;
    this.#placeLines.set(path, (this.#placeLines.get(path) ?? new Set()).add(line));
    this.#hearLine(path, line);
  }

  /** A line of the failure that was changed just before it is the strongest sign there is. */
  #hearLine(path: string, line: number): void {
    const changed = this.#lines.get(path);
    if (!changed) return;
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
    const hit = [...(this.#placeLines.get(path) ?? [])].filter((line) => exact.has(line));
    const hits =
      hit.length === 0 ? '' : `, ${hit.length} of its lines ${hit.length === 1 ? 'is' : 'are'} in the failure`;
    const status = change.status === 'modified' ? 'changed' : change.status;
    return `${status} ${where}${hits}`;
  }

  /** Where the failure names no file, it is about how the project is put together. */
  #hearConfiguration(): void {
    const { failures, failingCommand = '', treePaths } = this.#clues;
    const placeless = this.#places.filter((one) => placesOf(one).length === 0).map(({ failure }) => failure);
    if (placeless.length === 0 && failures.length > 0) return;
    for (const { path, reason } of configurationOf(placeless, failingCommand, treePaths))
      this.#accused.add(path, { kind: 'configuration', weight: weights.configuration, reason });
  }

  #failingTests(): readonly string[] {
    this.#tests ??= [...new Set(this.#places.flatMap((places) => this.#testsOf(places)))].slice(0, 20);
    return this.#tests;
  }

  /** What lies among tests may be their helper: a trace through it counts only if no file in it is named like a test. */
  #testsOf(places: FailurePlaces): string[] {
    const { failure, named, frames } = places;
    const found = testFiles(failure, this.#clues.treePaths).filter(looksLikeTest);
    const traced = placesOf(places).map(({ path }) => path);
    const tests = [...found, ...traced.filter(isNamedLikeTest)];
    if (tests.length > 0) return tests;
    // Without a test's name it may be no test that fails, but what is loaded for all of them.
    const among = failure.test === undefined ? [named] : [named, ...frames];
    return among.flatMap((place) => place?.path ?? []).filter(looksLikeTest);
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
        this.#accused.add(pair, {
          kind: 'pair',
          weight: weights.mention.name,
          reason: `goes with ${fileName(path)} by name`,
        });
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
