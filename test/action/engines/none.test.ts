// The engine that is no sandbox: only by name, and still bounded and with a clean environment.
import { describe, expect, it } from '@jest/globals';
import { openSandbox } from '../sandbox.ts';

describe('no sandbox', () => {
  it('is never chosen by itself, and runs with a clean environment when asked for', async () => {
    process.env.GITHUB_TOKEN = 'canary-of-the-runner';
    const sandbox = await openSandbox('none');
    try {
      if ('unavailable' in sandbox) throw new Error(sandbox.unavailable);
      const end = await sandbox.run('env; pwd; exit 3');
      expect(end).toMatchObject({ exitCode: 3, ended: 'completed' });
      expect(end.output).not.toContain('canary');
      expect(end.output).toContain(`\n${sandbox.workTree}\n`);
      const long = await sandbox.run('(sleep 300 &) ; sleep 300', { timeoutSeconds: 1 });
      expect(long).toMatchObject({ ended: 'timed-out', exitCode: null });
    } finally {
      delete process.env.GITHUB_TOKEN;
      if (!('unavailable' in sandbox)) await sandbox.close();
    }
  });
});
