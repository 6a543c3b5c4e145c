// A failure of shadow mode with what would have been done and what people did, to be changed.
import type { ScoreboardEntry } from '../../../src/incident/scoreboard.ts';

export const theirs: NonNullable<ScoreboardEntry['theirs']> = {
  ...{ kind: 'fixed', sha: 'b'.repeat(40), runUrl: 'https://github.com/acme/shop/actions/runs/80', minutes: 190 },
  ...{ files: ['shop/calc.py', 'docs/x.md'], functions: ['shop/calc.py#calc'] },
};

export const entry = (changes: Partial<ScoreboardEntry> = {}): ScoreboardEntry => ({
  ...{
    incidentId: '0a1b2c3d4e',
    openedAt: '2026-03-02T09:00:00.000Z',
    would: 'open',
    said: 'It would have opened it.',
  },
  failure: { name: 'test_free', url: 'https://github.com/acme/shop/actions/runs/71' },
  run: { id: 71, workflowPath: '.github/workflows/ci.yml', branch: 'main', headSha: 'a'.repeat(40) },
  files: ['shop/calc.py'],
  functions: ['shop/calc.py#calc', 'shop/calc.py#tax'],
  proof: { verdict: 'proven', runUrl: 'https://github.com/acme/shop/actions/runs/72', minutes: 4 },
  toldOn: '2026-03-09',
  ...changes,
});
