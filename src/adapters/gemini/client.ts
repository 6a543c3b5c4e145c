// Key and address → the SDK's client, with nothing of it left to variables of the SDK's own in the environment.
import { GoogleGenAI } from '@google/genai';

export interface ClientOptions {
  /** How the Gemini API signs in; Vertex AI, which signs in by account, would be an alternative to this one field. */
  apiKey: string;
  /** Google's own when absent. */
  baseUrl?: string | undefined;
}

const googleBaseUrl = 'https://generativelanguage.googleapis.com/';

/** Without `retryOptions` the SDK does not retry by itself. */
export function geminiClient({ apiKey, baseUrl = googleBaseUrl }: ClientOptions): GoogleGenAI {
  return new GoogleGenAI({
    apiKey,
    vertexai: false,
    apiVersion: 'v1beta',
    httpOptions: {
      baseUrl,
      // The SDK's own fetch reaches for undici's global dispatcher, which not every realm has: jest's has none.
      fetch: (url, init) => fetch(url, init),
    },
  });
}
