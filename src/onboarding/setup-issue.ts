// What is known of a repository's set-up → the title and text of its setup issue.
import { forbidLabel, startLabel } from '../config/labels.ts';
import { policyPath } from '../config/policy.ts';
import type { Exposure } from '../incident/exposure.ts';
import { sandboxWorkflowPath } from '../incident/sandbox-workflow.ts';
import {
  clippedBody,
  codeBlock,
  details,
  inlineCode,
  joined,
  link,
  type Markdown,
  markdown,
  paragraphs,
  prose,
  table,
  title,
} from '../text/outbound.ts';
import type { WorkflowDraft } from './draft/draft-workflow.ts';
import { exposureSection } from './exposure-section.ts';
import { newFileLink } from './new-file-link.ts';

export interface Standing {
  /** Of the repository, as people see it. */
  url: string;
  defaultBranch: string;
  /** Workflows besides ours. */
  workflows: number;
  exposures: readonly Exposure[] | undefined;
  /** A run that failed on the default branch, to try it on. */
  lastFailed?: { url: string; title: string };
  workflow:
    | { kind: 'missing'; draft: WorkflowDraft }
    | { kind: 'wrong'; problems: readonly string[] }
    | { kind: 'there'; sha: string };
  /** The newest run of it that came to an end. */
  validation?: { url: string; isGreen: boolean };
}

export const setupTitle = title`Set up Self-Heal`;

export function setupIssue(standing: Standing): Markdown {
  const { workflow, exposures, workflows } = standing;
  return clippedBody(
    paragraphs([
      introduction(standing),
      markdown`### To do\n\n${toDo(standing)}`,
      workflow.kind === 'wrong' ? problems(workflow.problems) : undefined,
      markdown`### What will happen\n\n${whatHappens(standing)}`,
      workflow.kind === 'missing' ? drafted(workflow.draft) : undefined,
      markdown`### What other workflows could do with a change\n\n${exposureSection(exposures, workflows)}`,
      markdown`### Try it\n\n${tryIt(standing)}`,
      markdown`### Switch it off\n\n${switchOff()}`,
    ]),
  );
}

export const setupEnded = (run: { url: string }): Markdown =>
  markdown`The first validation ran: ${link('this run', run.url)}. Self-Heal is set up, and this issue closes.`;

const introduction = ({ defaultBranch, workflow }: Standing): Markdown =>
  workflow.kind === 'there'
    ? markdown`Self-Heal is installed here and has the workflow it needs. It looks into every failed workflow run on ${inlineCode(defaultBranch)}, and into every issue with the label ${inlineCode(startLabel)}.`
    : markdown`Self-Heal is installed here. It looks into every failed workflow run on ${inlineCode(defaultBranch)}, and into every issue with the label ${inlineCode(startLabel)}, and says what it found. **To open pull requests it needs one more file**: a workflow by which this repository's own Actions prove a fix. Self-Heal has no permission to write workflows, so somebody with write access has to commit it. Until then it only diagnoses.`;

function toDo(standing: Standing): Markdown {
  const { workflow, validation } = standing;
  const first =
    workflow.kind === 'there'
      ? markdown`- [x] ${inlineCode(sandboxWorkflowPath)} is there (${inlineCode(workflow.sha.slice(0, 7))}).`
      : markdown`- [ ] ${toCommit(standing)}`;
  const green = validation?.isGreen === true;
  const last =
    validation && !green
      ? markdown` The last one could not be carried out: ${link('this run', validation.url)}.`
      : markdown``;
  const second = green
    ? markdown`- [x] The first validation ran: ${link('this run', validation.url)}.`
    : markdown`- [ ] The first validation ran. That happens by itself with the next failure, and closes this issue.${last}`;
  return markdown`${first}\n${second}`;
}

