// Failures as printed → the places in the repository's files that they name, each looked up once.
import {
  type Place,
  type PlaceInTree,
  placeInTree,
  sourceMapOf,
  type TextOf,
} from '../../failures/paths/place-in-tree.ts';
import type { Failure } from '../../incident/failure.ts';

export interface FailurePlaces {
  failure: Failure;
  /** Where the tool says that it failed. */
  named: PlaceInTree | undefined;
  /** The frames that lie in the repository, innermost first. */
  frames: PlaceInTree[];
}

/** `textOf` knows the source maps among the files that were read. */
export function failurePlaces(
  failures: readonly Failure[],
  treePaths: readonly string[],
  textOf?: TextOf,
): FailurePlaces[] {
  const known = new Map<string, PlaceInTree | undefined>();
  const here = ({ file, line, column }: Place): PlaceInTree | undefined => {
    const key = `${file}\0${line}\0${column}`;
    if (!known.has(key)) known.set(key, placeInTree({ file, line, column }, treePaths, textOf));
    return known.get(key);
  };
  return failures.map((failure) => ({
    failure,
    named: failure.file === undefined ? undefined : here({ ...failure, file: failure.file }),
    frames: failure.frames.flatMap((frame) => here(frame) ?? []),
  }));
}

export const placesOf = ({ named, frames }: FailurePlaces): PlaceInTree[] => [...(named ? [named] : []), ...frames];

const mostMaps = 3;

/** The source maps in the tree that tell what the failures' lines were before they were compiled. */
export function sourceMapsFor(failures: readonly Failure[], treePaths: readonly string[]): string[] {
  const found = new Set<string>();
  const places = failures.flatMap(({ file, line, frames }) => [
    ...(file === undefined ? [] : [{ file, line }]),
    ...frames,
  ]);
  const seen = new Set<string>();
  for (const place of places) {
    if (found.size >= mostMaps) break;
    if (place.line === undefined || seen.has(place.file)) continue;
    seen.add(place.file);
    const map = sourceMapOf(place.file, treePaths);
    if (map !== undefined) found.add(map);
  }
  return [...found];
}
