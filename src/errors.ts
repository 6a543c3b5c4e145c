// What can go wrong, sorted by what we do next: every code has one line in this table and one in docs/errors.md.

interface Rule {
  /** `retry`: the job comes back with backoff. `stop`: the incident ends with an explanation. `exit`: the process cannot serve. */
  next: 'retry' | 'stop' | 'exit';
  /** Who can mend it, and so who is told. */
  tell: 'nobody' | 'maintainer' | 'operator';
}

const rules = {
  'settings-invalid': { next: 'exit', tell: 'operator' },
  'input-invalid': { next: 'exit', tell: 'operator' },
  'database-unavailable': { next: 'retry', tell: 'operator' },
  'database-in-use': { next: 'exit', tell: 'operator' },
  'record-unreadable': { next: 'stop', tell: 'operator' },
  'record-moved-on': { next: 'retry', tell: 'nobody' },
  'signing-failed': { next: 'retry', tell: 'operator' },
  'github-unavailable': { next: 'retry', tell: 'nobody' },
  'github-rate-limited': { next: 'retry', tell: 'nobody' },
  'github-unauthorized': { next: 'stop', tell: 'operator' },
  'github-forbidden': { next: 'stop', tell: 'maintainer' },
  'github-not-found': { next: 'stop', tell: 'maintainer' },
  'github-refused': { next: 'stop', tell: 'maintainer' },
  'github-answer-unreadable': { next: 'stop', tell: 'operator' },
  'model-unavailable': { next: 'retry', tell: 'nobody' },
  'model-rate-limited': { next: 'retry', tell: 'nobody' },
  'model-unauthorized': { next: 'stop', tell: 'operator' },
  'model-refused': { next: 'stop', tell: 'operator' },
  'model-blocked': { next: 'stop', tell: 'maintainer' },
  'model-cut-off': { next: 'stop', tell: 'maintainer' },
  'model-empty': { next: 'retry', tell: 'nobody' },
  'model-reply-malformed': { next: 'stop', tell: 'maintainer' },
  'policy-engine-unavailable': { next: 'retry', tell: 'operator' },
  'policy-engine-unreadable': { next: 'stop', tell: 'operator' },
  'budget-spent': { next: 'stop', tell: 'maintainer' },
  'step-timed-out': { next: 'retry', tell: 'nobody' },
  defect: { next: 'stop', tell: 'operator' },
} as const satisfies Record<string, Rule>;

export type ErrorCode = keyof typeof rules;

export const errorCodes = Object.keys(rules).filter((code): code is ErrorCode => code in rules);

export class SelfHealError extends Error {
  readonly code: ErrorCode;
  /** The other side said when to come back, in milliseconds from now. */
  readonly retryAfterMs: number | undefined;

  constructor(code: ErrorCode, message: string, options: { cause?: unknown; retryAfterMs?: number } = {}) {
    super(message, 'cause' in options ? { cause: options.cause } : {});
    this.name = 'SelfHealError';
    this.code = code;
    this.retryAfterMs = options.retryAfterMs;
  }

  get next(): Rule['next'] {
    return rules[this.code].next;
  }

  get tell(): Rule['tell'] {
    return rules[this.code].tell;
  }
}

/** Anything thrown, as a SelfHealError: what nobody coded is a defect, which stops and is never retried for ever. */
export function coded(thrown: unknown): SelfHealError {
  if (thrown instanceof SelfHealError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new SelfHealError('defect', message, { cause: thrown });
}
