// A repository and a model's reply → what stops it on the App's own way before any push, or that nothing does.
import type { Diagnosis, Evidence } from '../src/incident/case-file.ts';
import { enforce } from '../src/stages/guardrails/enforce.ts';
import { candidateIn } from '../src/stages/patch/candidate.ts';
import type { Change } from './reply.ts';
import { incidentOf, sampleDiagnosis, sampleEvidence, samplePolicy } from './sample.ts';

export interface Repository {
  files: Readonly<Record<string, string>>;
  /** Symlinks and submodules. */
  irregular?: readonly string[];
  suspect: string;
  failure: { tool: string; test: string; type: string; message: string };
  diagnosis?: Partial<Diagnosis>;
}

/** `by`: the rules that found something, or `edits` where no patch could be made of the reply. */
export type Verdict = { kind: 'stopped'; by: string[]; said: string } | { kind: 'through' };

export async function judged(repository: Repository, text: string): Promise<Verdict> {
  const evidence = evidenceOf(repository);
  const diagnosis = diagnosisOf(repository);
  const reply = { text, model: 'gemini-flash-latest', isCutOff: false };
  const reading = await candidateIn(reply, { evidence, diagnosis, earlierDiffs: [] });
  if (reading.kind !== 'fits')
    return { kind: 'stopped', by: ['edits'], said: reading.kind === 'declined' ? reading.reason : reading.feedback };
  if (isInvisible(text) && reading.candidate.files.every(({ after }) => !isInvisible(after)))
    return { kind: 'stopped', by: ['cleaned'], said: 'what cannot be seen does not reach the file' };
  const patch = { attempts: [{ ...reading.candidate, number: 1 }] };
  const outcome = await enforce(incidentOf({ evidence, diagnosis, patch }), desk);
  if (outcome.kind === 'done') return { kind: 'through' };
  const said = outcome.kind === 'again' ? outcome.feedback : JSON.stringify(outcome);
  const rules = [...said.matchAll(/^- [^\n]*? \[([a-z-]+)\]/gm)].map(([, rule]) => rule ?? '');
  return { kind: 'stopped', by: rules.length > 0 ? [...new Set(rules)] : ['stop: forbidden'], said };
}

export const changed = (files: Readonly<Record<string, string>>, path: string, after: string): Change => ({
  path,
  before: files[path] ?? null,
  after,
});

/** What the corpus hides in its texts. */
const isInvisible = (text: string): boolean =>
  /[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u{e0000}-\u{e007f}]/u.test(text);

const desk = {
  now: new Date('2026-01-01T00:00:00Z'),
  policy: samplePolicy,
  signal: new AbortController().signal,
  resumed: false,
  memory: {
    openTwin: async () => undefined,
    earlier: async () => [],
    sightings: async () => [],
    lessons: async () => [],
    remember: async () => undefined,
    outcomes: async () => [],
    withoutWorkflow: async () => ({ kind: 'said' }) as const,
  },
};

function evidenceOf({ files, irregular = [], suspect, failure }: Repository): Evidence {
  const frame = { file: `/home/runner/work/shop/shop/${suspect}`, line: 3, function: 'total' };
  return {
    ...sampleEvidence,
    failures: [{ ...failure, frames: [frame], at: { from: 10, to: 20 } }],
    excerpt: `${failure.test}\n${failure.type}: ${failure.message}`,
    suspects: [{ path: suspect, score: 0.9, reasons: ['named in the innermost frame'] }],
    sources: Object.entries(files).map(([path, text]) => ({ path, text, mode: '100644' as const })),
    paths: [...Object.keys(files), 'README.md', '.github/workflows/ci.yml'],
    irregularPaths: [...irregular],
  };
}

const diagnosisOf = ({ suspect, diagnosis }: Repository): Diagnosis => ({
  ...sampleDiagnosis,
  files: [suspect],
  ...diagnosis,
});
