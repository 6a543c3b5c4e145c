// The steps, and `advance`, which runs one: a reader starts here.
import { ownersRepository, type Policy } from './config/policy.ts';
import { readPolicy } from './config/read-policy.ts';
import { dryRunOf, type ModelCall } from './incident/case-file.ts';
import type { Incident, StepName } from './incident/incident.ts';
import type { Outcome } from './incident/outcome.ts';
import type { Desk, GitHubDesk, ModelDesk, Permissions, PolicyDesk, World } from './ports.ts';
import { meteredModel } from './spending/metered-model.ts';
import { push } from './stages/branch/push.ts';
import { diagnose } from './stages/diagnosis/diagnose.ts';
import { collect } from './stages/evidence/collect.ts';
import { rebase } from './stages/evidence/rebase.ts';
import { enforce } from './stages/guardrails/enforce.ts';
import { learn } from './stages/learning/learn.ts';
import { critique } from './stages/patch/critique.ts';
import { propose } from './stages/patch/propose.ts';
import { explain } from './stages/review/explain.ts';
import { open } from './stages/review/open.ts';
import { settle } from './stages/review/settle.ts';
import { revert } from './stages/rollback/revert.ts';
import { watch } from './stages/rollback/watch.ts';
import { rerun } from './stages/triage/rerun.ts';
import { conclude } from './stages/validation/conclude.ts';
import { dispatch } from './stages/validation/dispatch.ts';

/** A step asks GitHub with a token of these permissions, or the model, or the operator's policy engine, or only thinks: never two of them. */
type Step =
  | {
      asks: 'github';
      may: Permissions;
      /** What the repository's owner has for all of his repositories is asked for, too, with a token of its own. */
      owner?: Permissions;
      run: (incident: Incident, desk: GitHubDesk) => Promise<Outcome>;
    }
  | { asks: 'model'; run: (incident: Incident, desk: ModelDesk) => Promise<Outcome> }
  | { asks: 'policy engine'; run: (incident: Incident, desk: PolicyDesk) => Promise<Outcome> }
  | { asks: 'nobody'; run: (incident: Incident, desk: Desk) => Promise<Outcome> };

export const steps: Record<StepName, Step> = {
  collect: {
    asks: 'github',
    may: { actions: 'read', checks: 'read', contents: 'read', issues: 'write' },
    owner: { contents: 'read' },
    run: collect,
  },
  rerun: { asks: 'github', may: { actions: 'write' }, run: rerun },
  diagnose: { asks: 'model', run: diagnose },
  propose: { asks: 'model', run: propose },
  critique: { asks: 'model', run: critique },
  enforce: { asks: 'policy engine', run: enforce },
  push: { asks: 'github', may: { contents: 'write' }, run: push },
  dispatch: { asks: 'github', may: { actions: 'write' }, run: dispatch },
  conclude: { asks: 'github', may: { actions: 'read' }, run: conclude },
  open: {
    asks: 'github',
    may: { checks: 'write', contents: 'write', issues: 'write', pull_requests: 'write' },
    run: open,
  },
  rebase: { asks: 'github', may: { contents: 'read' }, owner: { contents: 'read' }, run: rebase },
  settle: { asks: 'github', may: { contents: 'write', pull_requests: 'write' }, run: settle },
  watch: { asks: 'github', may: { actions: 'read' }, run: watch },
  revert: { asks: 'github', may: { contents: 'write', issues: 'write', pull_requests: 'write' }, run: revert },
  explain: {
    asks: 'github',
    may: { checks: 'write', contents: 'write', issues: 'write', pull_requests: 'write' },
    owner: { contents: 'read' },
    run: explain,
  },
  learn: { asks: 'nobody', run: learn },
};

/** The policy that was in force at the base commit; a dry run shows nothing, whatever else the policy says. */
export function policyOf({ caseFile }: Incident): Policy {
  const { policy } = readPolicy(caseFile.evidence?.policyText ?? '');
  return dryRunOf(caseFile) ? { ...policy, mode: 'shadow' } : policy;
}

export interface Run {
  signal: AbortSignal;
  resumed: boolean;
  /** Told of every answer of the model, also where the step fails after it. */
  onCall(call: ModelCall): void;
}

/** What is near the model has nothing in its hands to reach GitHub with, not even by mistake. */
const withoutGitHub = ({ now, model, ledger, spending }: World): Omit<World, 'github' | 'memory' | 'policyEngine'> => {
  return { now, model, ledger, spending };
};

/** One more telephone, for one more repository; none where that is the repository itself. */
function ownersFiles({ repository }: Incident, world: World, may: Permissions): Pick<GitHubDesk, 'owner'> {
  if (repository.name === ownersRepository) return {};
  return { owner: world.github({ ...repository, name: ownersRepository }, may) };
}

/** Runs the incident's step with exactly the desk that the step may have. */
export async function advance(incident: Incident, world: World, run: Run): Promise<Outcome> {
  const { signal, resumed } = run;
  const step = steps[incident.step];
  const policy = policyOf(incident);
  const desk: Desk = { now: world.now(), memory: world.memory, policy, signal, resumed };
  switch (step.asks) {
    case 'github':
      return step.run(incident, {
        ...desk,
        github: world.github(incident.repository, step.may),
        ...(step.owner ? ownersFiles(incident, world, step.owner) : {}),
      });
    case 'model':
      return step.run(incident, { ...desk, model: meteredModel(incident, withoutGitHub(world), policy, run) });
    case 'policy engine':
      return step.run(incident, { ...desk, policyEngine: world.policyEngine });
    case 'nobody':
      return step.run(incident, desk);
  }
}
