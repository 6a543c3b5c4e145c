// A small process that starts git for a large one: a fork copies the parent's page tables, 2 ms from here, 50 ms from a gigabyte.
import { spawn } from 'node:child_process';
import { type GitJob, GitJobs } from './git-job.ts';

function run({ id, directory, args, env, input }: GitJob): void {
  const child = spawn('git', args, { cwd: directory, env });
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  const answer = (exitCode: number | null, failure?: string): void => {
    process.send?.({ id, exitCode, stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr).toString(), failure });
  };
  child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
  child.on('error', (error) => answer(null, error.message));
  // git may end before it has read all of its input (an unknown revision); its exit code tells then what happened.
  child.stdin.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') answer(null, error.message);
  });
  child.on('close', (code) => answer(code));
  child.stdin.end(input ?? '');
}

process.on('message', (message) => run(GitJobs.job.parse(message)));
process.on('disconnect', () => process.exit());
// Ctrl-C reaches the whole group; the parent still needs git to stop in order.
process.on('SIGINT', () => undefined);
