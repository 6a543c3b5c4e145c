// A webhook → a durable incident, a woken one, or nothing: acknowledged only after it is on disk.
import type { Incident } from '../../incident/incident.ts';
import { incidentId, newIncident } from '../../incident/new-incident.ts';
import { wakeKey } from '../../incident/wake-keys.ts';
import { healCommand } from '../../text/heal-command.ts';
import { redact } from '../../text/redact.ts';
import {
  CommentCreated,
  IssueLabeled,
  PullRequestEvent,
  repositoryOf,
  WorkflowRunCompleted,
} from './event-payloads.ts';
import { labelledIssue } from './labelled-issue.ts';
import type { Opening } from './opening.ts';
import { workflowFailure } from './workflow-failure.ts';

export interface Delivery {
  id: string;
  event: string;
  at: Date;
  /** Of what was signed, which the id is not: the same again is no news under whatever id. */
  digest?: string;
}

/** What intake needs of the database. */
export interface Registry {
  receive(
    delivery: Delivery,
    incident: Incident,
  ): Promise<{ kind: 'opened' | 'known'; incidentId: string } | { kind: 'delivered-before' }>;
  wake(delivery: Delivery, keys: readonly string[]): Promise<string[]>;
}

export interface Reception {
  registry: Registry;
  randomBytes(count: number): Uint8Array;
}

export type Received =
  | { kind: 'opened' | 'known'; incidentId: string }
  | { kind: 'woken'; incidentIds: string[] }
  | { kind: 'ignored'; why: string };

/** A run that an incident waits for wakes it; any other failed run may open one. */
export async function receiveWorkflowRun(delivery: Delivery, payload: unknown, to: Reception): Promise<Received> {
  const parsed = WorkflowRunCompleted.safeParse(payload);
  if (!parsed.success) return unreadable;
  const key = wakeKey.run(repositoryOf(parsed.data), parsed.data.workflow_run.id);
  const woken = await to.registry.wake(delivery, [key]);
  if (woken.length > 0) return { kind: 'woken', incidentIds: woken };
  return open(delivery, workflowFailure(parsed.data), to);
}

export async function receiveIssueLabel(delivery: Delivery, payload: unknown, to: Reception): Promise<Received> {
  const parsed = IssueLabeled.safeParse(payload);
  return parsed.success ? open(delivery, await withoutSecrets(labelledIssue(parsed.data)), to) : unreadable;
}

export async function receivePullRequest(delivery: Delivery, payload: unknown, to: Reception): Promise<Received> {
  const parsed = PullRequestEvent.safeParse(payload);
  if (!parsed.success) return unreadable;
  const key = wakeKey.pull(repositoryOf(parsed.data), parsed.data.pull_request.number);
  return { kind: 'woken', incidentIds: await to.registry.wake(delivery, [key]) };
}

/** What people say; that they may is asked of GitHub later. The App's own answers come this way, too. */
export async function receiveReview(delivery: Delivery, payload: unknown, to: Reception): Promise<Received> {
  const parsed = PullRequestEvent.safeParse(payload);
  if (parsed.success && parsed.data.sender.type === 'Bot') return { kind: 'ignored', why: 'a bot wrote it' };
  return receivePullRequest(delivery, payload, to);
}

/** A command in the conversation of a pull request; who gave it is looked up by the step that obeys. */
export async function receiveCommand(delivery: Delivery, payload: unknown, to: Reception): Promise<Received> {
  const parsed = CommentCreated.safeParse(payload);
  if (!parsed.success) return unreadable;
  const { issue, comment, sender } = parsed.data;
  if (!issue.pull_request) return { kind: 'ignored', why: 'it is not on a pull request' };
  if (sender.type === 'Bot') return { kind: 'ignored', why: 'a bot wrote it' };
  if (healCommand(comment.body)?.name !== 'release')
    return { kind: 'ignored', why: 'it is no command to a pull request' };
  const key = wakeKey.pull(repositoryOf(parsed.data), issue.number);
  return { kind: 'woken', incidentIds: await to.registry.wake(delivery, [key]) };
}

const unreadable: Received = {
  kind: 'ignored',
  why: 'the payload lacks what is needed (repository, installation, sender)',
};

/** What people paste into issues is redacted before it is on disk. */
async function withoutSecrets(opening: Opening): Promise<Opening> {
  if (!opening.ours || opening.trigger.kind !== 'issue') return opening;
  const { title, body } = opening.trigger;
  return { ...opening, trigger: { ...opening.trigger, title: await redact(title), body: await redact(body) } };
}

async function open(delivery: Delivery, opening: Opening, to: Reception): Promise<Received> {
  if (!opening.ours) return { kind: 'ignored', why: opening.why };
  const incident = newIncident({ ...opening, id: incidentId(to.randomBytes(10)) }, delivery.at);
  const received = await to.registry.receive(delivery, incident);
  return received.kind === 'delivered-before' ? { kind: 'ignored', why: 'delivered before' } : received;
}
