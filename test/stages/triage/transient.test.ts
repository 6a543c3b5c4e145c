import { describe, expect, it } from '@jest/globals';
import type { Failure } from '../../../src/incident/failure.ts';
import { rerunAt } from '../../../src/stages/triage/backoff.ts';
import { transience } from '../../../src/stages/triage/transient.ts';

const failure = (message: string, type?: string, tool = 'node'): Failure => ({
  tool,
  message,
  ...(type ? { type } : {}),
  frames: [],
  at: { from: 1, to: 1 },
});

describe('transience', () => {
  it.each([
    ['connect ETIMEDOUT 10.0.0.5:443', 'Error'],
    ['timed out', 'TimeoutError'],
    ['<urlopen error timed out>', 'urllib.error.URLError'],
    ['Could not resolve host: registry.example', undefined],
    ['request to https://api.example failed: 503 Service Unavailable', undefined],
    ['write /tmp/x: no space left on device', undefined],
    ['The runner has received a shutdown signal.', undefined],
    ['read ECONNRESET', 'Error'],
    ['Response status code does not indicate success: 502 (Bad Gateway).', undefined],
    ['Response status code does not indicate success: 429 (Too Many Requests).', undefined],
    ['error: RPC failed; HTTP 504 curl 22 The requested URL returned error: 504', undefined],
    ['curl: (22) The requested URL returned error: 503 (exit code 22)', undefined],
    ['Received status code 502 from server: Bad Gateway', undefined],
    ['dial tcp 10.0.0.5:443: i/o timeout', undefined],
  ])('sees %s', (message, type) => {
    expect(transience([failure(message, type)])?.what).toBeTruthy();
  });

  it.each([
    ['expected 503 to equal 200', 'AssertionError'],
    ['float division by zero', 'ZeroDivisionError'],
    ['Exceeded timeout of 5000 ms for a test.', 'Error'],
    ['Process completed with exit code 1.', undefined],
    ['curl: (22) The requested URL returned error: 404 (exit code 22)', undefined],
    ['GET /prices answered with status code 500', undefined],
  ])('does not excuse %s', (message, type) => {
    expect(transience([failure(message, type)])).toBeUndefined();
  });

  it.each([
    ['Shutdown', 'The runner has received a shutdown signal.'],
    ['LostCommunication', 'The self-hosted runner: a lost communication with the server.'],
    ['RunnerUnavailable', 'The job was not acquired by Runner of type hosted even after multiple attempts'],
    ['ActionDownload', 'Failed to download archive after 3 attempts.'],
    ['ArtifactFailed', 'Failed to CreateArtifact: Unable to make request: ENOTFOUND'],
    ['NoSpaceLeft', 'No space left on device'],
    ['ServiceUnhealthy', 'Failed to initialize container postgres:16'],
    ['OutOfMemory', 'Killed\nProcess completed with exit code 137.'],
    ['TimedOut', 'The job has exceeded the maximum execution time of 6h0m0s'],
    ['ImagePull', 'toomanyrequests: You have reached your pull rate limit.\nDocker pull failed with exit code 1'],
  ])('excuses what the runner calls %s', (type, message) => {
    expect(transience([failure(message, type, 'runner')])).toMatchObject({ line: message.split('\n')[0] });
  });

  it.each([
    ['ImagePull', 'Error response from daemon: manifest for acme/tool:9 not found: manifest unknown', 'runner'],
    ['ImagePull', 'pull access denied, repository does not exist', 'docker'],
    ['ActionResolve', 'Unable to resolve action acme/timeout@v9, unable to find version v9', 'runner'],
    ['ArtifactMissing', 'Unable to find any artifacts: read ECONNRESET', 'runner'],
    ['ArtifactConflict', 'Failed to CreateArtifact: Received non-retryable error: (409) Conflict', 'runner'],
    ['Permission', 'Resource not accessible by integration', 'runner'],
    ['Cancelled', 'The operation was canceled.', 'runner'],
    ['OutOfMemory', 'this type means something in other tools’ words', 'node'],
  ])('does not excuse %s: %s', (type, message, tool) => {
    expect(transience([failure(message, type, tool)])).toBeUndefined();
  });

  it('excuses an image that a busy registry did not give', () => {
    const message =
      'failed to resolve reference "docker.io/library/node:24": unexpected status: 503 Service Unavailable';
    expect(transience([failure(message, 'ImagePull', 'docker')])?.what).toBe('a registry that was busy');
  });

  it('excuses a run only if every failure of it is excused', () => {
    expect(transience([failure('read ECONNRESET'), failure('1 !== 2', 'AssertionError')])).toBeUndefined();
    expect(transience([])).toBeUndefined();
  });
});

it('waits twice as long before each further re-run, an hour at most', () => {
  const now = new Date(0);
  expect([0, 1, 2].map((so) => rerunAt(now, 30, so).getTime())).toEqual([30_000, 60_000, 120_000]);
  expect(rerunAt(now, 3_600, 5).getTime()).toBe(3_600_000);
});
