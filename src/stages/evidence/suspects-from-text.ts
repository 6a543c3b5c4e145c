// Failures and text, without a repository to look them up in → the paths as they are printed, ranked by the same signs.
import { mapToTree, pathsIn } from '../../failures/source-paths.ts';
import { isForeign } from '../../failures/stack-trace.ts';
import type { Suspect } from '../../incident/evidence.ts';
import { classSources, isOfOtherPackage, ownPackages, withPackagePaths } from './jvm-sources.ts';
import { type Clues, suspects } from './suspects.ts';

const mostPaths = 300;

export function suspectsFromText(clues: Omit<Clues, 'treePaths' | 'changes' | 'textOf'>): Suspect[] {
  const { failures } = clues;
  const own = ownPackages(failures);
  const text = withPackagePaths(clues.text, own);
  const framed = failures.flatMap(({ file, frames }) => [file ?? '', ...frames.map((frame) => frame.file)]);
  const printed = [
    ...framed.filter((path) => !isOfOtherPackage(path, own)),
    ...pathsIn(text),
    ...classSources(failures, own),
  ];
  const nameOf = namesByPath(printed);
  return suspects({ ...clues, text, changes: [], treePaths: [...nameOf.keys()] })
    .sort((a, b) => b.score - a.score || Number(isBare(a.path)) - Number(isBare(b.path)))
    .map((one) => ({ ...one, path: nameOf.get(one.path) ?? one.path }));
}

/** Among many a bare name says least where the file lies: it may be a row of a table, or a product's name. */
const isBare = (path: string): boolean => !path.includes('/');

/** One file may be printed in several ways: of `src/a.ts` and `/app/src/a.ts` the longer one is the file. */
function namesByPath(printed: readonly string[]): Map<string, string> {
  const nameOf = new Map<string, string>();
  for (const path of printed) {
    const plain = plainOf(path);
    if (plain !== '' && !nameOf.has(plain) && isOwn(path, plain)) nameOf.set(plain, path);
    if (nameOf.size >= mostPaths) break;
  }
  const plain = [...nameOf.keys()];
  return new Map([...nameOf].filter(([one]) => !plain.some((other) => other.endsWith(`/${one}`))));
}

const plainOf = (path: string): string =>
  path
    .replace(/^file:\/{2}/, '')
    .replaceAll('\\', '/')
    .replace(/^[A-Za-z]:/, '')
    .replace(/^(?:\.?\/){1,5}/, '')
    .replace(/(?::\d{1,9}){1,2}$/, '');

/** What only its name tells to be a library's or a test framework's. */
const library =
  /\/usr\/(?:local\/)?(?:lib|share)\/|^(?:com\/sun|kotlinx|groovy|junit|org\/(?:testng|mockito|assertj|hamcrest|codehaus|opentest4j|apache\/tools\/ant))\//;

const isOwn = (printed: string, plain: string): boolean =>
  !library.test(printed) &&
  !isForeign({ file: printed }) &&
  mapToTree(printed === plain ? `/${plain}` : printed, [plain]) !== undefined;
