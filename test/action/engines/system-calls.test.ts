// The filter of system calls, by what the kernel would make of it; and podman's list, made narrower.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { withoutRefused } from '../../../action/src/engines/system-call-profile.ts';
import { REFUSED_NAMES, systemCallFilter } from '../../../action/src/engines/system-calls.ts';

const X64 = 0xc000003e;
const ARM64 = 0xc00000b7;
const ALLOW = 0x7fff0000;
const EPERM = 0x00050001;
const ENOSYS = 0x00050026;
const CLONE_NEWUSER = 0x10000000;

/** What the kernel does with such a program (linux/bpf_common.h): the few instructions that are used. */
function answer(filter: Buffer, call: { number: number; audit: number; first?: number }): number {
  const data: Readonly<Record<number, number>> = { 0: call.number, 4: call.audit, 16: call.first ?? 0 };
  let loaded = 0;
  for (let at = 0; at * 8 < filter.length; at += 1) {
    const [code, value] = [filter.readUInt16LE(at * 8), filter.readUInt32LE(at * 8 + 4)];
    const tests: Readonly<Record<number, boolean>> = {
      21: loaded === value,
      53: loaded >= value,
      69: (loaded & value) !== 0,
    };
    const test = tests[code];
    if (code === 0x20) loaded = data[value] ?? Number.NaN;
    else if (code === 0x06) return value;
    else if (test === undefined) throw new Error(`an unknown instruction ${code}`);
    else at += filter.readUInt8(at * 8 + (test ? 2 : 3));
  }
  throw new Error('the program ends without an answer');
}

describe.each([
  ['x64', X64, { keyctl: 250, unshare: 272, read: 0, clone: 56, clone3: 435, affinity: 203 }],
  ['arm64', ARM64, { keyctl: 219, unshare: 97, read: 63, clone: 220, clone3: 435, affinity: 122 }],
] as const)('the filter for %s', (architecture, audit, calls) => {
  const filter = systemCallFilter(architecture, false);
  const ask = (number: number, first = 0) => answer(filter, { number, audit, first });

  it('refuses keys and namespaces, and lets ordinary calls through', () => {
    expect([ask(calls.keyctl), ask(calls.unshare), ask(calls.read)]).toEqual([EPERM, EPERM, ALLOW]);
  });

  it('lets processes and threads be made, but none in a new namespace', () => {
    const [SIGCHLD, CLONE_VM_AND_THREAD] = [17, 0x3d0f00];
    expect([ask(calls.clone, SIGCHLD), ask(calls.clone, CLONE_VM_AND_THREAD)]).toEqual([ALLOW, ALLOW]);
    expect(ask(calls.clone, SIGCHLD | CLONE_NEWUSER)).toBe(EPERM);
    expect(ask(calls.clone3)).toBe(ENOSYS);
  });

  it('keeps a run on its processors only where it has been put on some', () => {
    const kept = systemCallFilter(architecture, true);
    expect([ask(calls.affinity), answer(kept, { number: calls.affinity, audit })]).toEqual([ALLOW, EPERM]);
  });

  it('answers every call, and none of another processor with yes', () => {
    fc.assert(
      fc.property(fc.nat(0xffffffff), fc.nat(0xffffffff), fc.nat(0xffffffff), (number, other, first) => {
        fc.pre(other !== audit);
        expect([ALLOW, EPERM, ENOSYS]).toContain(ask(number, first));
        expect(answer(filter, { number, audit: other, first })).toBe(ENOSYS);
      }),
    );
  });
});

it('a processor without a table has no filter, and so no sandbox', () => {
  expect(() => systemCallFilter('riscv64', false)).toThrow(/riscv64/);
});

it("podman's list loses what is refused, and keeps the rest as it is", () => {
  const list = {
    defaultAction: 'SCMP_ACT_ERRNO',
    syscalls: [
      { names: ['read', 'keyctl', 'clone', 'clone3'], action: 'SCMP_ACT_ALLOW', comment: 'kept' },
      { names: ['unshare'], action: 'SCMP_ACT_ALLOW' },
    ],
  };
  const narrowed = withoutRefused(list);
  expect(narrowed).toMatchObject({ defaultAction: 'SCMP_ACT_ERRNO' });
  expect(narrowed.syscalls).toEqual([
    { names: ['read'], action: 'SCMP_ACT_ALLOW', comment: 'kept' },
    { names: ['clone'], action: 'SCMP_ACT_ALLOW', args: [expect.objectContaining({ value: 0x7e020080, valueTwo: 0 })] },
    { names: ['clone3'], action: 'SCMP_ACT_ERRNO', errnoRet: 38 },
  ]);
  expect(REFUSED_NAMES).toEqual(expect.arrayContaining(['add_key', 'request_key', 'keyctl', 'mount', 'bpf']));
});
