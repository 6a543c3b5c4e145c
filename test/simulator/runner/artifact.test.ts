import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createRepository, type Ran, runSteps, runWorkflow, type TestRepository } from './run-workflow.ts';

let repository: TestRepository;
beforeAll(async () => {
  repository = await createRepository();
});
afterAll(() => repository.remove());

const job = (steps: string): Promise<Ran> => runSteps(repository, steps);

describe('artifacts', () => {
  it('go from job to job', async () => {
    const text = `on: push
jobs:
  make:
    runs-on: x
    steps:
      - run: mkdir -p out/deep out/.git && echo 1 > out/a.txt && echo 2 > out/deep/b.txt && echo 3 > out/c.log && echo 4 > out/.hidden
      - id: up
        uses: actions/upload-artifact@v4
        with:
          name: results
          path: |
            out
            !out/*.log
      - run: echo "id \${{ steps.up.outputs.artifact-id }}"
  use:
    needs: make
    runs-on: x
    steps:
      - uses: actions/download-artifact@v4
        with: {name: results, path: in}
      - run: cd in && find . -type f | sort && cat deep/b.txt
`;
    const ran = await runWorkflow(repository, text);
    expect(ran.lines('use').slice(-4, -1)).toEqual(['./a.txt', './deep/b.txt', '2']);
    expect(ran.artifacts).toMatchObject([{ name: 'results', digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) }]);
    expect(ran.lines('make')).toContain(`id ${ran.artifacts[0]?.id}`);
  });

  it.each([
    ['warn', 'success', '##[warning]No files were found with the provided path: none. No artifacts will be uploaded.'],
    ['error', 'failure', '##[error]No files were found with the provided path: none. No artifacts will be uploaded.'],
    ['ignore', 'success', 'No files were found with the provided path: none. No artifacts will be uploaded.'],
  ])('without files: %s', async (behaviour, conclusion, line) => {
    const ran = await job(`- uses: actions/upload-artifact@v4\n  with: {path: none, if-no-files-found: ${behaviour}}`);
    expect(ran.lines('a')).toContain(line);
    expect(ran.conclusion).toBe(conclusion);
    expect(ran.artifacts).toEqual([]);
  });

  it('are refused under a name that is there, or none at all', async () => {
    const ran = await job(`
- run: echo 1 > f
- uses: actions/upload-artifact@v4
  with: {name: n, path: f}
- uses: actions/upload-artifact@v4
  continue-on-error: true
  with: {name: n, path: f}
- uses: actions/download-artifact@v4
  with: {name: other}`);
    expect(ran.jobs.a?.annotations.map((annotation) => annotation.message)).toEqual([
      expect.stringContaining('(409) Conflict'),
      'Unable to download artifact(s): Artifact not found for name: other',
    ]);
  });
});
