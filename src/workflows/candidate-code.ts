// A job of an event that runs on the default branch → whether it fetches the pull request's code all the same.
import { expressionsIn, type Step, textsIn } from './workflow-file.ts';

/** What a checkout may be told without leaving the base. */
const ofBase =
  /^\s*(github\.(sha|ref|ref_name|base_ref|repository|workflow_sha)|github\.event\.pull_request\.base\.[\w.]+|github\.event\.repository\.[\w.]+)\s*$/i;
const fetches =
  /\b(git\s+(?:fetch|pull|checkout|switch|clone|worktree|merge|am|apply)|gh\s+(?:pr\s+(?:checkout|diff)|run\s+download|api)|curl|wget|(?:tar|zip)ball)\b/i;
const namesCandidate =
  /refs\/pull\/|pull\/\S{1,40}\/(?:head|merge)|head_ref|\bhead_(?:sha|branch|commit)\b|\.head\.|pull_request\.number|event\.(?:number|issue)|client_payload|self-heal/i;
/** Texts that the author of a pull request chooses. */
const written =
  /github\.(?:head_ref\b|event\.(?:pull_request\.(?:title|body|head\.(?:ref|label))|[\w.]{0,100}(?:commits?\b|message\b|display_title|head_branch)))/i;

/** In words, or undefined: then only the repository's own code runs. */
export function candidateCode(steps: readonly Step[]): string | undefined {
  const all = steps.flatMap(({ whole }) => textsIn(whole) ?? []).join('\n');
  for (const step of steps) {
    if (step.uses !== undefined && /checkout/i.test(step.uses) && leavesBase(step))
      return 'checks out what is not the base';
    if (step.uses !== undefined && /download.{0,20}artifact/i.test(step.uses)) return 'downloads what another run made';
    const script = step.run ?? text(step.with.script);
    if (script === undefined) continue;
    if (expressionsIn(script).some((one) => written.test(one))) return 'puts a text of the pull request into a script';
    if (fetches.test(script) && (namesCandidate.test(all) || namesCandidate.test(script)))
      return 'fetches the code of the pull request';
  }
  return undefined;
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

function leavesBase({ with: given }: Step): boolean {
  const told = [given.ref, given.repository].flatMap((one) => textsIn(one) ?? []);
  return told.some(
    (one) => /refs\/pull\//.test(one) || expressionsIn(one).some((expression) => !ofBase.test(expression)),
  );
}
