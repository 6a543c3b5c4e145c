// One call through the SDK → its answer in time, or the failure of the model that was called.
import type { HttpOptions } from '@google/genai';
import type { ClientOptions } from './client.ts';
import { modelFailure } from './errors.ts';

interface CallConfig {
  abortSignal: AbortSignal;
  httpOptions: HttpOptions;
}

export async function called<Answer>(
  options: ClientOptions & { model: string },
  signal: AbortSignal,
  call: (config: CallConfig) => Promise<Answer>,
): Promise<Answer> {
  let sent = false;
  // The SDK's own fetch reaches for undici's global dispatcher, which not every realm has: jest's has none.
  const send: typeof fetch = (url, init) => {
    sent = true;
    return fetch(url, init);
  };
  try {
    return await unlessAborted(signal, () => call({ abortSignal: signal, httpOptions: { fetch: send } }));
  } catch (error) {
    throw modelFailure(error, { ...options, sent });
  }
}

/** Whatever the work waits for, the sign-in of Vertex AI for instance, which heeds no signal: the caller goes on at once. */
export function unlessAborted<Result>(signal: AbortSignal, work: () => Promise<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    const leave = () => reject(signal.reason);
    if (signal.aborted) return leave();
    signal.addEventListener('abort', leave, { once: true });
    work()
      .then(resolve, reject)
      .finally(() => signal.removeEventListener('abort', leave));
  });
}
