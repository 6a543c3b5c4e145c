// A proven incident, its pull request and what became of earlier ones → whether GitHub may merge it without a person, or every reason why not.
import { matchesAny } from '../../config/glob.ts';
import type { Policy } from '../../config/policy.ts';
import type { Attempt, Diagnosis, Taint, Trigger, Validation } from '../../incident/case-file.ts';
import type { Incident } from '../../incident/incident.ts';
import type { ProposalOutcome } from '../../ports.ts';
import { calibrated } from './calibration.ts';

/** Until so many merged fixes of a repository held, nothing is known of how good they are here. */
export const heldBefore = 5;
/** After one that was merged without a person did not hold. */
const pauseDays = 30;
const dayMs = 24 * 3_600_000;

export type AutoMergePolicy = Policy['auto-merge'];

/** The pull request as it was opened. */
export interface Opened {
  draft: boolean;
  /** Why it is, or was, in quarantine. */
  held: readonly string[];
}

export interface AutoMergeVerdict {
  /** Why not, in words for the pull request; none: it may. */
  against: string[];
  /** What history bears out of the diagnosis's confidence. */
  confidence: number;
}

export function mayAutoMerge(
  incident: Incident,
  opened: Opened,
  policy: AutoMergePolicy,
  history: readonly ProposalOutcome[],
  now: Date,
): AutoMergeVerdict {
  const { diagnosis, patch, validation, taint, trigger, review } = incident.caseFile;
  const attempt = patch?.attempts.at(-1);
  if (!diagnosis || !attempt || !validation) throw new TypeError('a pull request without a proof');
  const sure = calibrated(diagnosis, history);
  const against = [
    ...ofProof(validation, attempt),
    ...ofPeople(opened, review !== undefined),
    ...ofTaint(taint, trigger),
    ...ofChange(diagnosis, attempt, policy),
    ...ofHistory(history, now),
  ];
  if (sure.confidence < policy['min-confidence'])
    against.push(
      `Its confidence is ${share(sure.confidence)} by what became of earlier fixes (${share(diagnosis.confidence)} stated; ${sure.held} of ${sure.like} like it held), below min-confidence: ${share(policy['min-confidence'])}.`,
    );
  return { against, confidence: sure.confidence };
}

/** Rounded down: what is below a bound is not shown as having reached it. */
export const share = (part: number): string => `${Math.floor(part * 100 + 1e-9)} %`;

function ofProof({ verdict, engine, attempt: proven }: Validation, { number, changedTests = [] }: Attempt): string[] {
  return [
    ...(verdict === 'proven' && proven === number ? [] : ['It is not fully proven.']),
    // What a test command prints and writes there, the change itself could have forged.
    ...(engine === undefined || engine === 'none' ? ['Its proof was not run in a sandbox.'] : []),
    ...(changedTests.length > 0 ? ['It changes tests that were there before.'] : []),
  ];
}

function ofPeople({ draft, held }: Opened, wasReviewed: boolean): string[] {
  return [
    ...(draft ? ['It is a draft.'] : []),
    ...held,
    ...(wasReviewed ? ['People have reviewed an earlier attempt: the decision is theirs.'] : []),
  ];
}

/** Also where it went into no prompt: somebody tried. */
function ofTaint(taint: readonly Taint[] | undefined, trigger: Trigger): string[] {
  if (!taint) return ['It is not known what was read for it.'];
  const suspicious = taint.filter((one) => one.suspicious.length > 0).map(({ source, of }) => `${source} ${of}`);
  if (suspicious.length === 0) return [];
  const what = trigger.kind === 'issue' ? 'the issue and what it leads to' : 'the failure and what it leads to';
  return [`Passages of ${what} read like orders to a model: ${suspicious.slice(0, 3).join(', ')}.`];
}

const risks: readonly Diagnosis['risk'][] = ['low', 'medium', 'high'];

function ofChange({ kind, risk }: Diagnosis, { files }: Attempt, policy: AutoMergePolicy): string[] {
  const { kinds, paths, 'max-risk': maxRisk } = policy;
  // Test files were held to the rules: what was in them is in them still.
  const others = files.filter((file) => !file.isTest && !matchesAny(file.path, paths, false)).map(({ path }) => path);
  const tooRisky = risk === 'high' || risks.indexOf(risk) > risks.indexOf(maxRisk);
  return [
    ...(kinds.some((one) => one === kind)
      ? []
      : [`Its cause is of kind ${kind}; the policy names ${kinds.join(', ') || 'none'} (auto-merge.kinds).`]),
    ...(tooRisky ? [`Its risk is ${risk}, above max-risk: ${maxRisk}.`] : []),
    ...(paths.length === 0
      ? ['The policy names no paths (auto-merge.paths).']
      : others.length > 0
        ? [`The policy does not name ${others.map((path) => `\`${path}\``).join(', ')} (auto-merge.paths).`]
        : []),
    ...(files.some((file) => !file.isTest) ? [] : ['It changes nothing but tests.']),
  ];
}

function ofHistory(history: readonly ProposalOutcome[], now: Date): string[] {
  const held = history.filter(({ outcome }) => outcome === 'held').length;
  const since = now.getTime() - pauseDays * dayMs;
  const undone = history.some(
    ({ autoMerged, outcome, closedAt }) => autoMerged && outcome === 'reverted' && closedAt.getTime() >= since,
  );
  return [
    ...(held < heldBefore
      ? [`${held} of Self-Heal’s merged fixes held in this repository until now; it takes ${heldBefore}.`]
      : []),
    ...(undone ? [`A fix that was merged this way did not hold in the last ${pauseDays} days.`] : []),
  ];
}
