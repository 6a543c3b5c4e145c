// The name of a sandbox engine → the tests of what can be seen, reached, used up and left behind inside, on the real engine.

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { EngineName } from '../../../action/src/engines/engine.ts';
import { openSandbox, type Sandbox } from '../sandbox.ts';

export function sandboxBehaviour(name: EngineName): void {
  let sandbox: Sandbox | undefined;
  let unavailable = '';

  beforeAll(async () => {
    const opened = await openSandbox(name);
    if ('unavailable' in opened) unavailable = opened.unavailable;
    else sandbox = opened;
  });
  afterAll(async () => sandbox?.close());

  const inside = (title: string, body: (sandbox: Sandbox) => Promise<void>) =>
    it(title, async () => {
      if (sandbox === undefined) {
        // Said aloud, because a machine without this engine must not look like one on which it was tested.
        console.warn(`skipped on this machine: ${name}: ${unavailable}`);
        return;
      }
      await body(sandbox);
    });

  inside('reports the exit code and both outputs in order', async ({ run }) => {
    const end = await run('echo one; echo two >&2; echo three; exit 7');
    expect(end).toMatchObject({ exitCode: 7, ended: 'completed', output: 'one\ntwo\nthree\n', outputTruncated: false });
  });

  inside('runs as nobody special, without capabilities or new privileges', async ({ run }) => {
    const end = await run('id -u; grep -E "^(CapEff|CapBnd|CapPrm|NoNewPrivs)" /proc/self/status');
    const [uid, ...rest] = end.output.trim().split('\n');
    expect(Number(uid)).toBeGreaterThan(0);
    expect(rest.join(' ').replace(/\s+/g, ' ')).toBe(
      'CapPrm: 0000000000000000 CapEff: 0000000000000000 CapBnd: 0000000000000000 NoNewPrivs: 1',
    );
  });

  describe('with a server on this machine', () => {
    let server: Server;
    let port = 0;
    beforeAll(async () => {
      server = createServer((socket) => socket.end('reached'));
      await new Promise<void>((done) => server.listen(0, '0.0.0.0', done));
      const address = server.address();
      port = typeof address === 'object' && address !== null ? address.port : 0;
    });
    afterAll(() => new Promise<void>((done) => server.close(() => done())));

    inside('has no network: no interface, no address of the machine, no names', async ({ run }) => {
      const end = await run(
        `tail -n +3 /proc/net/dev | cut -d: -f1 | tr -d ' ' | grep -v '^lo$' && echo INTERFACE
         (exec 3<>/dev/tcp/127.0.0.1/${port} && cat <&3) 2>/dev/null && echo REACHED
         getent hosts example.com && echo RESOLVED
         true`,
      );
      expect(end).toMatchObject({ ended: 'completed', exitCode: 0, output: '' });
    });
  });

  inside('has an environment of its own, also in process 1 and every other process', async ({ run }) => {
    process.env.GITHUB_TOKEN = 'canary-of-the-runner';
    process.env.INPUT_TOKEN = 'canary-of-the-runner';
    process.env.ACTIONS_RUNTIME_TOKEN = 'canary-of-the-runner';
    try {
      const end = await run('env; cat /proc/[0-9]*/environ 2>/dev/null | tr "\\0" "\\n"');
      expect(end.output).not.toContain('canary');
      expect(end.output).not.toMatch(/^(GITHUB|ACTIONS|RUNNER|INPUT)_/m);
      expect(end.output).toMatch(/^CI=true$/m);
    } finally {
      for (const key of ['GITHUB_TOKEN', 'INPUT_TOKEN', 'ACTIONS_RUNTIME_TOKEN']) delete process.env[key];
    }
  });

  inside('sees no process of the machine and no file next to its work folder', async ({ run, outside, directory }) => {
    writeFileSync(join(outside, 'secret.txt'), 'canary');
    const end = await run(
      `set +e; ls -d /proc/[0-9]* | wc -l; ls ${outside}; ls ${outside}/secret.txt ${outside}/copy; pwd`,
    );
    expect(Number(end.output.split('\n')[0])).toBeLessThan(12);
    expect(end.output).toContain(`${outside}/secret.txt': No such file`);
    expect(end.output).toContain(`${outside}/copy': No such file`);
    expect(end.output).toContain(`\n${directory}\n`);
    expect(existsSync(join(outside, 'secret.txt'))).toBe(true);
  });

  inside('cannot write to the system, and finds no secrets and no daemon of it', async ({ run }) => {
    const end = await run(
      `for place in /x /usr/x /usr/bin/x /etc/x /etc/passwd /opt/x /proc/sys/kernel/hostname /proc/sysrq-trigger; do
         { echo x >> $place; } 2>/dev/null && echo "WROTE $place"
       done
       for place in /etc/shadow /etc/sudoers /etc/ssh /var/run/docker.sock /run/docker.sock /run/podman; do
         test -e $place && echo "SEEN $place"
       done
       mount -t tmpfs none /tmp 2>/dev/null && echo MOUNTED
       true`,
    );
    expect(end).toMatchObject({ exitCode: 0, output: '' });
  });

  inside('can write to its work folder, to /tmp and to an empty HOME', async ({ run, workTree }) => {
    const end = await run(
      'echo kept > made.txt && echo x > /tmp/x && echo x > ~/x && ls ~ && bash -c "exit 0" && echo fine',
    );
    expect(end.output).toMatch(/(^|\n)x\n/);
    expect(end.output).toMatch(/fine\n$/);
    expect(readFileSync(join(workTree, 'made.txt'), 'utf8')).toBe('kept\n');
  });

  inside('cannot leave its work folder by a link', async ({ run, outside }) => {
    writeFileSync(join(outside, 'target.txt'), 'untouched');
    const end = await run(`ln -s ${outside}/target.txt out && cat out; echo changed > out`);
    expect(end.exitCode).not.toBe(0);
    expect(readFileSync(join(outside, 'target.txt'), 'utf8')).toBe('untouched');
  });

  inside('is ended with all it has started when time is up', async ({ run, workTree }) => {
    const beat = join(workTree, 'beat');
    const end = await run('(setsid bash -c "while :; do date +%N > beat; sleep 0.05; done" &) ; sleep 600', {
      timeoutSeconds: 2,
    });
    expect(end).toMatchObject({ exitCode: null, ended: 'timed-out' });
    expect(end.reason).toMatch(/2 s/);
    expect(existsSync(beat)).toBe(true);
    const last = readFileSync(beat, 'utf8');
    await new Promise((later) => setTimeout(later, 400));
    expect(readFileSync(beat, 'utf8')).toBe(last);
  });

  inside('leaves no daemon behind when the command ends by itself', async ({ run, workTree }) => {
    const end = await run(
      '(setsid bash -c "while :; do date +%N > daemon; sleep 0.05; done" >/dev/null 2>&1 &) ; sleep 0.3',
    );
    expect(end.ended).toBe('completed');
    const last = readFileSync(join(workTree, 'daemon'), 'utf8');
    await new Promise((later) => setTimeout(later, 400));
    expect(readFileSync(join(workTree, 'daemon'), 'utf8')).toBe(last);
  });

  inside('is ended when the job is cancelled', async ({ run }) => {
    const cancel = new AbortController();
    setTimeout(() => cancel.abort(), 800);
    expect(await run('sleep 600', {}, cancel.signal)).toMatchObject({
      ended: 'killed',
      reason: expect.stringMatching(/cancel/),
    });
  });

  inside('keeps head and tail of a long output', async ({ run }) => {
    const end = await run('echo first; head -c 3000000 /dev/zero | tr "\\0" x; echo; echo last', { outputKb: 8 });
    expect(end).toMatchObject({ exitCode: 0, outputTruncated: true });
    expect(end.output).toMatch(/^first\nx+\n\[… \d+ bytes left out …\]\nx+\nlast\n$/);
    expect(end.output.length).toBeLessThan(9 * 1024);
  });

  inside('bounds the number of processes', async ({ run }) => {
    const bomb = `const { spawn } = require('node:child_process');
      let refused = 0;
      const children = Array.from({ length: 60 }, () => spawn('sleep', ['30']).on('error', () => { refused += 1; }));
      setTimeout(() => {
        console.log(refused > 20 ? 'bounded' : 'unbounded: ' + refused);
        for (const child of children) child.kill('SIGKILL');
      }, 300);`;
    const end = await run(`node -e "${bomb.replaceAll('\n', ' ')}"`, { processes: 40, timeoutSeconds: 20 });
    expect(end).toMatchObject({ output: 'bounded\n' });
  });

  inside('is held to its processors', async ({ run }) => {
    const end = await run(
      `nproc; taskset --pid --cpu-list 0-1023 $$ >/dev/null 2>&1 && nproc
       cat /sys/fs/cgroup/cpu/cpu.cfs_quota_us /sys/fs/cgroup/cpu.max 2>/dev/null; true`,
      { cpus: 0.5 },
    );
    // Bubblewrap can give whole processors only, and keeps them by affinity; containers have a share of the time.
    if (name === 'bubblewrap') expect(end.output).toBe('1\n');
    else expect(end.output).toMatch(/^50000( |$)/m);
  });

  inside('does not let a test write its own exit code', async ({ run }) => {
    const end = await run(
      `for fd in 3 4 5 6 7 8 9; do (echo '{"exit-code":0}' >&$fd) 2>/dev/null || true; done; exit 5`,
    );
    expect(end).toMatchObject({ ended: 'completed', exitCode: 5 });
  });

  inside('bounds memory', async ({ run }) => {
    const eat = 'const kept = []; for (;;) kept.push(Buffer.alloc(16 * 1024 * 1024, 1))';
    const end = await run(`node -e '${eat}'`, { memoryMb: 256, timeoutSeconds: 30 });
    expect(end.ended === 'killed' || (end.ended === 'completed' && end.exitCode !== 0)).toBe(true);
    if (end.ended === 'killed') expect(end.reason).toMatch(/256 MB/);
  });

  inside('bounds the memory of many small processes together', async ({ run }) => {
    const eat = 'const kept = Buffer.alloc(120 * 1024 * 1024, 1); setTimeout(() => console.log(kept.length), 4000)';
    const end = await run(`for i in 1 2 3 4 5 6; do node -e '${eat}' & done; wait`, {
      memoryMb: 256,
      timeoutSeconds: 25,
    });
    expect(end.ended === 'killed' || /Killed/.test(end.output)).toBe(true);
    expect(end.output).not.toMatch(/125829120\n.*125829120/s);
  });

  inside('bounds what is written to memory file systems', async ({ run }) => {
    const end = await run('head -c 900000000 /dev/zero > /tmp/big', { memoryMb: 256, timeoutSeconds: 30 });
    expect(end.exitCode).not.toBe(0);
  });

  inside('says "not started" instead of "red" when the sandbox itself fails', async ({ run }) => {
    const end = await run('true', { memoryMb: -5_000 });
    expect(end).toMatchObject({ ended: 'not-started', exitCode: null });
    expect(end.reason).toMatch(/did not start/);
  });
}
