// Attacks on the runner and on the job: its process, its command files, a daemon that outlives the run.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Attack, ESCAPED } from './attack.ts';
import { processesWith } from './world.ts';

const FILES = ['env', 'output', 'path', 'state'];
const ptrace = process.arch === 'arm64' ? 117 : 101;

export const runner: readonly Attack[] = [
  {
    name: "write to the job's GITHUB_ENV, GITHUB_OUTPUT, GITHUB_PATH or GITHUB_STATE",
    command: ({ outside }) =>
      `for file in "$GITHUB_ENV" "$GITHUB_OUTPUT" "$GITHUB_PATH" "$GITHUB_STATE" ${FILES.map((file) => join(outside, file)).join(' ')}; do
         (echo 'NODE_OPTIONS=--require=/tmp/evil.js' >> "$file") 2>/dev/null; done; true`,
    effect: ({ outside }) => FILES.some((file) => readFileSync(join(outside, file), 'utf8') !== ''),
  },
  {
    name: "stop the runner's process",
    // A signal that does no harm to the stand-in, from the same right as SIGKILL.
    command: ({ runner: { pid } }) =>
      `kill -0 ${pid} 2>/dev/null && echo ${ESCAPED}; kill -CONT ${pid} 2>/dev/null; true`,
  },
  {
    name: "take over the runner's process as its debugger",
    command: ({ runner: { pid } }) =>
      `perl -e 'print "${ESCAPED}" if syscall(${ptrace}, 16, ${pid}, 0, 0) == 0; syscall(${ptrace}, 17, ${pid}, 0, 0)'`,
    needsRoot: true,
  },
  {
    name: 'leave a daemon behind',
    command: ({ runner: { pid } }) =>
      `(setsid bash -c 'exec -a daemon-of-${pid} sleep 600' >/dev/null 2>&1 < /dev/null &); sleep 0.2`,
    effect: async ({ runner: { pid } }) => {
      const left = () => processesWith(`daemon-of-${pid}\0`);
      // The kernel ends what is left in a process namespace when its first process has ended, not before.
      for (let tries = 0; tries < 50 && left().length > 0; tries += 1)
        await new Promise((later) => setTimeout(later, 20));
      const found = left();
      for (const id of found) process.kill(id, 'SIGKILL');
      return found.length > 0;
    },
  },
];
