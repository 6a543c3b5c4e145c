// Podman's own list of allowed system calls → the same without those that no test needs, as a file for its command line.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { callProgram } from './program.ts';
import { NEW_NAMESPACES, REFUSED_NAMES } from './system-calls.ts';

const Profile = z.looseObject({
  syscalls: z.array(z.looseObject({ names: z.array(z.string()), action: z.string() })),
});
type ProfileText = z.infer<typeof Profile>;

/** Undefined where podman has no list of its own to begin with: then there is nothing that could be made narrower. */
export async function narrowedProfile(
  command: readonly [string, ...string[]],
  folder: string,
): Promise<string | undefined> {
  const path = await callProgram(command, ['info', '--format', '{{.Host.Security.SECCOMPProfilePath}}'], 20_000);
  if (!path.startsWith('/')) return undefined;
  const narrowed = join(folder, 'system-calls.json');
  await writeFile(narrowed, JSON.stringify(withoutRefused(Profile.parse(JSON.parse(await readFile(path, 'utf8'))))));
  return narrowed;
}

/** Pure. Podman lets everybody make namespaces and use keys, because its own containers may hold containers. */
export function withoutRefused(profile: ProfileText): ProfileText {
  const handled = new Set([...REFUSED_NAMES, 'clone', 'clone3']);
  const kept = profile.syscalls
    .map((rule) => ({ ...rule, names: rule.names.filter((name) => !handled.has(name)) }))
    .filter(({ names }) => names.length > 0);
  const plainClone = { index: 0, value: NEW_NAMESPACES, valueTwo: 0, op: 'SCMP_CMP_MASKED_EQ' };
  return {
    ...profile,
    syscalls: [
      ...kept,
      { names: ['clone'], action: 'SCMP_ACT_ALLOW', args: [plainClone] },
      // "No such call" (38): the C library then takes clone, whose flags can be looked at.
      { names: ['clone3'], action: 'SCMP_ACT_ERRNO', errnoRet: 38 },
    ],
  };
}
