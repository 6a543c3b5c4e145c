import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { readSettings, requiredSettings } from '../../src/config/settings.ts';

const { privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 1024,
  privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
});
const noFile = (path: string): string => {
  throw new Error(`ENOENT: ${path}`);
};
const app = { APP_ID: '7', PRIVATE_KEY: privateKey, WEBHOOK_SECRET: 'a-long-secret' };

function problemsOf(env: Record<string, string | undefined>): string[] {
  const reading = readSettings(env, noFile);
  return reading.ok ? [] : reading.problems.map(({ variable, problem }) => `${variable} ${problem}`);
}

describe('readSettings', () => {
  it('needs nothing, and then has no credentials', () => {
    const settings = requiredSettings({}, noFile);
    expect(settings.credentials).toBeUndefined();
    expect(settings.github.baseUrl).toBe('https://api.github.com');
    expect(settings.database).toEqual({ url: undefined, dataDirectory: './data' });
  });

  it('takes an empty variable for an absent one', () => {
    expect(requiredSettings({ PORT: '', DATABASE_URL: '' }, noFile).server.port).toBe(3_000);
  });

  it('finds a GitHub Enterprise Server', () => {
    const { github } = requiredSettings({ GHE_HOST: 'localhost:4010', GHE_PROTOCOL: 'http' }, noFile);
    expect(github).toEqual({ baseUrl: 'http://localhost:4010/api/v3', webUrl: 'http://localhost:4010' });
  });

  it.each([
    ['as it is', { PRIVATE_KEY: privateKey }],
    ['with written-out newlines', { PRIVATE_KEY: privateKey.replaceAll('\n', '\\n') }],
    ['in base64', { PRIVATE_KEY: Buffer.from(privateKey).toString('base64') }],
    ['from a file', { PRIVATE_KEY: undefined, PRIVATE_KEY_PATH: '/run/secrets/key.pem' }],
  ])('reads the key %s', (_, key) => {
    const reading = readSettings({ ...app, ...key }, () => privateKey);
    expect(reading).toMatchObject({ ok: true, settings: { credentials: { appId: 7, privateKey } } });
  });

  it.each([
    [{ ...app, APP_ID: 'seven' }, /^APP_ID /],
    [{ ...app, APP_ID: undefined }, /^APP_ID is missing, although/],
    [{ ...app, PRIVATE_KEY: 'not a key' }, /^PRIVATE_KEY is not a private key/],
    [{ ...app, PRIVATE_KEY: undefined, PRIVATE_KEY_PATH: '/gone' }, /^PRIVATE_KEY_PATH cannot be read: ENOENT/],
    [{ ...app, WEBHOOK_SECRET: 'short' }, /^WEBHOOK_SECRET /],
    [{ DATABASE_URL: 'mysql://x' }, /^DATABASE_URL /],
    [{ GEMINI_BASE_URL: 'gemini' }, /^GEMINI_BASE_URL /],
    [{ PORT: '99999' }, /^PORT /],
    [{ LOG_LEVEL: 'loud' }, /^LOG_LEVEL /],
  ])('says which variable is wrong: %#', (env, problem) => {
    expect(problemsOf(env).join('\n')).toMatch(problem);
  });

  it('names every problem in one error, and no value', () => {
    const bad = () => requiredSettings({ PORT: 'x', PRIVATE_KEY: 'my-secret-thing' }, noFile);
    expect(bad).toThrow(/PORT/);
    expect(bad).toThrow(expect.objectContaining({ code: 'settings-invalid' }));
    expect(() => requiredSettings({ ...app, PRIVATE_KEY: 'my-secret-thing' }, noFile)).toThrow(
      /^(?![\s\S]*my-secret-thing)/,
    );
  });
});
