// Faults that were asked for → the answers that matching requests get instead of their own.
import type { Answer } from './call.ts';
import type { GitHubControl } from './contract.ts';

export type ApiFault = Parameters<GitHubControl['failApi']>[0];

const messages: Record<number, string> = {
  403: 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.',
  429: 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.',
  500: 'Server Error',
  502: 'Server Error',
  503: 'Service unavailable',
};

export class FailingApi {
  #faults: ApiFault[] = [];

  /** `times: 0` takes earlier faults for the same path back. */
  add(fault: ApiFault): void {
    this.#faults = this.#faults.filter((one) => one.path.source !== fault.path.source || one.method !== fault.method);
    if (fault.times > 0) this.#faults.push({ ...fault });
  }

  take(method: string, path: string): Answer | null {
    const fault = this.#faults.find((one) => (one.method ?? method) === method && one.path.test(path) && one.times > 0);
    if (!fault) return null;
    fault.times -= 1;
    const message = messages[fault.status] ?? 'Something went wrong';
    const body = fault.body ?? {
      message,
      documentation_url: 'https://docs.github.com/rest',
      status: String(fault.status),
    };
    return { status: fault.status, body, headers: fault.headers ?? {} };
  }
}
