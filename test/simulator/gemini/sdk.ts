// A Gemini's address and a key → Google's own SDK, set up for tests.
import { GoogleGenAI } from '@google/genai';

/** A fetch of its own, because the SDK's default one looks for undici's dispatcher on the global object, which jest's sandbox has not. */
export function sdk(baseUrl: string, apiKey = 'any-key'): GoogleGenAI {
  return new GoogleGenAI({ apiKey, httpOptions: { baseUrl, fetch: (input, init) => fetch(input, init) } });
}
