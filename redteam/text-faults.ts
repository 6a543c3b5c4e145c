// A hostile log or issue → read as the App reads it, and what is wrong with any text that would leave.
import { marked } from 'marked';
import { findFailures } from '../src/failures/find-failures.ts';
import { readJobLog } from '../src/failures/read-job-log.ts';
import type { CaseFile, Evidence, Trigger } from '../src/incident/case-file.ts';
import type { Incident } from '../src/incident/incident.ts';
import { diagnosisPrompt } from '../src/stages/diagnosis/prompt.ts';
import { shownEvidence } from '../src/stages/diagnosis/shown-evidence.ts';
import { excerptCharacters, shownExcerpt } from '../src/stages/evidence/job-log.ts';
import { redactedFailures } from '../src/stages/evidence/redacted-failures.ts';
import { patchPrompt } from '../src/stages/patch/prompt.ts';
import { explanation } from '../src/stages/review/explanation.ts';
import { incidentReport } from '../src/stages/review/incident-report.ts';
import { commitMessage } from '../src/text/commit-message.ts';
import { titleText } from '../src/text/outbound.ts';
import { redact } from '../src/text/redact.ts';
import { cleaned, clipped } from '../src/text/untrusted.ts';
import { canary, type HostileText } from './hostile-texts.ts';
import { incidentOf, sampleDiagnosis, sampleEvidence, samplePolicy } from './sample.ts';

const longestPrompt = 60_000;
const longestBody = 65_536;

interface Outgoing {
  prompts: { name: string; text: string }[];
  pages: { name: string; text: string }[];
  lines: { name: string; text: string }[];
}

export async function textFaults(hostile: HostileText): Promise<string[]> {
  const { prompts, pages, lines } = await outgoing(hostile);
  return [
    ...[...prompts, ...pages, ...lines].flatMap(({ name, text }) =>
      common(text, hostile).map((fault) => `${name}: ${fault}`),
    ),
    ...prompts.flatMap(({ name, text }) => promptFaults(text, hostile).map((fault) => `${name}: ${fault}`)),
    ...pages.flatMap(({ name, text }) => pageFaults(text).map((fault) => `${name}: ${fault}`)),
    ...lines.flatMap(({ name, text }) => lineFaults(text).map((fault) => `${name}: ${fault}`)),
  ];
}

async function outgoing(hostile: HostileText): Promise<Outgoing> {
  const { carrier, text } = hostile;
  const trigger: Trigger =
    carrier === 'issue'
      ? {
          kind: 'issue',
          number: 7,
          title: 'The total is wrong',
          body: text,
          author: 'eve',
          labelledBy: 'mona',
          url: 'https://github.com/octo/shop/issues/7',
        }
      : incidentOf({}).caseFile.trigger;
  const evidence = carrier === 'issue' ? await ofIssue(text) : await ofLog(text);
  const words = await redact(cleaned(text).slice(0, 3_000));
  const diagnosis = { ...sampleDiagnosis, rootCause: words, mechanism: words, change: words };
  const asked = diagnosisPrompt(shownEvidence(trigger, evidence), []);
  const patch = patchPrompt({ evidence, diagnosis, policy: samplePolicy, earlier: [], attempt: 1, round: undefined });
  const subject = words.split('\n').slice(0, 2).join(' ');
  const attempt = { number: 1, model: 'm', subject, explanation: words, files: [], diff: words, feedback: words };
  const papers: Partial<CaseFile> = { trigger, evidence, diagnosis, patch: { attempts: [attempt] } };
  const stopped: Incident = { ...incidentOf(papers), stopReason: 'no-patch', stopDetail: words };
  const healed: Incident = incidentOf({ ...papers, trigger: incidentOf({}).caseFile.trigger });
  return {
    prompts: [
      { name: 'diagnosis prompt', text: await redact(asked.prompt) },
      { name: 'patch prompt', text: await redact(patch.prompt) },
    ],
    pages: [
      { name: 'explanation', text: explanation(stopped).text },
      { name: 'incident report', text: incidentReport(healed).text },
    ],
    lines: [
      { name: 'title', text: titleText(subject) },
      { name: 'commit message', text: commitMessage(healed, subject) },
    ],
  };
}

const stamp = '2026-01-01T00:00:00.0000000Z ';

/** As the runner writes it: a failed step with the text in the middle of a test's output. */
async function ofLog(text: string): Promise<Evidence> {
  const output = [
    '##[group]Run python3 -m unittest -v',
    'python3 -m unittest -v',
    '##[endgroup]',
    ...text.split('\n'),
    'FAIL: test_total (test_cart.CartTest.test_total)',
    '----------------------------------------------------------------------',
    'Traceback (most recent call last):',
    '  File "/home/runner/work/shop/shop/tests/test_cart.py", line 7, in test_total',
    '    self.assertEqual(total([(2, 10)]), 20)',
    `AssertionError: ${text.slice(0, 2_000).replaceAll('\n', '\n    ')}`,
    '',
    'FAILED (failures=1)',
    '##[error]Process completed with exit code 1.',
  ];
  const log = readJobLog(output.map((line) => stamp + line).join('\n'));
  const failures = findFailures(log, { failed: true }).slice(0, 20);
  const excerpt = await shownExcerpt({ log, failures });
  return { ...sampleEvidence, failures: await redactedFailures(failures), excerpt };
}

