// The system calls that no test needs → a filter for the kernel (classic BPF) that refuses them; bubblewrap brings none.
import { ActionError } from '../action-error.ts';

/** Numbers on x86-64 and on arm64, from the kernel's own tables (arch/x86/entry/syscalls, include/uapi/asm-generic). */
const REFUSED: Readonly<Record<string, readonly [x64: number, arm64: number]>> = {
  // The keyring of the runner's login is handed down to every process it starts, sandboxed or not.
  add_key: [248, 217],
  request_key: [249, 218],
  keyctl: [250, 219],
  // Namespaces and mounts: a way to powers inside of a namespace, and so to parts of the kernel that are seldom tested.
  unshare: [272, 97],
  setns: [308, 268],
  mount: [165, 40],
  umount2: [166, 39],
  pivot_root: [155, 41],
  open_tree: [428, 428],
  move_mount: [429, 429],
  fsopen: [430, 430],
  fsconfig: [431, 431],
  fsmount: [432, 432],
  fspick: [433, 433],
  mount_setattr: [442, 442],
  open_by_handle_at: [304, 265],
  // What Docker's own profile refuses as well (docs.docker.com/engine/security/seccomp).
  bpf: [321, 280],
  perf_event_open: [298, 241],
  userfaultfd: [323, 282],
  io_uring_setup: [425, 425],
  io_uring_enter: [426, 426],
  io_uring_register: [427, 427],
  kexec_load: [246, 104],
  kexec_file_load: [320, 294],
  init_module: [175, 105],
  finit_module: [313, 273],
  delete_module: [176, 106],
  syslog: [103, 116],
  acct: [163, 89],
  quotactl: [179, 60],
  quotactl_fd: [443, 443],
  reboot: [169, 142],
  swapon: [167, 224],
  swapoff: [168, 225],
};

export const REFUSED_NAMES: readonly string[] = Object.keys(REFUSED);

interface Processor {
  readonly column: 0 | 1;
  /** AUDIT_ARCH_… of linux/audit.h. */
  readonly audit: number;
  readonly clone: number;
  readonly clone3: number;
  readonly schedSetaffinity: number;
}

const PROCESSORS: Readonly<Record<string, Processor>> = {
  x64: { column: 0, audit: 0xc000003e, clone: 56, clone3: 435, schedSetaffinity: 203 },
  arm64: { column: 1, audit: 0xc00000b7, clone: 220, clone3: 435, schedSetaffinity: 122 },
};

/** CLONE_NEWTIME, NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET. */
export const NEW_NAMESPACES =
  0x80 | 0x20000 | 0x02000000 | 0x04000000 | 0x08000000 | 0x10000000 | 0x20000000 | 0x40000000;
/** From here on x86-64 means calls of the x32 interface, by numbers of their own. */
const X32 = 0x40000000;

const ALLOW = 0x7fff0000;
const REFUSE = 0x00050000;
const EPERM = REFUSE | 1;
/** "No such call": for clone3 glibc then takes clone, whose flags can be looked at. */
const ENOSYS = REFUSE | 38;

const LOAD = 0x20;
const IF_EQUAL = 0x15;
const IF_AT_LEAST = 0x35;
const IF_ANY_BIT = 0x45;
const RETURN = 0x06;
/** Where the kernel puts the call's number, the processor and the low half of the first argument. */
const NUMBER = 0;
const AUDIT = 4;
const FIRST_ARGUMENT = 16;

type Instruction = readonly [code: number, whenTrue: number, whenFalse: number, value: number];

/** Pure. `keepProcessors`: the processors that a run was put on are those it stays on. */
export function systemCallFilter(architecture: string, keepProcessors: boolean): Buffer {
  const processor = PROCESSORS[architecture];
  if (processor === undefined) {
    throw new ActionError(`no filter of system calls is known for this machine's processor (${architecture})`);
  }
  const refused = Object.values(REFUSED).map((numbers) => numbers[processor.column]);
  if (keepProcessors) refused.push(processor.schedSetaffinity);
  const program: Instruction[] = [
    // Programs for another processor (32 bits) number their calls otherwise: none is let through.
    load(AUDIT),
    [IF_EQUAL, 1, 0, processor.audit],
    answer(ENOSYS),
    load(NUMBER),
    ...refuseOn([IF_AT_LEAST, 0, 1, X32], ENOSYS),
    ...refuseOn([IF_EQUAL, 0, 1, processor.clone3], ENOSYS),
    ...refused.flatMap((number) => refuseOn([IF_EQUAL, 0, 1, number], EPERM)),
    [IF_EQUAL, 0, 3, processor.clone],
    load(FIRST_ARGUMENT),
    ...refuseOn([IF_ANY_BIT, 0, 1, NEW_NAMESPACES], EPERM),
    answer(ALLOW),
  ];
  return Buffer.concat(program.map(encode));
}

function load(offset: number): Instruction {
  return [LOAD, 0, 0, offset];
}

function answer(value: number): Instruction {
  return [RETURN, 0, 0, value];
}

function refuseOn(test: Instruction, value: number): Instruction[] {
  return [test, answer(value)];
}

/** `struct sock_filter` of linux/filter.h; both processors are little-endian. */
function encode([code, whenTrue, whenFalse, value]: Instruction): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeUInt16LE(code, 0);
  bytes.writeUInt8(whenTrue, 2);
  bytes.writeUInt8(whenFalse, 3);
  bytes.writeUInt32LE(value, 4);
  return bytes;
}
