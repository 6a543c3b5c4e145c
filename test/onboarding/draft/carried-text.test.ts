// biome-ignore-all lint/suspicious/noTemplateCurlyInString: expressions of GitHub's, not of ours.
import { describe, expect, it } from '@jest/globals';
import { carried, usesSecret } from '../../../src/onboarding/draft/carried-text.ts';

const known = {
  leg: new Map([
    ['node', '24'],
    ['target.os', 'linux'],
    ['evil', '${{ secrets.A }}'],
    ['half', '{{ secrets.A }}'],
  ]),
  env: new Map([['DIR', 'web']]),
  inputs: new Map([['suite', 'unit']]),
};

describe('a text that is carried over', () => {
  it.each([
    ['plain text', 'npm test', 'npm test'],
    [
      'values that are known',
      '${{ matrix.node }} ${{matrix.target.os}} ${{ env.DIR }} ${{ inputs.suite }}',
      '24 linux web unit',
    ],
    ['what the runner is', '${{ runner.os }}', 'Linux'],
    [
      'expressions that harm nobody',
      '${{ vars.NODE }} ${{ github.workspace }}/x',
      '${{ vars.NODE }} ${{ github.workspace }}/x',
    ],
    ['expressions on one line', 'a \\${{\n  runner.temp\n}} b', 'a \\${{ runner.temp }} b'],
    ['text that no reader sees', 'npm\u202e test\r\nx', 'npm test\nx'],
  ])('has %s', (_what, text, told) => expect(carried(text, known)).toEqual({ text: told }));

  it.each([
    ['${{ secrets.TOKEN }}', /secret/],
    ['${{ toJSON(secrets) }}', /secret/],
    ["${{ secrets['X'] }}", /secret/],
    ['${{ github.token }}', /secret/],
    ['curl -H "Authorization: $GITHUB_TOKEN"', /secret/],
    ['${{ matrix.evil }}', /cannot be resolved/],
    ['$${{ matrix.half }}', /cannot be resolved/],
    ['${{ matrix.unknown }}', /matrix/],
    ['${{ github.event.head_commit.message }}', /event/],
    ['${{ steps.a.outputs.b }}', /another step/],
    ['${{ needs.a.outputs.b }}', /another job/],
    ['${{ inputs.base }}', /cannot be resolved/],
    ["${{ vars.A || format('{0}', secrets.B) }}", /secret/],
    ['${{ vars.A', /./],
    ['x'.repeat(20_001), /too long/],
  ])('is not %s', (text, why) => expect(carried(text, known)).toEqual({ why: expect.stringMatching(why) }));
});

it('a file that is called so is no secret', () => expect(usesSecret('bandit secrets.py')).toBe(false));
