// A comment with the command `/heal dry-run` → a dry run that is asked for, on disk before it is acknowledged; whether the person may is asked later.
import { z } from 'zod';
import { forbidLabel } from '../../config/labels.ts';
import type { ErrandRegistry } from '../../ports/errand.ts';
import type { SetupDelivery } from '../../ports/setup.ts';
import { healCommand } from '../../text/heal-command.ts';
import { askedRun } from './asked-run.ts';

/** As GitHub allows names: what else a signed body may hold never reaches a path, a key or the database. */
const Name = z.string().regex(/^[\w.-]{1,100}$/);
const Login = z.string().regex(/^[\w.-]{1,100}(\[bot\])?$/);

const CommentCreated = z.object({
  action: z.literal('created'),
  repository: z.object({
    name: Name,
    owner: z.object({ login: Name }),
    default_branch: z.string().min(1).max(255),
    private: z.boolean(),
  }),
  installation: z.object({ id: z.number().int().positive() }),
  sender: z.object({ login: Login, type: z.string().optional() }),
  issue: z.object({
    number: z.number().int().positive(),
    labels: z.array(z.object({ name: z.string() })).catch([]),
  }),
  comment: z.object({ id: z.number().int().positive(), body: z.string() }),
});

export type Asked = { kind: 'asked' } | { kind: 'ignored'; why: string };

export async function receiveDryRun(
  delivery: SetupDelivery,
  payload: unknown,
  registry: ErrandRegistry,
): Promise<Asked> {
  const { data } = CommentCreated.safeParse(payload);
  if (!data) return { kind: 'ignored', why: 'the payload lacks what is needed (repository, installation, comment)' };
  const { issue, comment, sender, installation } = data;
  const { owner, name, default_branch: defaultBranch, private: isPrivate } = data.repository;
  if (sender.type === 'Bot' || sender.login.endsWith('[bot]')) return { kind: 'ignored', why: 'a bot wrote it' };
  const command = healCommand(comment.body);
  if (command?.name !== 'dry-run') return { kind: 'ignored', why: 'it asks for no dry run' };
  if (issue.labels.some((label) => label.name === forbidLabel))
    return { kind: 'ignored', why: `it is labelled ${forbidLabel}` };
  const repository = { owner: owner.login, name, defaultBranch, installationId: installation.id, private: isPrivate };
  const isNew = await registry.dryRunAsked(delivery, {
    ...{ repository, issueNumber: issue.number, commentId: comment.id, askedBy: sender.login },
    run: askedRun(command.argument, repository),
  });
  return isNew ? { kind: 'asked' } : { kind: 'ignored', why: 'delivered before' };
}
