// A proposed patch and the rules → it may be pushed, or findings as feedback, or a stop where only a forbidden change would help.
import { SelfHealError } from '../../errors.ts';
import type { Diagnosis } from '../../incident/case-file.ts';
import type { Incident } from '../../incident/incident.ts';
import { type Outcome, stop } from '../../incident/outcome.ts';
import type { Desk } from '../../ports.ts';
import { generated } from './generated.ts';
import { invisibleText } from './invisible-text.ts';
import { paths } from './paths.ts';
import { protectedPaths } from './protected-paths.ts';
import type { Finding, Rule } from './rule.ts';
import { secrets } from './secrets.ts';
import { size } from './size.ts';
import { sourceChange } from './source-change.ts';
import { testsKept } from './tests-kept.ts';

const rules: readonly Rule[] = [
  paths,
  protectedPaths,
  generated,
  size,
  secrets,
  invisibleText,
  testsKept,
  sourceChange,
];
const maxTold = 12;

export async function enforce(incident: Incident, desk: Desk): Promise<Outcome> {
  const { evidence, diagnosis, patch } = incident.caseFile;
  const attempt = patch?.attempts.at(-1);
  if (!evidence || !diagnosis || !patch || !attempt || attempt.files.length === 0)
    throw new SelfHealError('defect', `incident ${incident.id} came to enforce without a patch`);
  const context = { policy: desk.policy, evidence, diagnosis };
  const findings = (await Promise.all(rules.map((rule) => rule(attempt.files, context)))).flat();
  if (findings.length === 0) return { kind: 'done', papers: {}, said: `The patch keeps all ${rules.length} rules.` };
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
