// A git command → its end, run by a small process beside this one that lives as long as it is needed.
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type GitEnd, type GitJob, GitJobs } from './git-job.ts';

interface Waiting {
  resolve(end: GitEnd): void;
  reject(error: Error): void;
}

let spawner: ChildProcess | undefined;
let lastId = 0;
const waiting = new Map<number, Waiting>();

/** The spawner keeps this process alive only while something is asked of it. */
export function startGit(job: Omit<GitJob, 'id'>): Promise<GitEnd> {
  return new Promise((resolve, reject) => {
    spawner ??= started();
    lastId += 1;
    const id = lastId;
    waiting.set(id, { resolve, reject });
    spawner.channel?.ref();
    spawner.send({ id, ...job }, (error) => {
      if (error) settle(id, (one) => one.reject(error));
    });
  });
}

function started(): ChildProcess {
  const file = fileURLToPath(new URL('./git-spawner.ts', import.meta.url));
  const child = fork(file, [], {
    serialization: 'advanced',
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  child.unref();
  child.channel?.unref();
  child.on('message', (message) => {
    const end = GitJobs.end.parse(message);
    settle(end.id, (one) => one.resolve(end));
  });
  child.once('exit', () => {
    spawner = undefined;
    for (const id of [...waiting.keys()])
      settle(id, (one) => one.reject(new Error('the process that starts git ended')));
  });
  return child;
}

function settle(id: number, how: (one: Waiting) => void): void {
  const one = waiting.get(id);
  waiting.delete(id);
  if (waiting.size === 0) spawner?.channel?.unref();
  if (one) how(one);
}
