// A key or a Google Cloud project → the SDK's client, with nothing of it left to variables of the SDK's own in the environment.
import { GoogleGenAI } from '@google/genai';

export interface ClientOptions {
  /** Of the Gemini API; not needed with `vertex`. */
  apiKey?: string | undefined;
  /** Vertex AI instead of the Gemini API: signs in by the machine's application default credentials. */
  vertex?: { project: string; location: string } | undefined;
  /** Google's own when absent. */
  baseUrl?: string | undefined;
}

const geminiBaseUrl = 'https://generativelanguage.googleapis.com/';
/** https://cloud.google.com/vertex-ai/generative-ai/docs/learn/locations: these span regions, and have addresses of their own. */
const multiRegions = ['us', 'eu'];

/** Without `retryOptions` the SDK does not retry by itself. */
export function geminiClient({ apiKey = '', vertex, baseUrl }: ClientOptions): GoogleGenAI {
  if (vertex)
    return new GoogleGenAI({
      vertexai: true,
      ...vertex,
      apiVersion: 'v1beta1',
      httpOptions: { baseUrl: baseUrl ?? vertexBaseUrl(vertex.location) },
      googleAuthOptions: {
        // Without it the library looks for one: by a request, or by starting gcloud.
        projectId: vertex.project,
        // Tries are counted and waited for in one place, for sign-in and question together.
        clientOptions: { transporterOptions: { retryConfig: { retry: 0 } } },
      },
    });
  return new GoogleGenAI({
    apiKey,
    vertexai: false,
    apiVersion: 'v1beta',
    httpOptions: { baseUrl: baseUrl ?? geminiBaseUrl },
  });
}

function vertexBaseUrl(location: string): string {
  if (location === 'global') return 'https://aiplatform.googleapis.com/';
  if (multiRegions.includes(location)) return `https://aiplatform.${location}.rep.googleapis.com/`;
  return `https://${location}-aiplatform.googleapis.com/`;
}
