// Failures and text, without a repository to look them up in → the paths as they are printed, ranked by the same signs.
import { mapToTree, pathsIn } from '../../failures/source-paths.ts';
import type { Suspect } from '../../incident/case-file.ts';
import { type Clues, suspects } from './suspects.ts';

/** One file may be printed in several ways (`/app/src/a.ts`, `src/a.ts`): the first one stands for all. */
export function suspectsFromText(clues: Omit<Clues, 'treePaths' | 'changes'>): Suspect[] {
  const named = clues.failures.flatMap(({ file, frames }) => [file, ...frames.map((frame) => frame.file)]);
  const printed = [...named.flatMap((one) => one ?? []), ...pathsIn(clues.text)];
  const nameOf = new Map<string, string>();
  for (const path of printed) {
    const plain = plainOf(path);
    if (plain === '' || !isOwn(path, plain)) continue;
    if (![...nameOf.keys()].some((known) => known === plain || known.endsWith(`/${plain}`))) nameOf.set(plain, path);
    if (nameOf.size >= 300) break;
  }
  // Of `src/a.ts` and `app/src/a.ts` the longer one is the file.
  const plain = [...nameOf.keys()];
  const treePaths = plain.filter((one) => !plain.some((other) => other.endsWith(`/${one}`)));
  return suspects({ ...clues, changes: [], treePaths }).map((one) => ({
    ...one,
    path: nameOf.get(one.path) ?? one.path,
  }));
}

const plainOf = (path: string): string =>
  path
    .replace(/^file:\/{2}/, '')
    .replaceAll('\\', '/')
    .replace(/^[A-Za-z]:/, '')
    .replace(/^(?:\.?\/){1,5}/, '')
    .replace(/(?::\d{1,9}){1,2}$/, '');

/** Without a tree only the name tells that a file is the runtime's, a library's or a test framework's. */
const foreign =
  /(?:^|\/)(?:site|dist)-packages\/|\/hostedtoolcache\/|\/rustc\/|\/gems\/|\/vendor\/bundle\/|\/usr\/(?:local\/)?(?:lib|go|share)\/|^(?:node:|internal\/|<)|^(?:java|javax|jdk|sun|kotlin|kotlinx|scala|groovy|junit|com\/sun|org\/(?:junit|testng|gradle|mockito|assertj|hamcrest|codehaus|opentest4j|apache\/(?:maven|tools\/ant)))\//;

const isOwn = (printed: string, plain: string): boolean =>
  !foreign.test(printed) && mapToTree(printed === plain ? `/${plain}` : printed, [plain]) !== undefined;
