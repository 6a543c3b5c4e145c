import { describe, expect, it } from '@jest/globals';
import { skipsWorkflows } from '../../../simulator/github/skip-ci.ts';

describe('skipsWorkflows', () => {
  it.each([
    ['Fix [skip ci]', true],
    ['Fix\n\nbody [CI SKIP] text', true],
    ['[no ci] Fix', true],
    ['Fix [skip actions]', true],
    ['Fix [actions skip]', true],
    ['Fix\n\n\nskip-checks: true', true],
    ['Fix\n\n\nskip-checks:true', true],
    ['Fix\n\nWhy.\n\n\nIncident: 12\nCause: x\nskip-checks: true', true],
    ['Fix\n\nskip-checks: true', false],
    ['Fix\n\n\nskip-checks: true\nIncident: 12', false],
    ['Fix\n\n\nskip-checks: true, or so', false],
    ['Fix skip ci', false],
    ['skip-checks: true', false],
    ['', false],
  ])('of a push of %j is %s', (message, skips) => {
    expect(skipsWorkflows('push', message)).toBe(skips);
    expect(skipsWorkflows('pull_request', message)).toBe(skips);
  });

  it.each(['workflow_dispatch', 'create', 'pull_request_target', 'schedule'])('never of %s', (event) => {
    expect(skipsWorkflows(event, 'Fix [skip ci]\n\n\nskip-checks: true')).toBe(false);
  });
});
