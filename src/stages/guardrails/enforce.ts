// A proposed patch and the rules → it may be pushed, or findings as feedback, or a stop where only a forbidden change would help.
import { SelfHealError } from '../../errors.ts';
import type { Diagnosis, Patch, Taint } from '../../incident/case-file.ts';
import type { Incident } from '../../incident/incident.ts';
import { type Outcome, stop } from '../../incident/outcome.ts';
import type { PolicyDesk, PolicyQuestion } from '../../ports.ts';
import { addressedText } from './addressed-text.ts';
import { confusableNames } from './confusable-names.ts';
import { dangerousAdditions } from './dangerous-additions.ts';
import { generated } from './generated.ts';
import { guardsKept } from './guards-kept.ts';
import { hiddenData } from './hidden-data.ts';
import { invisibleText } from './invisible-text.ts';
import { mutedChecks } from './muted-checks.ts';
import { newDependencies } from './new-dependencies.ts';
import { paths } from './paths.ts';
import { policyQuestion } from './policy-question.ts';
import { protectedPaths } from './protected-paths.ts';
import type { Finding, Rule } from './rule.ts';
import { secrets } from './secrets.ts';
import { shadowingModules } from './shadowing-modules.ts';
import { size } from './size.ts';
import { sourceChange } from './source-change.ts';
import { specialCases } from './special-cases.ts';
import { swallowedErrors } from './swallowed-errors.ts';
import { changesExistingTests, testsKept } from './tests-kept.ts';

const rules: readonly Rule[] = [
  paths,
  protectedPaths,
  generated,
  size,
  secrets,
  invisibleText,
  confusableNames,
  addressedText,
  hiddenData,
  dangerousAdditions,
  newDependencies,
  shadowingModules,
  swallowedErrors,
  mutedChecks,
  guardsKept,
  specialCases,
  testsKept,
  sourceChange,
];
const maxTold = 12;

export async function enforce(incident: Incident, desk: PolicyDesk): Promise<Outcome> {
  const { evidence, diagnosis, patch } = incident.caseFile;
  const attempt = patch?.attempts.at(-1);
  if (!evidence || !diagnosis || !patch || !attempt || attempt.files.length === 0)
    throw new SelfHealError('defect', `incident ${incident.id} came to enforce without a patch`);
  const context = { policy: desk.policy, evidence, diagnosis: unsteered(diagnosis, incident.caseFile.taint) };
  const broken = (await Promise.all(rules.map((rule) => rule(attempt.files, context)))).flat();
  const findings =
    broken.length > 0 ? broken : await denied(policyQuestion(incident, { evidence, diagnosis, ...attempt }), desk);
  if (findings.length === 0) return { kind: 'done', papers: await sayingChangedTests(patch), said: passed(desk) };
  const feedback = feedbackOn(findings);
  const attempts = [...patch.attempts.slice(0, -1), { ...attempt, feedback }];
  const forbidden = onlyForbiddenHelps(findings, diagnosis);
  if (forbidden)
    return stop(
      'forbidden',
      `The cause lies in ${forbidden.path}, and ${forbidden.why}. The change that was proposed is shown, not pushed.`,
      { patch: { attempts } },
    );
  return { kind: 'again', papers: { patch: { attempts } }, feedback };
}

/** "The test is wrong" counts for nothing where text that reads like orders reached the model: it may be their word. */
function unsteered(diagnosis: Diagnosis, ledger: readonly Taint[] = []): Diagnosis {
  const isSteered = ledger.some(({ suspicious, went }) => suspicious.length > 0 && went.includes('diagnose'));
  return isSteered && diagnosis.kind === 'test' ? { ...diagnosis, kind: 'unknown' } : diagnosis;
}

/** Whether it may be shown as ready is decided where the pull request opens. */
async function sayingChangedTests(patch: Patch): Promise<{ patch?: Patch }> {
  const last = patch.attempts.at(-1);
  const changedTests = last ? await changesExistingTests(last.files) : [];
  if (!last || changedTests.length === 0) return {};
  return { patch: { attempts: [...patch.attempts.slice(0, -1), { ...last, changedTests }] } };
}

/** Asked last: what breaks our own rules is nobody else's business. */
async function denied(question: PolicyQuestion, { policyEngine, signal }: PolicyDesk): Promise<Finding[]> {
  const reasons = (await policyEngine?.denials(question, signal)) ?? [];
  const path = question.files.map((file) => file.path).join(', ');
  const acceptable = 'a patch that the operator’s policy does not deny';
  return reasons.map((reason) => ({ rule: 'policy-engine', path, why: reason.replace(/[.\s]+$/, ''), acceptable }));
}

const passed = ({ policyEngine }: PolicyDesk): string =>
  `The patch keeps all ${rules.length} rules${policyEngine ? ', and the operator’s policy allows it' : ''}.`;

/** Where every file that the diagnosis names is out of bounds, another attempt would only break the same rule. */
function onlyForbiddenHelps(findings: readonly Finding[], { files }: Diagnosis): Finding | undefined {
  const outOfBounds = findings.filter((finding) => finding.protectedBy !== undefined && files.includes(finding.path));
  const writable = files.filter((path) => !outOfBounds.some((finding) => finding.path === path));
  return writable.length === 0 ? outOfBounds[0] : undefined;
}

function feedbackOn(findings: readonly Finding[]): string {
  const lines = findings.slice(0, maxTold).map(({ rule, path, line, why, acceptable }) => {
    return `- ${path}${line === undefined ? '' : `:${line}`} [${rule}] ${why}. Acceptable: ${acceptable}.`;
  });
  const more = findings.length > maxTold ? [`- and ${findings.length - maxTold} more of the same kinds`] : [];
  return ['The patch breaks rules:', ...lines, ...more].join('\n');
}
