// What docker says at the end of a build → one failure, however often it is repeated; on the way there it is none.
import { describe, expect, it } from '@jest/globals';
import { readJobLog } from '../../../src/failures/read-job-log.ts';
import { docker } from '../../../src/failures/tools/docker.ts';
import { jobLog } from '../fixture.ts';

const find = (output: string) =>
  docker.find(readJobLog(jobLog([{ command: 'docker build .', output, exitCode: 1 }])).lines);

describe('docker', () => {
  it('says once what the action repeats as an annotation', () => {
    const reason = 'failed to solve: dockerfile parse error on line 3: unknown instruction: RUNN';
    expect(find(`ERROR: ${reason}\n##[error]buildx failed with: ERROR: ${reason}`)).toMatchObject([
      { tool: 'docker', file: 'Dockerfile', line: 3, message: expect.stringContaining('unknown instruction') },
    ]);
  });

  it('takes an unhealthy container for what it is', () => {
    expect(find('dependency failed to start: container shop-db-1 is unhealthy')).toMatchObject([
      { type: 'ServiceUnhealthy' },
    ]);
  });

  it('believes nothing that was tried again long before the end', () => {
    expect(find(`Error response from daemon: toomanyrequests\n${'Pulling\n'.repeat(100)}`)).toEqual([]);
  });
});
