// The machine's own system → a container image of empty folders and links into which that system is mounted.

import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { Host } from '../host.ts';
import { callProgram } from './program.ts';

const run = promisify(execFile);

/** Returns the image's id. Nothing is downloaded: what the workflow installed on the runner is what the tests use. */
export async function importRunnerImage(
  command: readonly [string, ...string[]],
  host: Host,
  folder: string,
): Promise<string> {
  const work = await mkdtemp(join(folder, 'image-'));
  try {
    const root = join(work, 'root');
    for (const path of ['/proc', '/sys', '/dev', '/etc', '/run']) await mkdir(join(root, path), { recursive: true });
    for (const path of ['/tmp', '/var/tmp', host.home]) {
      await mkdir(join(root, path), { recursive: true });
      // runc gives what it mounts here the mode of the folder below, whatever was asked for.
      await chmod(join(root, path), 0o1777);
    }
    for (const { path, linkTo } of host.system) {
      await mkdir(join(root, dirname(path)), { recursive: true });
      if (linkTo === undefined) await mkdir(join(root, path), { recursive: true });
      else await symlink(linkTo, join(root, path));
    }
    const archive = join(work, 'image.tar');
    await run('tar', [
      '--create',
      '--file',
      archive,
      '--owner=0',
      '--group=0',
      '--mode=go+rX',
      '--directory',
      root,
      '.',
    ]);
    const printed = await callProgram(command, ['import', archive]);
    return printed.split('\n').at(-1)?.trim() ?? printed;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
