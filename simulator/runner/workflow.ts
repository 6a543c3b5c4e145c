// Reads a workflow file into the jobs it asks for, or into what GitHub says is wrong with it and on which line.

import { isMap, isNode, isScalar, isSeq, LineCounter, type Node, parseDocument, visit } from 'yaml';
import type { z } from 'zod';
import type { WorkflowSource } from './contract.ts';
import { errorMessage } from './error-message.ts';
import { checkExpressionsAt } from './expression-places.ts';
import { graphProblem } from './needs.ts';
import { eventSchemas } from './trigger-schema.ts';
import {
  type CallingJob,
  callingJobSchema,
  jobSchema,
  type StepJob,
  type WorkflowFile,
  workflowSchema,
} from './workflow-schema.ts';

export type Job = StepJob | CallingJob;

export interface Workflow extends Omit<WorkflowFile, 'jobs' | 'name'> {
  path: string;
  /** `name:`, or the path where there is none. */
  name: string;
  /** In the file's order. */
  jobs: Map<string, Job>;
}

export type ParsedWorkflow = { ok: true; workflow: Workflow } | { ok: false; message: string; line: number };

type Path = PropertyKey[];
interface Problem {
  path: Path;
  message: string;
}

export const callsWorkflow = (job: Job): job is CallingJob => 'uses' in job;

function describeNode(node: unknown): string {
  if (isMap(node)) return 'A mapping was not expected';
  if (isSeq(node)) return 'A sequence was not expected';
  return `Unexpected value '${isScalar(node) ? String(node.value ?? '') : ''}'`;
}

/** zod's first issue in GitHub's words, with the node it is about. */
function problemOf(issue: z.core.$ZodIssue, nodeAt: (path: Path) => unknown, prefix: Path = []): Problem {
  const path = [...prefix, ...issue.path];
  if (issue.code === 'unrecognized_keys') {
    const key = issue.keys[0] ?? '';
    return { path: [...path, key], message: `Unexpected value '${key}'` };
  }
  if (issue.code === 'invalid_key') {
    const key = String(path.at(-1) ?? '');
    const rule = 'Names must start with a letter or _ and contain only alphanumeric characters, -, or _';
    return { path, message: `The identifier '${key}' is invalid. ${rule}` };
  }
  const node = nodeAt(path);
  if (node === undefined) {
    return { path: path.slice(0, -1), message: `Required property is missing: ${String(path.at(-1) ?? '')}` };
  }
  if (issue.code === 'invalid_union') {
    const nested = issue.errors.flat().find((inner) => inner.path.length > 0 || inner.code === 'unrecognized_keys');
    if (nested) return problemOf(nested, nodeAt, path);
  }
  return { path, message: describeNode(node) };
}

function firstIssue(error: z.ZodError): z.core.$ZodIssue {
  const [issue] = error.issues;
  if (!issue) throw new Error('zod refused a value without an issue', { cause: error });
  return issue;
}

function triggerProblem(on: Record<string, unknown>, nodeAt: (path: Path) => unknown): Problem | undefined {
  for (const [event, config] of Object.entries(on)) {
    const schema = eventSchemas[event];
    if (!schema) return { path: ['on', event], message: `Unexpected value '${event}'` };
    const parsed = schema.safeParse(config);
    if (!parsed.success) return problemOf(firstIssue(parsed.error), nodeAt, ['on', event]);
    if (typeof config !== 'object' || config === null) continue;
    for (const filter of ['branches', 'tags', 'paths']) {
      if (filter in config && `${filter}-ignore` in config) {
        const message = `you may only define one of \`${filter}\` and \`${filter}-ignore\` for a single event`;
        return { path: ['on', event], message };
      }
    }
  }
  return undefined;
}

function stepProblem(job: StepJob, key: string): Problem | undefined {
  const ids = new Set<string>();
  for (const [index, step] of job.steps.entries()) {
    const path = ['jobs', key, 'steps', index];
    if (step.run === undefined && step.uses === undefined) {
      return { path, message: 'Required property is missing: run' };
    }
    if (step.run !== undefined && step.uses !== undefined) {
      return { path: [...path, 'uses'], message: "Unexpected value 'uses'" };
    }
    const id = step.id?.toLowerCase();
    if (id === undefined) continue;
    const message = `The identifier '${step.id}' may not be used more than once within the same scope.`;
    if (ids.has(id)) return { path: [...path, 'id'], message };
    if (!/^[a-z_][a-z0-9_-]*$/.test(id)) {
      return { path: [...path, 'id'], message: `The identifier '${step.id}' is invalid.` };
    }
    ids.add(id);
  }
  return undefined;
}

/** A calling job may hold anything, so what was read and what was refused are told apart by name. */
type ReadJob = { job: Job } | { issue: z.core.$ZodIssue } | { problem: Problem };

