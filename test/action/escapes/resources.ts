// Attacks on what the machine has: processes, memory in and out of processes, and the disk. Bare in a form that is over soon.
import { type Attack, ESCAPED } from './attack.ts';

const MEMORY = { memoryMb: 256, timeoutSeconds: 40 };
const DISK = { diskMb: 32, timeoutSeconds: 40 };
const memfdCreate = process.arch === 'arm64' ? 279 : 319;
/** Inside it waits long enough to be ended; who is not ended got through. */
const waitAndSay = (hold: string) => `${hold}echo ${ESCAPED}`;

export const resources: readonly Attack[] = [
  {
    name: 'fork without end',
    command: () =>
      `perl -e 'my @kids; for (1..150) { my $k = fork; last unless defined $k; if (!$k) { sleep 30; exit } push @kids, $k }
       print "${ESCAPED}" if @kids > 100; kill "KILL", @kids'`,
    limits: { processes: 64 },
  },
  {
    name: 'take memory without end',
    command: (_, hold) => `perl -e 'my $x = "x" x (600 << 20); print length $x'; ${waitAndSay(hold)}`,
    limits: { ...MEMORY, memoryMb: 128 },
    ends: ['completed', 'killed'],
  },
  {
    name: 'take memory with many small processes',
    // One that is ended for it is enough to see that they are counted together.
    command: (_, hold) =>
      `perl -e '$seconds = shift; for (1..6) { next if fork; my $x = "x" x (70 << 20); sleep $seconds; exit }
         for (1..6) { wait; if ($?) { kill "KILL", -getpgrp; exit 1 } }' ${hold === '' ? 0 : 20}; echo ${ESCAPED}`,
    limits: MEMORY,
    ends: ['completed', 'killed'],
  },
  {
    name: 'take memory that belongs to no process',
    command: (_, hold) =>
      `perl -e 'my $seconds = shift; my $name = "m"; my $block = "x" x (1 << 20); my @open;
         for (1..12) { my $fd = syscall(${memfdCreate}, $name, 0); open(my $f, ">&=", $fd) or die; push @open, $f;
           for (1..64) { syswrite($f, $block) or die } }
         sleep $seconds' ${hold === '' ? 0 : 20}; echo ${ESCAPED}`,
    limits: { ...MEMORY, diskMb: 100 },
    ends: ['completed', 'killed'],
  },
  {
    name: 'fill the folders in memory',
    command: () => `for f in "\${TMPDIR:-/tmp}" ~ /var/tmp /dev/shm; do
      head -c 150000000 /dev/zero 2>/dev/null > $f/self-heal-fill && echo ${ESCAPED}; rm -f $f/self-heal-fill; done; true`,
    limits: MEMORY,
  },
  {
    name: 'fill the disk with one file',
    command: () => `head -c 60000000 /dev/zero > fill && echo ${ESCAPED}; rm -f fill; true`,
    limits: DISK,
  },
  {
    name: 'fill the disk with many files',
    command: (_, hold) =>
      `for i in $(seq 30); do head -c 4000000 /dev/zero > fill$i; done; ${waitAndSay(hold)}; rm -f fill*`,
    limits: DISK,
    ends: ['killed'],
  },
];
