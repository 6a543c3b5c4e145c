// The models that the settings name → their names, if each can be asked with this key.
import { type ClientOptions, geminiClient } from './client.ts';
import { geminiError } from './errors.ts';

const timeoutMs = 15_000;

export async function availableModels(
  options: ClientOptions & { model: string; strongModel: string },
): Promise<string[]> {
  const client = geminiClient(options);
  const names = [...new Set([options.model, options.strongModel])];
  try {
    for (const model of names) {
      await client.models.get({ model, config: { abortSignal: AbortSignal.timeout(timeoutMs) } });
    }
    return names;
  } catch (error) {
    throw geminiError(error, options.apiKey);
  }
}