async function ofIssue(body: string): Promise<Evidence> {
  const text = cleaned(`The total is wrong\n\n${body}`);
  return { ...sampleEvidence, failures: [], excerpt: clipped(await redact(text), excerptCharacters) };
}

const unseen = /[\p{Default_Ignorable_Code_Point}\ufff9-\ufffb\u2028\u2029]|(?![\n\t])\p{Cc}/u;

function common(text: string, { secrets, hidden }: HostileText): string[] {
  const leaked = secrets.filter((secret) => text.includes(secret) || text.replace(/\s/g, '').includes(secret));
  return [
    ...leaked.map((secret) => `holds the secret ${secret.slice(0, 12)}…`),
    ...(hidden !== undefined && text.includes(hidden) ? ['shows what GitHub hides'] : []),
    ...(unseen.test(text) ? ['holds what cannot be seen'] : []),
  ];
}

/** Every part is closed by its own number and by nothing else, and outside of the parts stand only our words. */
export function promptFaults(prompt: string, { isOrder }: HostileText): string[] {
  const ours: string[] = [];
  let open: string | undefined;
  for (const line of prompt.split('\n')) {
    const opening = /^<<<([0-9a-f]{8,64}) [\w ./:#-]{1,100}: data written by outsiders/.exec(line)?.[1];
    if (open === undefined) {
      if (opening) open = opening;
      else ours.push(line);
    } else if (line.endsWith(`${open}>>>`)) open = undefined;
  }
  const mine = ours.join('\n');
  const isShown = prompt.includes(canary);
  return [
    ...(open === undefined ? [] : ['a part is never closed']),
    ...(mine.includes(canary) ? ['outsiders’ words stand outside of the parts'] : []),
    ...(/<<<<<<< SEARCH|^>>>/m.test(mine) ? ['a delimiter stands in our words'] : []),
    ...(prompt.length > longestPrompt ? [`is ${prompt.length} characters long`] : []),
    ...(isOrder && isShown && !/reads? like orders/.test(prompt) ? ['an order is not marked'] : []),
  ];
}

/** What GitHub looks through for mentions and references: the text between tags and comments, outside of code. */
export function pageFaults(markdown: string): string[] {
  const html = marked.parse(markdown, { async: false, gfm: true });
  const shown = html
    .replace(/<(code|pre)[^>]*>[\s\S]*?<\/\1>/g, '<x>')
    .split(/<[^>]*>/)
    .map((text) =>
      text
        .replaceAll('&lt;', '<')
        .replaceAll('&gt;', '>')
        .replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)))
        .replaceAll('&amp;', '&'),
    );
  const tags = [...html.matchAll(/<\/?([a-z][\w-]*)/gi)].map(([, tag]) => (tag ?? '').toLowerCase());
  const strange = tags.find(
    (tag) =>
      !/^(?:p|a|code|pre|strong|em|br|h[1-6]|ul|ol|li|table|thead|tbody|tr|th|td|details|summary|sub|blockquote|hr)$/.test(
        tag,
      ),
  );
  const links = [...html.matchAll(/href="([^"]*)"/g)].map(([, href]) => href ?? '');
  const count = (tag: string) => tags.filter((one) => one === tag).length;
  return [
    ...(shown.some((text) => /(?<![\w`])@[a-z0-9]/i.test(text)) ? ['pings somebody'] : []),
    ...(shown.some((text) => /(?:^|\W)(?:#|GH-)\d/i.test(text)) ? ['refers to an issue'] : []),
    ...(strange === undefined ? [] : [`holds a <${strange}>`]),
    ...(links.some((href) => !href.startsWith('https://github.com/octo/shop/')) ? ['links to somewhere else'] : []),
    ...(count('details') % 2 === 0 ? [] : ['a <details> is not closed']),
    ...(markdown.length > longestBody ? [`is ${markdown.length} characters long`] : []),
  ];
}

/** Outside of Markdown nothing is escaped, so nothing may be there. */
const lineFaults = (text: string): string[] => [
  ...(/(?<![\w.+-])@\w/.test(text) ? ['pings somebody'] : []),
  ...(/#\d|\bGH-\d/i.test(text) ? ['refers to an issue'] : []),
  ...(/^[ \t]*::\w|##\[/m.test(text) ? ['holds a workflow command'] : []),
  ...(/\[(?:skip ci|ci skip)\]|^skip-checks:|^[\w-]+-by:/im.test(text) ? ['holds words that git or GitHub obey'] : []),
];
