// What a story of the demo is: what a person does, and what must be true on GitHub at its end.
import type { z } from 'zod';
import type { GitHubControl } from '../simulator/github/contract.ts';

export interface Person {
  login: string;
  /** What the simulated GitHub's REST API answers this person. */
  read<Shape>(path: string, shape: z.ZodType<Shape>): Promise<Shape>;
  write(method: 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body: object): Promise<void>;
}

export interface Story {
  title: string;
  /** Folder under demo/repositories, and the repository's name. */
  repository: string;
  /** What the person is seen doing. */
  told: string;
  begin(github: GitHubControl, person: Person, fullName: string): Promise<void>;
  /** The incident's end, or the desk where it then waits for people. */
  expects: { waits: 'settle' } | { closed: string };
  /** What GitHub shows that should be otherwise; nothing when all is well. */
  amiss(person: Person, fullName: string): Promise<string | undefined>;
}
