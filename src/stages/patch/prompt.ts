// A diagnosis, the sources and the earlier attempts → the question that asks for a patch as SEARCH/REPLACE blocks.
import type { Policy } from '../../config/policy.ts';
import type { Attempt, Diagnosis, Evidence, ReviewRound } from '../../incident/case-file.ts';
import { promptFile } from '../../text/prompt-file.ts';
import { joined, nothing, ours, type PromptPart } from '../../text/prompt-part.ts';
import { clipped, delimited, withoutInvisible } from '../../text/untrusted.ts';
import { shownSource } from './shown-source.ts';
import { isTestPath } from './test-path.ts';

const file = promptFile(new URL('./propose.prompt.md', import.meta.url));

export const promptVersion = file.version;

/** Characters a part may take: together under 12,000 tokens at four characters each. */
const characterPlan = {
  diagnosis: 4_000,
  excerpt: 4_000,
  sources: 24_000,
  testPaths: 800,
  attempts: 9_000,
  policy: 1_500,
  review: 4_000,
} as const;

export interface Proposal {
  evidence: Evidence;
  diagnosis: Diagnosis;
  policy: Policy;
  earlier: readonly Attempt[];
  attempt: number;
  /** A pull request is open, and its reviewers ask for something. */
  round: ReviewRound | undefined;
}

/** What is the same for every attempt comes first: providers cache a prefix that does not change. */
export function patchPrompt(proposal: Proposal): { system: string; prompt: string } {
  const { evidence, diagnosis, policy } = proposal;
  const prompt = file.fill({
    diagnosis: delimited('diagnosis', clipped(diagnosisText(diagnosis), characterPlan.diagnosis)),
    sources: joined(sourceTexts(proposal)),
    failure: delimited('failure', clipped(failureText(evidence), characterPlan.excerpt), 'marked'),
    tests: testPart(evidence, diagnosis),
    policy: joined([limitsPart(policy), globsPart(policy)]),
    attempts: joined([...earlierTexts(proposal), attemptPart(proposal)]),
    review: proposal.round ? reviewPart(proposal.round) : nothing,
  });
  return { system: file.system, prompt };
}

const diagnosisText = ({ kind, rootCause, mechanism, change, leave, files, suspects, citations }: Diagnosis): string =>
  withoutInvisible(
    [
      `Kind: ${kind}`,
      `Root cause: ${rootCause}`,
      `Mechanism: ${mechanism}`,
      `What to change: ${change}`,
      ...(leave ? [`What to leave alone: ${leave}`] : []),
      `Files: ${files.join(', ') || 'none named'}`,
      ...(suspects ?? []).map(({ path, line, why }) => `Suspect: ${path}${line ? `:${line}` : ''}: ${why}`),
      `Rests on:\n${citations.map((line) => `  ${line}`).join('\n')}`,
    ].join('\n'),
  );

function failureText({ failures, failingCommand, excerpt }: Evidence): string {
  const named = failures.slice(0, 5).map(({ test, type, message }) => {
    return `${test ?? 'failure'}: ${type ? `${type}: ` : ''}${clipped(message, 600)}`;
  });
  const command = failingCommand ? [`Failing command: ${failingCommand}`] : [];
  return withoutInvisible([...command, ...named, '', excerpt].join('\n'));
}

/** The diagnosed files first, then the rest as collected; what a file does not need is left to the next. */
function sourceTexts({ evidence, diagnosis }: Proposal): PromptPart[] {
  const rank = (path: string) =>
    diagnosis.files.includes(path) ? diagnosis.files.indexOf(path) : diagnosis.files.length;
  const ordered = evidence.sources.toSorted((a, b) => rank(a.path) - rank(b.path));
  let left: number = characterPlan.sources;
  return ordered.flatMap((source, i) => {
    const share = diagnosis.files.includes(source.path) ? left * 0.7 : left / (ordered.length - i);
    const text = shownSource(source, { evidence, diagnosis }, Math.floor(share));
    left -= text.length;
    return text === '' && source.text !== '' ? [] : [delimited(`file ${source.path}`, text)];
  });
}

function testPart(evidence: Evidence, diagnosis: Diagnosis): PromptPart {
  const tests = withoutInvisible(nearbyTests(evidence, diagnosis).join('\n'));
  return tests
    ? delimited('existing test files', clipped(tests, characterPlan.testPaths))
    : ours`The repository has no tests.`;
}

function nearbyTests({ paths }: Evidence, { files }: Diagnosis): string[] {
  const stems = files.map((path) => path.split('/').at(-1)?.split('.')[0]?.toLowerCase() ?? '').filter(Boolean);
  const near = (path: string) => (stems.some((stem) => path.toLowerCase().includes(stem)) ? 0 : 1);
  return paths
    .filter(isTestPath)
    .toSorted((a, b) => near(a) - near(b))
    .slice(0, 12);
}

const limitsPart = ({ limits }: Policy): PromptPart =>
  ours`Limits: ${limits.files} files (${limits['new-files']} new), ${limits.hunks} places, ${limits['source-lines']} added and removed source lines, ${limits['test-lines']} test lines.`;

/** Globs are a maintainer's words in a file of the repository. */
function globsPart({ allow, forbid, generated }: Policy): PromptPart {
  const lines = [
    ['Also allowed', allow],
    ['Forbidden', forbid],
    ['Written by tools, never by hand', generated],
  ] as const;
  const said = lines.filter(([, globs]) => globs.length > 0).map(([what, globs]) => `${what}: ${globs.join(', ')}`);
  if (said.length === 0) return nothing;
  return delimited("the repository's policy", clipped(withoutInvisible(said.join('\n')), characterPlan.policy));
}

function earlierTexts({ earlier, round }: Proposal): PromptPart[] {
  const share = Math.floor(characterPlan.attempts / Math.max(1, earlier.length));
  return earlier.map(({ number, diff, explanation, feedback }) => {
    const why = clipped(feedback ?? 'it did not hold', Math.floor(share / 2));
    if (number === round?.standing.validation.attempt)
      return delimited(`attempt ${number}: proven`, withoutInvisible(clipped(diff, share)));
    const what = clipped(diff || explanation || 'no usable edit', Math.floor(share / 2));
    return delimited(`attempt ${number}: given up`, withoutInvisible(`Why it did not hold: ${why}\n\n${what}`));
  });
}

const attemptPart = ({ attempt, earlier }: Proposal): PromptPart =>
  earlier.length === 0
    ? nothing
    : ours`This is attempt ${attempt}. Start from the sources as shown: earlier attempts are not applied. Do less than before and answer exactly what the earlier ones failed on.`;

const reviewPart = ({ feedback, standing }: ReviewRound): PromptPart =>
  joined([
    delimited('what the reviewers ask for', clipped(withoutInvisible(feedback), characterPlan.review), 'marked'),
    ours`Attempt ${standing.validation.attempt} was proven and is open as a pull request; its reviewers ask for what stands above. Do what they ask as far as it is right, and keep what they did not ask to change. Your two sentences are shown to them as the answer. If nothing should be changed for it, write no block and one line: "No fix: " and your answer to them.`,
  ]);
