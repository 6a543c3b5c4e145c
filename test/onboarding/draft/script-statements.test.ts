// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the shell's, not ours.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { statementsOf } from '../../../src/onboarding/draft/script-statements.ts';

describe('a script', () => {
  it.each<[string, string, string[]]>([
    ['of lines', 'npm ci\n\n# then\nnpm test\n', ['npm ci', 'npm test']],
    ['of one line', 'npm ci && npm run build; npm test', ['npm ci', 'npm run build', 'npm test']],
    ['with an alternative', 'a && b || c\nd', ['a && b || c', 'd']],
    ['with a long line', 'pytest \\\n  -q \\\n  tests\nmypy .', ['pytest \\\n  -q \\\n  tests', 'mypy .']],
    ['with quotes', `echo "a; b && c"; echo 'd\ne' # f; g\nh`, ['echo "a; b && c"', `echo 'd\ne' # f; g`, 'h']],
    ['with a condition', 'if [ -f a ]; then\n  b; c\nfi\nd', ['if [ -f a ]; then\n  b; c\nfi', 'd']],
    ['with a loop', 'for d in a b; do (cd $d && make); done; e', ['for d in a b; do (cd $d && make); done', 'e']],
    ['with a choice', 'case $x in\n  a) b ;;\n  *) c ;;\nesac\nd', ['case $x in\n  a) b ;;\n  *) c ;;\nesac', 'd']],
    ['with a group', '{ a; b; } > log\n(c; d) &\ne', ['{ a; b; } > log', '(c; d) &', 'e']],
    ['with a test', '[[ -n $a && -z $b ]] && c\nd', ['[[ -n $a && -z $b ]] && c', 'd']],
    [
      'with text of its own',
      "cat <<'EOF' > f\nnpm publish; x\nEOF\nnpm test",
      ["cat <<'EOF' > f\nnpm publish; x\nEOF", 'npm test'],
    ],
    ['that ends with text of its own', 'npm test\ncat <<EOF > f\nx\nEOF', ['npm test', 'cat <<EOF > f\nx\nEOF']],
    ['with text of its own that never ends', 'cat <<EOF\nx && ${{ y }}', ['cat <<EOF\nx && ${{ y }}']],
    ['with a substitution', 'A=$(b; c) d\ne ${f:-;}', ['A=$(b; c) d', 'e ${f:-;}']],
    ['with words that look like keywords', 'echo if\necho done', ['echo if', 'echo done']],
  ])('%s', (_what, script, statements) => expect(statementsOf(script)).toEqual(statements));

  it('takes comments alone for no statement, and ends for any', () => {
    expect(statementsOf('# a\n  # b\na\n#c')).toEqual(['a']);
    expect(statementsOf(`cat <<A; ${'#'.repeat(5_000)}\nx\nA\nb`)).toHaveLength(3);
  });

  const words = 'ab if fi ( ) { } " \' \\ $ ` \n ; && || | & << <<E E \nE # case esac [[ ]] ${{ }}'.split(' ');

  it('is cut at separators only, and loses nothing else, whatever it is', () =>
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...words), { maxLength: 30 }), fc.constantFrom(' ', ''), (some, space) => {
        const script = some.join(space).replaceAll('#', '');
        let at = 0;
        for (const statement of [...statementsOf(script), '']) {
          const found = statement === '' ? script.length : script.indexOf(statement, at);
          expect(script.slice(at, found)).toMatch(at === 0 || statement === '' ? /^[\s;&]*$/ : /^[\s;&]+$/);
          at = found + statement.length;
        }
      }),
    ));
});