function toCommit({ url, defaultBranch, workflow }: Standing): Markdown {
  if (workflow.kind !== 'missing') return markdown`Mend ${inlineCode(sandboxWorkflowPath)}: see below.`;
  const { url: page, isFilled } = newFileLink(url, defaultBranch, {
    path: sandboxWorkflowPath,
    text: workflow.draft.yaml,
  });
  return isFilled
    ? markdown`**${link('Open the drafted workflow on GitHub', page)}**, read it, and commit it to ${inlineCode(defaultBranch)}.`
    : markdown`**${link('Open a new file on GitHub', page)}**, paste the drafted workflow from below (it is too long for a link), and commit it to ${inlineCode(defaultBranch)}.`;
}

const problems = (all: readonly string[]): Markdown =>
  markdown`### What is wrong with the workflow\n\n${list(all.map(prose))}\n\nThe inputs, line by line, are explained in [the documentation](https://github.com/self-heal-app/self-heal/blob/main/docs/self-heal-workflow.md).`;

const whatHappens = ({ defaultBranch }: Standing): Markdown =>
  list([
    markdown`A workflow run fails on ${inlineCode(defaultBranch)}. What is transient is run again. For the rest Self-Heal reads the log and the sources and names the cause.`,
    markdown`It writes a patch with a test, and pushes it to a branch ${inlineCode('self-heal/…')} that starts no workflow.`,
    markdown`It starts ${inlineCode(sandboxWorkflowPath)}. In a sandbox without network, secrets or a token, the tests fail without the patch and pass with it.`,
    markdown`Only then it opens a pull request, with the proof. People review it.`,
  ]);

function drafted({ yaml, command, from, left, asks }: WorkflowDraft): Markdown {
  const source =
    from === 'nothing'
      ? markdown`Nothing here says how the tests are run, so the command is a placeholder.`
      : 'manifest' in from
        ? markdown`Made from ${inlineCode(from.manifest)}.`
        : markdown`Made from the job ${inlineCode(from.job)} of ${inlineCode(from.workflow)}.`;
  return paragraphs([
    markdown`### The drafted workflow`,
    markdown`${source} In the sandbox it runs:`,
    codeBlock(command, 'sh'),
    asks.length > 0 ? markdown`**Please check before you commit it:**\n\n${list(asks.map(prose))}` : undefined,
    left.length > 0
      ? table(
          ['Left out', 'Why'],
          left.slice(0, 30).map(({ what, why }) => [inlineCode(what), prose(why)]),
        )
      : undefined,
    details(`The whole ${sandboxWorkflowPath}`, codeBlock(yaml, 'yaml')),
  ]);
}

function tryIt({ lastFailed, defaultBranch }: Standing): Markdown {
  const last = lastFailed
    ? markdown`the last run that failed on ${inlineCode(defaultBranch)} (${link(lastFailed.title, lastFailed.url)})`
    : markdown`the last run that failed on ${inlineCode(defaultBranch)}, of which there is none just now`;
  return paragraphs([
    markdown`Comment \`/heal dry-run\` here, with write access. Self-Heal then looks into ${last}, and answers with the cause, the change it would have proposed and the proof. It opens nothing. For another run write its id or its address behind the command.`,
    markdown`Or put the label ${inlineCode(startLabel)} on an issue that describes a bug: Self-Heal starts.`,
    markdown`Before the workflow is committed, both end with a diagnosis.`,
  ]);
}

const switchOff = (): Markdown =>
  list([
    markdown`Close this issue: Self-Heal does not open it again, does not ask for the workflow any more, and only diagnoses.`,
    markdown`${inlineCode('mode: off')} in ${inlineCode(policyPath)}: it does nothing at all here.`,
    markdown`The label ${inlineCode(forbidLabel)}: it leaves that issue or pull request alone.`,
    markdown`Take this repository out of the installation, in the settings of the installed GitHub Apps.`,
  ]);

const list = (items: readonly Markdown[]): Markdown =>
  joined(
    items.map((item) => markdown`- ${item}`),
    markdown`\n`,
  );
