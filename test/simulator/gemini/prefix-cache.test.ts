// Implicit caching of the simulated Gemini, as the usage of its answers shows it.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startGemini } from '../../../simulator/gemini/server.ts';
import { sdk } from './sdk.ts';

let gemini: Awaited<ReturnType<typeof startGemini>>;
beforeEach(async () => {
  gemini = await startGemini();
});
afterEach(() => gemini.close());

/** A token a line: a word of one letter, and the line's end counts by itself. */
const lines = (count: number) => 'x\n'.repeat(count / 2);

async function cached(contents: string, model = 'gemini-flash-latest', systemInstruction = 'You read logs.') {
  gemini.reply('yes');
  const { usageMetadata } = await sdk(gemini.url).models.generateContent({
    model,
    contents,
    config: { systemInstruction },
  });
  return usageMetadata?.cachedContentTokenCount;
}

describe('the beginning that a prompt has in common with an earlier one', () => {
  it('is cached from the published length on, which depends on the model', async () => {
    for (const model of ['gemini-flash-latest', 'gemini-2.5-pro']) {
      expect(await cached(`${lines(3_000)}first`, model)).toBeUndefined();
    }
    expect(await cached(`${lines(3_000)}second`, 'gemini-flash-latest')).toBeUndefined();
    expect(await cached(`${lines(3_000)}second`, 'gemini-2.5-pro')).toBeGreaterThanOrEqual(3_000);
    expect(await cached(`${lines(5_000)}third`)).toBeUndefined();
    expect(await cached(`${lines(5_000)}fourth`)).toBeGreaterThanOrEqual(5_000);
  });

  it('is cached for the model that read it, by whatever name, and by no other', async () => {
    const prompt = lines(5_000);
    await cached(prompt);
    expect(await cached(prompt, 'gemini-3.5-flash')).toBeGreaterThanOrEqual(5_000);
    expect(await cached(prompt, 'gemini-pro-latest')).toBeUndefined();
  });

  it('ends where the first word differs, be it in the system instruction', async () => {
    const prompt = lines(5_000);
    await cached(prompt);
    expect(await cached(`first\n${prompt}`)).toBeUndefined();
    expect(await cached(prompt, 'gemini-flash-latest', 'You write patches.')).toBeUndefined();
  });

  it('is not cached when the model never read it', async () => {
    gemini.fault({ kind: 'unavailable' });
    const prompt = lines(5_000);
    await expect(
      sdk(gemini.url).models.generateContent({ model: 'gemini-flash-latest', contents: prompt }),
    ).rejects.toThrow();
    expect(await cached(prompt)).toBeUndefined();
  });
});
