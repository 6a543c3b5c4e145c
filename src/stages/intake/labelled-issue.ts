// A label on an issue → what it asks for: an incident, or nothing and why.
import { forbidLabel, startLabel } from '../../config/labels.ts';
import { fingerprint } from '../../incident/fingerprint.ts';
import { fullName } from '../../incident/incident.ts';
import { type IssueLabeled, repositoryOf } from './event-payloads.ts';
import type { Opening } from './opening.ts';

export function labelledIssue(payload: IssueLabeled): Opening {
  const { issue, sender } = payload;
  const repository = repositoryOf(payload);
  if (payload.label?.name !== startLabel) return { ours: false, why: 'the label is not ours' };
  if (issue.pull_request) return { ours: false, why: 'it is a pull request' };
  if (issue.state === 'closed') return { ours: false, why: 'the issue is closed' };
  if (issue.labels?.some((label) => label.name === forbidLabel))
    return { ours: false, why: `it is labelled ${forbidLabel}` };
  if (sender.type === 'Bot') return { ours: false, why: 'a bot set the label' };
  return {
    ours: true,
    repository,
    fingerprint: `issue:${fingerprint([fullName(repository).toLowerCase(), String(issue.number)])}`,
    trigger: {
      kind: 'issue',
      number: issue.number,
      title: issue.title,
      body: (issue.body ?? '').slice(0, 65_536),
      author: issue.user?.login ?? 'ghost',
      ...(issue.author_association ? { authorAssociation: issue.author_association } : {}),
      labelledBy: sender.login,
      url: issue.html_url,
    },
    said: `${sender.login} labelled issue #${issue.number} ${startLabel}.`,
  };
}
