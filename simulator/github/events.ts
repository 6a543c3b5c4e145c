// Something that happened → the App's webhook, and the workflows that listen for it.
import type { Account } from './accounts.ts';
import { mergeWhatIsReady } from './auto-merge.ts';
import type { GitHub } from './github.ts';
import type { PullIssue } from './issue.ts';
import type { Repository } from './repository.ts';
import { type Json, nodeId, simpleUser } from './shapes/account.ts';
import { repositoryShape } from './shapes/repository.ts';

export interface GitHubEvent {
  name: string;
  action?: string;
  repository: Repository;
  sender: Account;
  /** What the event adds to `action`, `repository`, `sender` and `installation`. */
  payload: Json;
  /** Caused with a job's GITHUB_TOKEN: such events start no workflow, or workflows would start each other for ever. */
  byActions: boolean;
  /** Where workflow files are read and what they run on; the default branch's newest commit when absent. */
  subject?: Subject;
}

type Subject =
  | { kind: 'push'; ref: string; before: string; after: string; changedPaths: string[] }
  | { kind: 'pull'; pull: PullIssue }
  | { kind: 'ref'; ref: string }
  | { kind: 'dispatch'; ref: string; workflowPath: string; inputs: Record<string, string> }
  | { kind: 'schedule'; workflowPath: string };

function payloadOf(github: GitHub, event: GitHubEvent): Json {
  const installation = github.installationOf(event.repository);
  return {
    ...(event.action === undefined ? {} : { action: event.action }),
    ...event.payload,
    // A push names its repository a little differently from every other event.
    repository: event.payload.repository ?? repositoryShape(github, event.repository),
    sender: simpleUser(github, event.sender),
    installation: { id: installation.id, node_id: nodeId('MDIzOkludGVncmF0aW9uSW5zdGFsbGF0aW9u', installation.id) },
  };
}

export function publish(github: GitHub, event: GitHubEvent): void {
  const payload = payloadOf(github, event);
  github.webhooks.send({
    event: event.name,
    action: event.action ?? null,
    installationId: github.installationOf(event.repository).id,
    repositoryId: event.repository.id,
    payload,
  });
  const { installation: _, ...forWorkflows } = payload;
  github.actions.hear(event, forWorkflows);
  github.activity.changed();
  mergeWhatIsReady(github, event.repository);
}
