// Names of models → the same names, if each can be asked with this key or these credentials.
import { called } from './call.ts';
import { type ClientOptions, geminiClient } from './client.ts';
import { modelFailure } from './errors.ts';
import { noReply } from './model-failure.ts';

const timeoutMs = 15_000;

/** Counting tokens costs nothing, and needs all that a question needs: sign-in, project, location and model. */
export async function availableModels(options: ClientOptions & { models: readonly string[] }): Promise<string[]> {
  const client = geminiClient(options);
  const names = [...new Set(options.models)];
  for (const model of names) {
    const call = { ...options, model };
    try {
      await called(call, AbortSignal.timeout(timeoutMs), (config) =>
        client.models.countTokens({ model, contents: 'Hello', config }),
      );
    } catch (error) {
      throw noReply([modelFailure(error, call)], options);
    }
  }
  return names;
}
