// What an attack is: a command that gets out where nothing holds it, and the ways to see whether it did.
import type { Limits } from '../../../action/src/limits.ts';
import type { World } from './world.ts';

export interface Attack {
  /** Completes "code that is tested cannot …". */
  readonly name: string;
  /** Prints ESCAPED where it works. `hold` is empty on the bare machine; inside it waits to be ended. */
  readonly command: (world: World, hold: string) => string;
  /** For an attack that shows elsewhere than in its output. */
  readonly effect?: (world: World) => boolean | Promise<boolean>;
  readonly limits?: Partial<Limits>;
  /** How the run inside may end; by itself where nothing is said. */
  readonly ends?: readonly ('completed' | 'killed' | 'timed-out')[];
  /** Only root can show that it works bare. */
  readonly needsRoot?: boolean;
  /** Words before the engine's program, which put something into the process that starts the sandbox. */
  readonly startedBy?: (world: World) => string;
}

export const ESCAPED = 'ESCAPED';
