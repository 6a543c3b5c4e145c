// The name that people gave a script or a target (`test:unit`, `lint`, `deploy`) → what kind of work it does.
import type { StatementKind } from './statement-kind.ts';

/** A smoke test tries what was deployed. */
const sends = /deploy|publish|release|upload|ship|push|notify|smoke|canary/i;
const tests =
  /(^|[^a-z])(tests?|specs?|units?|integrations?|e2e|coverage|cov|jest|vitest|mocha|pytest|ci|verify|check-all)([^a-z]|$)|test$/i;
const checks =
  /lint|type|tsc|check|build|compile|format|fmt|prettier|eslint|style|bundle|dist|docs?|static|analy|vet|clippy|all/i;
const prepares =
  /install|setup|set-up|bootstrap|prepare|deps|dependencies|init|generate|codegen|migrate|seed|download/i;

export function kindOfName(name: string): StatementKind {
  if (sends.test(name)) return 'send';
  if (prepares.test(name)) return 'other';
  if (tests.test(name)) return 'test';
  return checks.test(name) ? 'check' : 'other';
}
