// Which sandbox the journeys' repositories ask for: a real one where this machine has one, and said aloud where it has none.
import { availableEngine } from '../../action/src/engines/available.ts';

let found: Promise<{ name: string }> | undefined;

/** Bubblewrap first: podman proves itself in the Action's own tests, and takes seconds to start. */
export function sandboxEngine(): Promise<{ name: string }> {
  found ??= availableEngine('bubblewrap').then(async (bubblewrap) => {
    const engine = bubblewrap ?? (await availableEngine());
    if (!engine) console.warn('No sandbox engine works here: the journeys run their own sample code unsandboxed.');
    return { name: engine ?? 'none' };
  });
  return found;
}
