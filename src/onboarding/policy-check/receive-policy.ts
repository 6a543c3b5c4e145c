// A push or a pull request → a policy file to be looked at, on disk before it is acknowledged.
import { policyPath } from '../../config/policy.ts';
import type { Repository } from '../../incident/incident.ts';
import type { ProposedPolicy } from '../../incident/proposed-policy.ts';
import type { ErrandRegistry } from '../../ports/errand.ts';
import type { SetupDelivery } from '../../ports/setup.ts';
import { changedPaths, isOnDefaultBranch, PolicyPush, PullProposed, Push, type Reached } from '../event-payloads.ts';

export type PolicyNews = { kind: 'to-check' } | { kind: 'ignored'; why: string };

type Receive = (
  delivery: SetupDelivery,
  payload: unknown,
  registry: Pick<ErrandRegistry, 'policyProposed'>,
) => Promise<PolicyNews>;

const unreadable = ignored('the payload lacks what is needed (repository, installation, commit)');

/** Whoever pushed, a bot that merges, too: the policy is in force from here on, whatever the repository's set-up says. */
export const receivePolicyPush: Receive = async (delivery, payload, registry) => {
  const { data: push } = Push.safeParse(payload);
  if (!push) return unreadable;
  if (!isOnDefaultBranch(push)) return ignored('it is not on the default branch');
  // Where commits were taken away, what they had brought is not listed.
  if (!push.forced && !changedPaths(push).includes(policyPath)) return ignored('it does not change the policy');
  const { data } = PolicyPush.safeParse(payload);
  if (!data) return unreadable;
  return noted(delivery, { repository: repositoryOf(data), sha: data.after }, registry);
};

/** The payload names no files: the pull request costs one request, where it goes to the only branch whose policy counts. */
export const receivePolicyPull: Receive = async (delivery, payload, registry) => {
  const { data } = PullProposed.safeParse(payload);
  if (!data) return unreadable;
  const why = unasked(data);
  if (why) return ignored(why);
  const { head, base, number, comments } = data.pull_request;
  const pull = { number, baseSha: base.sha, mayBeAnswered: data.action !== 'opened' && comments > 0 };
  return noted(delivery, { repository: repositoryOf(data), sha: head.sha, pull }, registry);
};

function unasked({ sender, pull_request: pull, repository }: PullProposed): string | undefined {
  if (sender.type === 'Bot') return 'a bot did it';
  if (pull.state !== 'open') return 'it is closed';
  if (pull.base.ref !== repository.default_branch) return 'it does not go to the default branch';
  // Strangers start nothing; what they propose is answered on the commit that a person merges.
  if (pull.head.repo?.id !== repository.id) return 'it is of a fork';
  return pull.head.ref.startsWith('self-heal/') ? "it is the App's own" : undefined;
}

async function noted(
  delivery: SetupDelivery,
  proposed: ProposedPolicy,
  registry: Pick<ErrandRegistry, 'policyProposed'>,
): Promise<PolicyNews> {
  const isNew = await registry.policyProposed(delivery, proposed);
  return isNew ? { kind: 'to-check' } : ignored('delivered before');
}

function repositoryOf({ repository, installation }: Reached): Repository {
  const { full_name, default_branch: defaultBranch, private: isPrivate } = repository;
  const [owner, name] = full_name;
  return { owner, name, defaultBranch, installationId: installation.id, private: isPrivate };
}

function ignored(why: string): { kind: 'ignored'; why: string } {
  return { kind: 'ignored', why };
}
