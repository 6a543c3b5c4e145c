// What the runner says of itself → believed on its own lines, and never above what a command or a test has said.
import { describe, expect, it } from '@jest/globals';
import { readJobLog } from '../../../src/failures/read-job-log.ts';
import { runner } from '../../../src/failures/tools/runner.ts';
import { jobLog } from '../fixture.ts';

const find = (output: string, errors: readonly string[] = []) => {
  const text = jobLog([{ command: 'make', output: [output, ...errors.map((one) => `##[error]${one}`)].join('\n') }]);
  return runner.find(readJobLog(text).lines.filter(({ kind }) => kind !== 'header'));
};
const shutdown = 'The runner has received a shutdown signal. This can happen when the runner service is stopped.';
const report = 'Tests:       1 failed, 2 passed, 3 total';

describe('runner', () => {
  it.each([
    ['Shutdown', shutdown],
    ['LostCommunication', 'The self-hosted runner: build-1 lost communication with the server. Verify the machine.'],
    ['LostCommunication', 'The hosted runner encountered an error while running your job. (Error Type: Disconnect).'],
    ['RunnerUnavailable', 'The job was not acquired by Runner of type hosted even after multiple attempts'],
    ['TimedOut', 'The job has exceeded the maximum execution time of 6h0m0s'],
    ['ActionResolve', "Can't find 'action.yml', 'action.yaml' or 'Dockerfile' under '/home/runner/work/a/a/x'."],
    ['Permission', 'Bad credentials'],
    ['WorkingDirectory', "An error occurred trying to start process '/usr/bin/bash' with working directory '/x'."],
    ['ArtifactMissing', 'No files were found with the provided path: dist. No artifacts will be uploaded.'],
    ['Cancelled', 'Canceling since a higher priority waiting request for ci-main exists'],
  ])('%s: %s', (type, message) => {
    expect(find('building', [message])).toMatchObject([{ tool: 'runner', type, message }]);
    expect(find(message, ['Process completed with exit code 1.'])).toEqual([]);
  });

  it.each([
    ['the end of memory', ['Process completed with exit code 137.']],
    ['a shutdown', [shutdown]],
    ['a time-out', ["The action 'Run npm test' has timed out after 5 minutes."]],
    ['a cancellation', ['The operation was canceled.']],
  ])('leaves failed tests that were reported before %s to their tool', (_, errors) => {
    expect(find('compiling', errors)).toHaveLength(1);
    expect(find(report, errors)).toEqual([]);
    expect(find('Tests:       0 failed, 3 passed, 3 total', errors)).toHaveLength(1);
  });

  it('blames the command that failed before the job was cancelled', () => {
    expect(find('broken', ['Process completed with exit code 1.', 'The operation was canceled.'])).toEqual([]);
    expect(find('broken', ['Process completed with exit code 143.', 'The operation was canceled.'])).toMatchObject([
      { type: 'Cancelled' },
    ]);
  });

  it('does not take a crash or a word for the end of memory', () => {
    expect(find('Segmentation fault (core dumped)', ['Process completed with exit code 137.'])).toEqual([]);
    expect(find('Killed 3 of 4 mutants', ['Process completed with exit code 1.'])).toEqual([]);
    expect(find('Killed', ['Process completed with exit code 1.'])).toMatchObject([{ type: 'OutOfMemory' }]);
  });

  it('says nothing of what a tool reported through an annotation', () => {
    expect(find('linting', ['Unexpected console statement', 'Process completed with exit code 1.'])).toEqual([]);
  });
});