function readJob(key: string, value: unknown): ReadJob {
  const calls = typeof value === 'object' && value !== null && 'uses' in value;
  const parsed = calls ? callingJobSchema.safeParse(value) : jobSchema.safeParse(value);
  if (!parsed.success) return { issue: firstIssue(parsed.error) };
  const job: Job = parsed.data;
  const problem = callsWorkflow(job) ? undefined : stepProblem(job, key);
  return problem ? { problem } : { job };
}

function readJobs(raw: Record<string, unknown>, nodeAt: (path: Path) => unknown): Map<string, Job> | Problem {
  const jobs = new Map<string, Job>();
  for (const [key, value] of Object.entries(raw)) {
    const read = readJob(key, value);
    if ('issue' in read) return problemOf(read.issue, nodeAt, ['jobs', key]);
    if ('problem' in read) return read.problem;
    jobs.set(key, read.job);
  }
  const unordered = graphProblem(jobs);
  return unordered ? { path: ['jobs', unordered.key, 'needs'], message: unordered.message } : jobs;
}

function expressionProblem(document: ReturnType<typeof parseDocument>): Problem | undefined {
  let problem: Problem | undefined;
  visit(document, {
    Scalar(key, node, ancestors) {
      if (key === 'key' || typeof node.value !== 'string') return undefined;
      const path = pathOf(node, ancestors);
      try {
        checkExpressionsAt(path.map(String).join('.'), node.value);
      } catch (error) {
        problem = { path, message: errorMessage(error) };
        return visit.BREAK;
      }
      return undefined;
    },
  });
  return problem;
}

function pathOf(node: Node, ancestors: readonly unknown[]): Path {
  const chain = [...ancestors, node];
  return chain.flatMap((ancestor, index): Path => {
    const child = chain[index + 1];
    if (isSeq(ancestor)) return [ancestor.items.indexOf(child)];
    if (!isMap(ancestor)) return [];
    const pair = ancestor.items.find((item) => item === child);
    return pair && isScalar(pair.key) ? [String(pair.key.value)] : [];
  });
}

/** Parses `.github/workflows/*.yml`; says of a bad one what GitHub says. */
export function parseWorkflow(source: WorkflowSource): ParsedWorkflow {
  const lines = new LineCounter();
  const document = parseDocument(source.text, { lineCounter: lines, merge: false });
  const broken = document.errors[0];
  if (broken) {
    const line = lines.linePos(broken.pos[0]).line;
    return { ok: false, line, message: `You have an error in your yaml syntax on line ${line}` };
  }
  const nodeAt = (path: Path): unknown => document.getIn(path, true);
  const refuse = ({ path, message }: Problem): ParsedWorkflow => {
    const { line, col } = positionOf(document, path, lines);
    const where = `${source.path} (Line: ${line}, Col: ${col})`;
    return {
      ok: false,
      line,
      message: `Invalid workflow file: ${source.path}#L${line}\nThe workflow is not valid. ${where}: ${message}`,
    };
  };
  const content = contentOf(document);
  if (content instanceof Error) return refuse({ path: [], message: content.message });
  const parsed = workflowSchema.safeParse(content.value);
  if (!parsed.success) return refuse(problemOf(firstIssue(parsed.error), nodeAt));
  const jobs = readJobs(parsed.data.jobs, nodeAt);
  if (!(jobs instanceof Map)) return refuse(jobs);
  const problem = triggerProblem(parsed.data.on, nodeAt) ?? expressionProblem(document);
  if (problem) return refuse(problem);
  return { ok: true, workflow: { ...parsed.data, path: source.path, name: parsed.data.name ?? source.path, jobs } };
}

/** An alias without its anchor, or one that would grow beyond all bounds, shows only when it is followed. */
function contentOf(document: ReturnType<typeof parseDocument>): { value: unknown } | Error {
  try {
    return { value: document.toJS() };
  } catch (error) {
    if (error instanceof ReferenceError) return error;
    throw error;
  }
}

/** Where a path starts in the text: at its key, or at the nearest thing above it that is there. */
function positionOf(
  document: ReturnType<typeof parseDocument>,
  path: Path,
  lines: LineCounter,
): { line: number; col: number } {
  for (let length = path.length; length > 0; length -= 1) {
    const parent = document.getIn(path.slice(0, length - 1), true);
    const key = path[length - 1];
    const pair = isMap(parent) ? parent.items.find((item) => isScalar(item.key) && item.key.value === key) : undefined;
    const node = pair ? pair.key : isSeq(parent) ? document.getIn(path.slice(0, length), true) : undefined;
    if (isNode(node) && node.range) return lines.linePos(node.range[0]);
  }
  return { line: 1, col: 1 };
}
