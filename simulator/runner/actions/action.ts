// What every kind of action looks like to a step that uses it.
import type { Execution } from '../execution.ts';

export interface ActionInput {
  /** May hold expressions, such as `${{ github.token }}`. */
  default?: string | undefined;
  deprecationMessage?: string | undefined;
}

export class ActionInputs {
  readonly values: Record<string, string>;

  constructor(values: Record<string, string>) {
    this.values = values;
  }

  get(name: string): string {
    return (this.values[name] ?? '').trim();
  }

  /** The YAML 1.2 booleans that actions/toolkit's getBooleanInput takes. */
  boolean(name: string): boolean {
    const value = this.get(name);
    if (['true', 'True', 'TRUE'].includes(value)) return true;
    if (['false', 'False', 'FALSE', ''].includes(value)) return false;
    throw new Error(`Input does not meet YAML 1.2 "Core Schema" specification: ${name}`);
  }

  number(name: string): number {
    const value = Number(this.get(name) || 0);
    if (!Number.isFinite(value)) throw new Error(`Input '${name}' is not a number: ${this.get(name)}`);
    return value;
  }

  lines(name: string): string[] {
    return this.get(name)
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '');
  }
}

export type Stage = (execution: Execution, inputs: ActionInputs) => Promise<void>;

export interface Action {
  inputs: Record<string, ActionInput>;
  pre?: Stage;
  preIf?: string;
  main: Stage;
  post?: Stage;
  postIf?: string;
  /** Other actions that a composite one uses, so that set-up can look for them too. */
  uses?: string[];
}
