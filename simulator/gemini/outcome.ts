// What the simulated model does with a call: an answer, an error, or a broken connection.
import type { ErrorBody } from './errors.ts';
import type { Answer } from './response.ts';

export type Outcome = { answeredBy: string; delayMs?: number } & (
  | { kind: 'answer'; answer: Answer; promptBlocked?: boolean; hangUp?: boolean }
  | { kind: 'json'; body: object }
  | { kind: 'error'; error: ErrorBody }
  | { kind: 'hang-up' }
);
