// Step: looks at a repository that the App was installed on, and opens, renews or closes its one setup issue.
import type { Setup } from '../incident/setup.ts';
import type { OwnIssue, RepositoryFacts } from '../ports/setup.ts';
import type { GitHub } from '../ports.ts';
import { seen, standing } from './look.ts';
import { setupEnded, setupIssue, setupTitle } from './setup-issue.ts';

export interface SetupDesk {
  github: GitHub;
  now: Date;
}

const marker = 'setup';

/** May run twice, or be killed anywhere: what there is already is found by its marker, and nothing is believed that GitHub can be asked. */
export async function setUp(setup: Setup, desk: SetupDesk): Promise<Setup> {
  const { github } = desk;
  const facts = await github.facts();
  if (!facts) return ended(setup, 'removed', 'it is gone, or the App may not see it', desk);
  const why = skipped(facts);
  if (why) return as(setup, 'skipped', why);
  const issue = await github.ownIssue(marker, setup.issue?.number);
  const known: Setup = { ...setup, issue: issue ? { number: issue.number, url: issue.url } : setup.issue };
  if (!issue && setup.issue) return ended(known, 'declined', 'somebody deleted the setup issue', desk);
  if (issue?.state === 'closed')
    return issue.closedBy === 'the App'
      ? ended(known, 'done', 'the setup issue was closed after the first validation', desk)
      : ended(known, 'declined', 'somebody closed the setup issue', desk);
  const sha = await github.branchHead(facts.defaultBranch);
  if (sha === undefined) return as(known, 'skipped', 'it is empty');
  return told(known, issue, { facts, sha }, desk);
}

function skipped({ archived, fork, hasIssues }: RepositoryFacts): string | undefined {
  if (archived) return 'it is archived';
  if (fork) return 'it is a fork';
  return hasIssues ? undefined : 'its issues are switched off';
}

async function told(
  setup: Setup,
  issue: OwnIssue | undefined,
  { facts, sha }: { facts: RepositoryFacts; sha: string },
  desk: SetupDesk,
): Promise<Setup> {
  const { github } = desk;
  const seenNow = await seen(github, sha);
  if (seenNow.unwanted) return as(setup, 'skipped', seenNow.unwanted);
  const workflowAt = seenNow.workflow.kind === 'there' ? (setup.workflowAt ?? sha) : null;
  const now: Setup = { ...setup, workflowAt };
  if (seenNow.workflow.kind === 'there' && !issue) return as(now, 'quiet', 'its workflow is there, and is right');
  const stands = await standing(github, seenNow, facts);
  const body = setupIssue(workflowAt === null ? stands : { ...stands, workflow: { kind: 'there', sha: workflowAt } });
  const { validation } = stands;
  if (issue && validation?.isGreen) {
    await github.comment(issue.number, `${marker}-ended`, setupEnded(validation));
    await github.editOwnIssue(issue.number, marker, { body, state: 'closed' });
    return ended({ ...now, validatedBy: validation.url }, 'done', 'the first validation ran', desk);
  }
  if (issue && !isSame(issue.body, body.text)) await github.editOwnIssue(issue.number, marker, { body });
  const { number, url } = issue ?? (await github.openOwnIssue(marker, { title: setupTitle, body }));
  return as({ ...now, issue: { number, url } }, 'open', detailOf(seenNow.workflow.kind));
}

const detailOf = (workflow: 'missing' | 'wrong' | 'there'): string =>
  workflow === 'there' ? 'its workflow is there, and waits for the first validation' : `its workflow is ${workflow}`;

/** GitHub trims, and gives back line ends of its own. */
const isSame = (one: string, other: string): boolean =>
  one.replaceAll('\r\n', '\n').trim() === other.replaceAll('\r\n', '\n').trim();

const as = (setup: Setup, state: Setup['state'], detail: string): Setup => ({
  ...{ ...setup, state, detail, failures: 0, closedAt: null },
});

const ended = (setup: Setup, state: Setup['state'], detail: string, { now }: SetupDesk): Setup => ({
  ...as(setup, state, detail),
  closedAt: setup.closedAt ?? now.toISOString(),
});
