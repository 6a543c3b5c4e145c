// A path → the one that a file system or a reader may take it for: no disguise by script, width, blanks, dots or streams.
import { skeleton } from './skeleton.ts';

/** Windows drops blanks and dots at the end of a name, and what follows a colon names a stream of the same file. */
export const plainPath = (path: string): string =>
  skeleton(
    path
      .normalize('NFKC')
      .replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '')
      .replaceAll('\\', '/'),
  )
    .split('/')
    .map((part) => part.replace(/:.*$/, '').replace(/^ +|[. ]+$/g, ''))
    .filter((part) => part !== '')
    .join('/');
