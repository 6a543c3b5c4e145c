// Attacks on the machine's files and on what guards them: links, set-user-id, namespaces, devices, shared dependencies.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Attack, ESCAPED } from './attack.ts';

const now = (path: string) => (existsSync(path) ? readFileSync(path, 'utf8') : '');

export const fileSystem: readonly Attack[] = [
  {
    name: 'write out of the work tree by a link',
    command: ({ outside }) => `ln -sfn ${outside} out; echo changed 2>/dev/null > out/changed.txt; rm -f out; true`,
    effect: ({ outside }) => existsSync(join(outside, 'changed.txt')),
  },
  {
    name: 'put a command into a start-up file at home',
    command: ({ home }) => `(mkdir -p ${home} && echo evil >> ${home}/.bashrc) 2>/dev/null; true`,
    effect: ({ home }) => now(join(home, '.bashrc')).includes('evil'),
  },
  {
    name: 'poison a dependency that other runs use',
    command: ({ home }) => `(echo evil >> ${home}/.cargo/registry/lib.crate) 2>/dev/null; true`,
    effect: ({ home }) => now(join(home, '.cargo/registry/lib.crate')).includes('evil'),
  },
  {
    name: 'poison a folder that it may write into',
    command: ({ home }) =>
      `echo evil >> ${home}/.m2/repository/lib.jar; echo new > ${home}/.m2/new; cat ${home}/.m2/new`,
    effect: ({ home }) =>
      now(join(home, '.m2/repository/lib.jar')).includes('evil') || existsSync(join(home, '.m2/new')),
  },
  {
    name: 'become root by a set-user-id program',
    command: ({ workTree, directory }) =>
      `for id in ${workTree}/id-as-root ${directory}/id-as-root; do
         run=$id; [ "$(id -u)" = 0 ] && run="setpriv --reuid=65534 --clear-groups $id"
         [ "$($run -u 2>/dev/null)" = 0 ] && echo ${ESCAPED}; done; true`,
    needsRoot: true,
  },
  {
    name: 'get powers in a namespace of its own',
    command: () => `unshare --user --map-root-user --mount true 2>/dev/null && echo ${ESCAPED}; true`,
    needsRoot: true,
  },
  {
    name: 'mount something',
    command: () => `unshare --mount mount -t tmpfs none /var/tmp 2>/dev/null && echo ${ESCAPED}
      mount -t tmpfs none /var/tmp -o ro,remount 2>/dev/null && echo ${ESCAPED}; true`,
    needsRoot: true,
  },
  {
    name: 'make a device file of a disk',
    command: () => `mknod disk b 1 0 2>/dev/null && echo ${ESCAPED}; rm -f disk; true`,
    needsRoot: true,
  },
];
