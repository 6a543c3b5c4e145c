// Two failures, of a workflow's run and of the sandbox → whether they are the same: the same test, or the same error.
import { mapToTree, pathsIn } from '../../failures/source-paths.ts';
import type { Evidence } from '../../incident/case-file.ts';
import type { Failure } from '../../incident/failure.ts';
import { normalised } from '../../incident/fingerprint.ts';

/** What a machine prints around it may differ. */
export function isSameFailure(one: Failure, other: Failure, paths: Evidence['paths']): boolean {
  const [names, others] = [namesOf(one, paths), namesOf(other, paths)];
  // Another runner names the same test differently: then the error has to do.
  if (!names || !others || one.tool !== other.tool) return sameError(one, other);
  return names.exact === others.exact || (names.alike === others.alike && sameError(one, other));
}

const sameError = (one: Failure, other: Failure): boolean =>
  other.type === one.type && normalised(other.message) === normalised(one.message);

/** Of two runs on one machine: the test's name, and no more, whatever it fails with. */
export const testKey = ({ test = '' }: Failure): string => withoutVolatile(test);

export const withoutVolatile = (name: string): string => name.replace(differsEachRun, '…');

const isAbsolute = (path: string): boolean => /^(?:file:|[\\/]|[A-Za-z]:[\\/])/.test(path);
/** Addresses, random ids, ports, temporary folders. Other numbers stay: they tell the rows of one test's table apart. */
const differsEachRun =
  /\b0x[\da-f]{6,16}\b|\b[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}\b|(?<=\b(?:localhost|127\.0\.0\.1):)\d{4,5}\b|(?<![\w.-])(?:\/private)?\/(?:tmp|var\/tmp|var\/folders)\/(?:[^\s'"/]+\/)+|\\Temp\\(?:[^\s'"\\]+\\)+/gi;

interface Names {
  /** With files as the repository calls them, wherever the checkout lies: Node.js 20 calls a file that crashed by its full path. */
  exact: string;
  alike: string;
}

function namesOf({ test }: Failure, paths: readonly string[]): Names | undefined {
  if (!test) return undefined;
  const printed = pathsIn(test).filter((path) => isAbsolute(path) || test.startsWith(path));
  const exact = printed
    .toSorted((a, b) => b.length - a.length)
    .reduce((name, path) => name.replaceAll(path, () => mapToTree(path, paths) ?? path), test);
  return { exact, alike: withoutVolatile(exact) };
}
