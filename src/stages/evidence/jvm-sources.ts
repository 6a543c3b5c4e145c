// Failures of the JVM, which print packages in the place of folders → the project's own packages, and the sources of classes.
import { fileName, folderOf } from '../../failures/paths/tree-lookup.ts';
import type { Failure } from '../../incident/failure.ts';

const source = /\.(?:java|kts?|scala|groovy)$/;
/** Groups that many projects share: their own name is one segment longer. */
const shared = /^(?:org\/apache|(?:com|io)\/github|com\/google|org\/eclipse)\//;

/** `com/acme/`: of the tests that failed, and of the places that their tools named among the frames. */
export function ownPackages(failures: readonly Failure[]): string[] {
  const folders = failures.flatMap(({ test = '', file = '', frames }) => {
    const isFrame = source.test(file) && frames.some((frame) => frame.file === file);
    const [, tested] = /^((?:[a-z]\w{0,100}\.){1,20})[A-Z]\w{0,200}(?![\w/\\])/.exec(test) ?? [];
    const isJvm = frames.some((frame) => source.test(frame.file));
    return [
      ...(isFrame ? [folderOf(file)] : []),
      ...(isJvm && tested ? [tested.slice(0, -1).replaceAll('.', '/')] : []),
    ];
  });
  const packages = folders.filter((folder) => folder !== '' && !/^\/|(?:^|\/)src(?:\/|$)/.test(folder));
  const roots = packages.map((folder) => {
    const length = shared.test(`${folder}/`) ? 3 : 2;
    return `${folder.split('/').slice(0, length).join('/')}/`;
  });
  return [...new Set(roots)];
}

/** A frame's file of another package; where no package is known to be the project's, none is. */
export const isOfOtherPackage = (file: string, own: readonly string[]): boolean =>
  own.length > 0 && source.test(file) && !/^\/|(?:^|\/)src\//.test(file) && !own.some((one) => file.startsWith(one));

const frame = /\bat ([\w$.@/-]{1,500})\(([\w$-]{1,200}\.(?:java|kts?|scala|groovy))(?::\d{1,9})?\)/g;

/** `at com.acme.Price.total(Price.java:12)` is said to be in `com/acme/Price.java`; frames of others are left out. */
export const withPackagePaths = (text: string, own: readonly string[]): string =>
  text.replace(frame, (_, method: string, name: string) => {
    const folders = fileName(method).split('.').slice(0, -2);
    const path = [...folders, name].join('/');
    return isOfOtherPackage(path, own) ? '' : `at ${path}`;
  });

const qualified = /(?<![\w.$/\\-])((?:[a-z]\w{0,100}\.){1,20})([A-Z]\w{0,200})(?![\w/\\])/g;
const mostClasses = 50;

/** The sources of the project's own classes that tests and messages name. */
export function classSources(failures: readonly Failure[], own: readonly string[]): string[] {
  if (own.length === 0) return [];
  const written = failures.flatMap(({ file = '', frames }) => [file, ...frames.map((one) => one.file)]);
  const [, extension = 'java'] =
    /\.(java|kt|scala|groovy)$/.exec(written.find((file) => source.test(file)) ?? '') ?? [];
  const paths = failures.flatMap(({ test = '', message }) =>
    [...`${test}\n${message}`.slice(0, 4_000).matchAll(qualified)].map(
      ([, folders = '', name = '']) => `${folders.replaceAll('.', '/')}${name}.${extension}`,
    ),
  );
  return [...new Set(paths)].filter((path) => own.some((one) => path.startsWith(one))).slice(0, mostClasses);
}
