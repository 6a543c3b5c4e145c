// Attacks on what the runner knows: other processes' environments, files, git's credentials, home, keyring.
import { join } from 'node:path';
import { type Attack, ESCAPED } from './attack.ts';
import { CANARY, secretFiles } from './world.ts';

/** Whatever of it can be read: that some cannot must not look as if none could. */
const found = (words: string) => `{ ${words} 2>/dev/null || true; } | tr '\\0' '\\n' > /tmp/self-heal-found-$$
  grep -aq ${CANARY} /tmp/self-heal-found-$$ && echo ${ESCAPED}; rm -f /tmp/self-heal-found-$$`;

/** keyctl (join a session), add_key and keyctl (search, read), by their numbers on each processor. */
const numbers = process.arch === 'arm64' ? { add: 217, control: 219 } : { add: 248, control: 250 };
const perl = (script: string) => `perl -e '${script}'`;
const holdKey = `my($t,$n,$s)=("user","self-heal","${CANARY}");
  syscall(${numbers.control},1,0); syscall(${numbers.add},$t,$n,$s,length $s,-3); exec @ARGV`;
const readKey = `my($t,$n,$b)=("user","self-heal","\\0" x 64);
  my $key = syscall(${numbers.control},10,-3,$t,$n,0); syscall(${numbers.control},11,$key,$b,64); print $b`;
const addKey = `my($t,$n,$s)=("user","left-behind","x"); print "${ESCAPED}" if syscall(${numbers.add},$t,$n,$s,1,-3) > 0`;

export const secrets: readonly Attack[] = [
  {
    name: 'read the environment of its parents, of process 1, or of any other process',
    command: () => found('cat /proc/[0-9]*/environ'),
  },
  {
    name: 'read a file of the machine',
    command: ({ outside }) => found(`cat ${outside}/secret.txt`),
  },
  {
    name: 'read a file of the machine by the root folder of another process',
    command: ({ outside }) => found(`cat /proc/[0-9]*/root${outside}/secret.txt`),
  },
  {
    name: 'read what the runner had open when it started the sandbox',
    command: () => found('cat /proc/self/fd/19/secret.txt'),
    startedBy: ({ outside }) => `bash -c 'exec 19< ${outside}; exec "$@"' --`,
  },
  {
    name: "find the token in the checkout's .git",
    command: ({ directory }) => found(`cat ${directory}/.git/config`),
  },
  {
    name: 'read credentials at home, also those next to dependencies that are shown',
    command: ({ home }) => found(`cat ${secretFiles.map((file) => join(home, file)).join(' ')}`),
  },
  {
    name: "read the keyring of the runner's login",
    command: () => found(perl(readKey)),
    startedBy: () => `perl -e '${holdKey}' --`,
  },
  {
    name: "leave something in the kernel's keyring",
    command: () => perl(addKey),
  },
];
