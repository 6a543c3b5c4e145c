// A test file's surroundings: the worker's own realm, put back as it was when the file is over. Jest's own makes a new realm, where every global is slow.
import { ModernFakeTimers } from '@jest/fake-timers';
import { ModuleMocker } from 'jest-mock';
import { workerState } from './worker-state.ts';

type TimersOptions = ConstructorParameters<typeof ModernFakeTimers>[0];

export default class OneRealmEnvironment {
  readonly global = globalThis;
  readonly moduleMocker = new ModuleMocker(globalThis);
  readonly fakeTimers = null;
  readonly fakeTimersModern: ModernFakeTimers;
  readonly #putBack = workerState();

  constructor({ projectConfig }: { projectConfig: TimersOptions['config'] }) {
    this.fakeTimersModern = new ModernFakeTimers({ config: projectConfig, global: globalThis });
  }

  async setup(): Promise<void> {}

  async teardown(): Promise<void> {
    this.fakeTimersModern.dispose();
    this.#putBack();
  }

  exportConditions(): string[] {
    return ['node', 'node-addons'];
  }

  /** None of its own; see one-realm-runtime.ts. */
  getVmContext(): null {
    return null;
  }
}
