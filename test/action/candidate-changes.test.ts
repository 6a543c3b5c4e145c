// The difference between base and candidate, as git prints it: which candidates are taken, and why others are not.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { candidateChanges, pathFault } from '../../action/src/candidate-changes.ts';

const raw = (...changes: readonly [oldMode: string, newMode: string, status: string, path: string][]) =>
  Buffer.from(
    changes
      .map(([from, to, status, path]) => `:${from} ${to} ${'1'.repeat(40)} ${'2'.repeat(40)} ${status}\0${path}\0`)
      .join(''),
  );

describe('changes of a candidate', () => {
  it('are changed, new and removed ordinary files', () => {
    const diff = raw(
      ['100644', '100644', 'M', 'src/a b.py'],
      ['100755', '100755', 'M', 'run.sh'],
      ['000000', '100644', 'A', 'tests/é.py'],
      ['100644', '000000', 'D', 'old.py'],
    );
    expect(candidateChanges(diff)).toEqual([
      { path: 'src/a b.py', blob: '2'.repeat(40), executable: false },
      { path: 'run.sh', blob: '2'.repeat(40), executable: true },
      { path: 'tests/é.py', blob: '2'.repeat(40), executable: false },
      { path: 'old.py', blob: null, executable: false },
    ]);
  });

  it.each([
    ['a symbolic link', '000000', '120000', 'A', 'link', /symbolic link/],
    ['a file made a link', '100644', '120000', 'T', 'a.py', /symbolic link/],
    ['a link made a file', '120000', '100644', 'T', 'a.py', /symbolic link/],
    ['a submodule', '000000', '160000', 'A', 'lib', /submodule/],
    ['a new executable', '000000', '100755', 'A', 'x.sh', /new with mode 100755/],
    ['a file made executable', '100644', '100755', 'M', 'a.py', /changes its mode/],
    ['a workflow', '100644', '100644', 'M', '.github/workflows/ci.yml', /git's or GitHub's own/],
    ['attributes', '000000', '100644', 'A', 'src/.gitattributes', /git's or GitHub's own/],
    ['a module file in capitals', '000000', '100644', 'A', '.GITMODULES', /git's or GitHub's own/],
    ['a path upwards', '000000', '100644', 'A', '../x', /leaves its folder/],
    ['an absolute path', '000000', '100644', 'A', '/etc/x', /absolute/],
    ['a line break', '000000', '100644', 'A', 'a\n::error::b', /control character/],
  ])('are refused with %s', (_what, from, to, status, path, message) => {
    expect(() => candidateChanges(raw(['100644', '100644', 'M', 'fine.py'], [from, to, status, path]))).toThrow(
      message,
    );
  });

  it('are refused when there are none, too many, or no text', () => {
    expect(() => candidateChanges(Buffer.from(''))).toThrow(/changes no file/);
    const many = Array.from({ length: 301 }, (_, n): [string, string, string, string] => [
      '100644',
      '100644',
      'M',
      `f${n}`,
    ]);
    expect(() => candidateChanges(raw(...many))).toThrow(/301 files/);
    expect(() => candidateChanges(Buffer.concat([raw(['0', '100644', 'A', 'a']), Buffer.from([0xff, 0x00])]))).toThrow(
      /not UTF-8/,
    );
  });

  it('never name a path that leads out of the folder or into git', () => {
    const part = fc.oneof(fc.constantFrom('..', '.', '', '.git', '.GIT', '.gitmodules', 'a', '\\'), fc.string());
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 5 }), (parts) => {
        const path = parts.join('/');
        if (pathFault(path) !== undefined) return;
        const url = new URL(`file:///root/${path.split('/').map(encodeURIComponent).join('/')}`);
        expect(url.pathname.startsWith('/root/')).toBe(true);
        expect(path.split('/').some((name) => ['', '.', '..'].includes(name) || /^\.git/i.test(name))).toBe(false);
      }),
    );
  });
});
