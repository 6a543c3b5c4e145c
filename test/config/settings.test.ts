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

  it('asks the Gemini API, two flash models before a pro one, and leaves the rest to the models', () => {
    expect(requiredSettings({ GEMINI_API_KEY: 'AIza' }, noFile).gemini).toEqual({
      apiKey: 'AIza',
      baseUrl: undefined,
      vertex: undefined,
      ladder: ['gemini-flash-latest', 'gemini-flash-latest', 'gemini-pro-latest'],
      allowedModels: ['gemini-flash-latest', 'gemini-pro-latest'],
      temperature: undefined,
      thinkingLevel: undefined,
      seed: undefined,
      maxOutputTokens: 32_768,
      concurrency: 2,
      timeoutMs: 120_000,
    });
  });

  it('asks Vertex AI where it is told to, and a repository may name what the operator allows', () => {
    const { gemini } = requiredSettings(
      {
        GOOGLE_GENAI_USE_VERTEXAI: '1',
        GOOGLE_CLOUD_PROJECT: 'demo-project',
        GEMINI_LADDER: 'gemini-2.5-flash, gemini-2.5-pro',
        GEMINI_ALLOWED_MODELS: 'gemini-2.5-pro,gemini-2.5-flash-lite',
        GEMINI_TEMPERATURE: '0.2',
        GEMINI_THINKING_LEVEL: 'low',
        GEMINI_SEED: '0',
      },
      noFile,
    );
    expect(gemini).toMatchObject({
      vertex: { project: 'demo-project', location: 'global' },
      ladder: ['gemini-2.5-flash', 'gemini-2.5-pro'],
      allowedModels: ['gemini-2.5-flash', 'gemini-2.5-pro', 'gemini-2.5-flash-lite'],
      temperature: 0.2,
      thinkingLevel: 'low',
      seed: 0,
    });
  });

  it('takes a project for no wish to use Vertex AI: other tools of Google read it, too', () => {
    expect(requiredSettings({ GOOGLE_CLOUD_PROJECT: 'demo-project' }, noFile).gemini.vertex).toBeUndefined();
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

  it('takes a command that signs in the place of the key', () => {
    const reading = readSettings({ ...app, PRIVATE_KEY: '', SIGNING_COMMAND: ' /opt/sign  --key app ' }, noFile);
    expect(reading).toMatchObject({
      ok: true,
      settings: { credentials: { appId: 7, signingCommand: ['/opt/sign', '--key', 'app'] } },
    });
    expect(reading.ok && reading.settings.credentials).not.toHaveProperty('privateKey');
  });

  it('knows the operator’s policy engine, where there is one', () => {
    expect(requiredSettings({}, noFile).policyEngine).toBeUndefined();
    const url = 'http://127.0.0.1:8181/v1/data/self_heal';
    expect(requiredSettings({ OPA_URL: url }, noFile).policyEngine).toEqual({ url, token: undefined });
  });

  it.each([
    [{ ...app, APP_ID: 'seven' }, /^APP_ID /],
    [{ ...app, PRIVATE_KEY_PATH: '/key.pem' }, /^PRIVATE_KEY_PATH is set besides PRIVATE_KEY/],
    [{ ...app, SIGNING_COMMAND: '/opt/sign' }, /^SIGNING_COMMAND is set besides PRIVATE_KEY/],
    [{ ...app, PRIVATE_KEY: undefined, SIGNING_COMMAND: '  ' }, /^SIGNING_COMMAND /],
    [{ OPA_URL: 'file:///etc/passwd' }, /^OPA_URL /],
    [
      { OPA_URL: 'https://operator:secret@opa.example/v1/data/x' },
      /^OPA_URL has a name or password in it: use OPA_TOKEN$/,
    ],
    [{ ...app, APP_ID: undefined }, /^APP_ID is missing, although/],
    [{ ...app, PRIVATE_KEY: 'not a key' }, /^PRIVATE_KEY is not a private key/],
    [{ ...app, PRIVATE_KEY: undefined, PRIVATE_KEY_PATH: '/gone' }, /^PRIVATE_KEY_PATH cannot be read: ENOENT/],
    [{ ...app, WEBHOOK_SECRET: 'short' }, /^WEBHOOK_SECRET /],
    [{ DATABASE_URL: 'mysql://x' }, /^DATABASE_URL /],
    [{ GEMINI_BASE_URL: 'gemini' }, /^GEMINI_BASE_URL /],
    [{ GEMINI_LADDER: 'gemini-flash-latest,,gemini-pro-latest' }, /^GEMINI_LADDER names of models/],
    [{ GEMINI_TEMPERATURE: '2.1' }, /^GEMINI_TEMPERATURE /],
    [{ GEMINI_THINKING_LEVEL: 'minimal' }, /^GEMINI_THINKING_LEVEL /],
    [{ GEMINI_MAX_OUTPUT_TOKENS: '99999' }, /^GEMINI_MAX_OUTPUT_TOKENS /],
    [{ GOOGLE_GENAI_USE_VERTEXAI: 'perhaps' }, /^GOOGLE_GENAI_USE_VERTEXAI /],
    [{ GOOGLE_GENAI_USE_VERTEXAI: 'true' }, /^GOOGLE_CLOUD_PROJECT is missing, although/],
    [{ GOOGLE_CLOUD_PROJECT: 'a/b' }, /^GOOGLE_CLOUD_PROJECT is not the id/],
    [{ GOOGLE_CLOUD_LOCATION: 'evil.example/' }, /^GOOGLE_CLOUD_LOCATION is not the name/],
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
