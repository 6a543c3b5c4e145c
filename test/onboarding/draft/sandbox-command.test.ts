import { describe, expect, it } from '@jest/globals';
import { type CommandPart, emptyPlan } from '../../../src/onboarding/draft/draft-plan.ts';
import { sandboxCommand } from '../../../src/onboarding/draft/sandbox-command.ts';

const part = (texts: string[], more: Partial<CommandPart> = {}): CommandPart => ({
  statements: texts.map((text) => ({ text })),
  ...{ directory: undefined, env: {}, mayFail: false },
  ...more,
});
const commandOf = (parts: CommandPart[], exports = {}) => sandboxCommand({ ...emptyPlan(), parts, exports });

describe('the command of', () => {
  it.each<[string, CommandPart[], string]>([
    ['steps', [part(['lint']), part(['build', 'test'])], 'lint\nbuild\ntest'],
    ['one folder', [part(['a'], { directory: 'x y' }), part(['b'], { directory: 'x y' })], "cd 'x y'\na\nb"],
    ['two folders', [part(['a'], { directory: 'x' }), part(['b'])], '(cd x && a)\nb'],
    ['a step with variables', [part(['a'], { env: { B: "it's" } })], "(\n  export B='it'\\''s'\n  a\n)"],
    ['a step that changes its folder', [part(['cd x', 'a']), part(['b'])], '(\n  cd x\n  a\n)\nb'],
    ['a step that may fail', [part(['a'], { mayFail: true }), part(['b'])], '(a) || true\nb'],
    ['a step with a comment', [part(['a # b'], { directory: 'x' }), part(['c'])], '(\n  cd x\n  a # b\n)\nc'],
    ['a step with a text', [part(['cat <<E\nx\nE', 'a'], { env: { B: '1' } })], '(\nexport B=1\ncat <<E\nx\nE\na\n)'],
    [
      'a step that asks the runner',
      [part(['a > $GITHUB_OUTPUT'])],
      'export GITHUB_OUTPUT=/dev/null\na > $GITHUB_OUTPUT',
    ],
    [
      'a step that goes to the top',
      [part(['ls $GITHUB_WORKSPACE'])],
      'export GITHUB_WORKSPACE="$PWD"\nls $GITHUB_WORKSPACE',
    ],
  ])('%s', (_what, parts, command) => expect(commandOf(parts)).toBe(command));

  it('a plan says first what is true for all', () =>
    expect(commandOf([part(['a'])], { X: '1' })).toBe('export X=1\na'));

  it('no steps, or of too many, is none', () => {
    expect(commandOf([])).toBeUndefined();
    expect(commandOf([part(['a'.repeat(5_001)])])).toBeUndefined();
  });
});
