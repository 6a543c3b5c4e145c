// Keeps a job's record and its steps' log files as the job goes on, and tells of each change.
import type { Conclusion, StepRecord } from './contract.ts';
import type { JobState } from './job-state.ts';

export const now = (): string => new Date().toISOString();

export function newStep(job: JobState, number: number, name: string): StepRecord {
  const step: StepRecord = {
    number,
    name: job.masker.mask(name),
    status: 'queued',
    conclusion: null,
    startedAt: null,
    completedAt: null,
  };
  job.record.steps.push(step);
  return step;
}

export const tell = (job: JobState): void => job.request.onJob(structuredClone(job.record));

export function startStep(job: JobState, step: StepRecord, name = step.name): void {
  step.name = job.masker.mask(name);
  step.status = 'in_progress';
  step.startedAt ??= now();
  const file = job.log.startStep(step.number, step.name);
  job.record.stepLogFiles.push({ number: step.number, name: step.name, file });
  tell(job);
}

export function completeStep(job: JobState, step: StepRecord, conclusion: Conclusion): void {
  job.log.endStep();
  step.status = 'completed';
  step.conclusion = conclusion;
  step.completedAt = now();
  step.startedAt ??= step.completedAt;
  tell(job);
}
