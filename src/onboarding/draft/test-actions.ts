// A step whose Action does nothing but run a command → that command, for in the sandbox only commands run.
import type { Step } from '../../workflows/workflow-file.ts';

const word = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');

export function actionStatement({ uses, with: given }: Step): string | undefined {
  const action = uses?.split('@', 1)[0]?.toLowerCase();
  if (action === 'actions-rs/cargo') {
    const toolchain = word(given.toolchain) === '' ? '' : `+${word(given.toolchain)} `;
    return word(given.command) === ''
      ? undefined
      : `cargo ${toolchain}${word(given.command)} ${word(given.args)}`.trim();
  }
  const isGradle = action === 'gradle/gradle-build-action' || action === 'gradle/actions/setup-gradle';
  if (isGradle && word(given.arguments) !== '') return `./gradlew ${word(given.arguments)}`;
  if (action === 'golangci/golangci-lint-action') return undefined;
  return action === 'borales/actions-yarn' && word(given.cmd) !== '' ? `yarn ${word(given.cmd)}` : undefined;
}
