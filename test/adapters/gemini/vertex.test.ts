import { createVerify, generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import nock from 'nock';
import { startGemini } from '../../../simulator/gemini/server.ts';
import { availableModels } from '../../../src/adapters/gemini/available.ts';
import { failure, logged, model, question } from './scene.ts';

const accessToken = 'ya29.the-token-of-the-tests';
const project = 'demo-project';
const location = 'europe-west4';
const account = 'self-heal@demo-project.iam.gserviceaccount.com';
const keys = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
});

let folder: string;
let credentials: string;
let gemini: Awaited<ReturnType<typeof startGemini>>;
/** What was shown to the token endpoint: nothing of it may be told to anybody. */
let assertions: string[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'self-heal-vertex-'));
  credentials = join(folder, 'credentials.json');
  await writeFile(
    credentials,
    JSON.stringify({
      type: 'service_account',
      project_id: 'another-project',
      private_key_id: '1',
      private_key: keys.privateKey,
      client_email: account,
    }),
  );
  gemini = await startGemini({ vertex: { accessToken, project } });
});
beforeEach(() => {
  nock.disableNetConnect();
  nock.enableNetConnect('127.0.0.1');
  process.env.GOOGLE_APPLICATION_CREDENTIALS = credentials;
  assertions = [];
  logged.length = 0;
});
afterEach(() => {
  delete process.env.GOOGLE_APPLICATION_CREDENTIALS;
  const leftOver = nock.pendingMocks();
  nock.cleanAll();
  expect(leftOver).toEqual([]);
  for (const secret of [accessToken, ...assertions]) expect(logged.join('')).not.toContain(secret);
});
afterAll(async () => {
  nock.restore();
  await gemini.close();
  await rm(folder, { recursive: true, force: true });
});

const here = (options: Parameters<typeof model>[0] = {}) =>
  model({ apiKey: undefined, vertex: { project, location }, baseUrl: gemini.url, ...options });

/** Google's token endpoint: takes what the account's key has signed, for the cloud platform and nothing else. */
function tokenEndpoint(): nock.Interceptor {
  return nock('https://oauth2.googleapis.com').post('/token', (body) => {
    const assertion = new URLSearchParams(body).get('assertion') ?? '';
    assertions.push(assertion);
    const [header = '', claims = '', signature = ''] = assertion.split('.');
    expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toMatchObject({
      iss: account,
      scope: 'https://www.googleapis.com/auth/cloud-platform',
    });
    return createVerify('RSA-SHA256').update(`${header}.${claims}`).verify(keys.publicKey, signature, 'base64url');
  });
}
const signsIn = (token = accessToken) =>
  tokenEndpoint().reply(200, { access_token: token, token_type: 'Bearer', expires_in: 3_599 });

async function vertexFailure(promise: Promise<unknown>) {
  const error = await failure(promise);
  const shown = inspect(error, { depth: 12, showHidden: true });
  for (const secret of [accessToken, keys.privateKey, ...assertions]) expect(shown).not.toContain(secret);
  return error;
}

describe('with Vertex AI, a question', () => {
  it('signs in by the application default credentials, once for many questions', async () => {
    signsIn();
    gemini.reply('Because.');
    gemini.reply('And because.');
    const asked = here();
    expect(await asked.ask(question)).toMatchObject({ text: 'Because.', tried: [] });
    expect((await asked.ask(question)).text).toBe('And because.');
  });

  it('takes nothing from the key and the variables of the Gemini API', async () => {
    signsIn();
    gemini.reply('Because.');
    jest.spyOn(console, 'debug').mockReturnValue();
    process.env.GOOGLE_API_KEY = 'AIza-somebody-elses';
    process.env.GOOGLE_VERTEX_BASE_URL = 'https://elsewhere.example';
    process.env.GOOGLE_CLOUD_PROJECT = 'yet-another-project';
    try {
      expect((await here({ apiKey: 'AIza-not-needed' }).ask(question)).text).toBe('Because.');
    } finally {
      jest.restoreAllMocks();
      for (const name of ['GOOGLE_API_KEY', 'GOOGLE_VERTEX_BASE_URL', 'GOOGLE_CLOUD_PROJECT']) delete process.env[name];
    }
  });

  it('goes to the project and the location, at Google’s address for it', async () => {
    signsIn();
    nock('https://europe-west4-aiplatform.googleapis.com', {
      reqheaders: { authorization: `Bearer ${accessToken}` },
      badheaders: ['x-goog-api-key'],
    })
      .post(
        `/v1beta1/projects/${project}/locations/${location}/publishers/google/models/gemini-flash-latest:generateContent`,
      )
      .reply(200, { candidates: [{ content: { parts: [{ text: 'Here.' }] }, finishReason: 'STOP' }] });
    expect((await here({ baseUrl: undefined }).ask(question)).text).toBe('Here.');
  });

  it('finds the addresses of Google’s other locations', async () => {
    for (const [place, host] of [
      ['global', 'aiplatform.googleapis.com'],
      ['eu', 'aiplatform.eu.rep.googleapis.com'],
    ] as const) {
      signsIn();
      nock(`https://${host}`)
        .post(/generateContent$/)
        .reply(200, { candidates: [{ content: { parts: [{ text: host }] }, finishReason: 'STOP' }] });
      expect((await here({ vertex: { project, location: place }, baseUrl: undefined }).ask(question)).text).toBe(host);
    }
  });

  it('is refused with another token', async () => {
    signsIn('ya29.of-somebody-else');
    const error = await vertexFailure(here().ask(question));
    expect(error.code).toBe('model-unauthorized');
    expect(error.message).toContain('application default credentials');
  });

  it('is refused without telling the token, even where Google repeats it', async () => {
    signsIn();
    nock('https://aiplatform.googleapis.com')
      .post(/generateContent$/)
      .reply(401, { error: { code: 401, message: `Bad token ${accessToken} of ${assertions}`, status: 'X' } });
    const error = await vertexFailure(
      here({ vertex: { project, location: 'global' }, baseUrl: undefined }).ask(question),
    );
    expect(error.message).toContain('Bad token [token]');
  });

  it('is refused in a project of somebody else', async () => {
    signsIn();
    const error = await vertexFailure(here({ vertex: { project: 'foreign', location } }).ask(question));
    expect(error.code).toBe('model-unauthorized');
    expect(error.message).toContain("Permission 'aiplatform.endpoints.predict' denied");
  });

  it.each([
    ['does not know the account', 400, { error: 'invalid_grant', error_description: 'Invalid JWT Signature.' }, 1],
    ['is overloaded', 503, { error: 'internal_failure' }, 3],
  ])('cannot be asked while the token endpoint %s, at most three times', async (_, status, body, times) => {
    tokenEndpoint().times(times).reply(status, body);
    const error = await vertexFailure(here().ask(question, ['gemini-flash-latest']));
    expect(error.code).toBe(status === 400 ? 'model-unauthorized' : 'model-unavailable');
  });

  it('cannot be asked when the token endpoint is out of reach', async () => {
    tokenEndpoint()
      .times(3)
      .replyWithError(Object.assign(new Error('connect refused'), { code: 'ECONNREFUSED' }));
    expect((await vertexFailure(here().ask(question))).code).toBe('model-unavailable');
  });

  it('waits no longer for the token endpoint than for the model', async () => {
    tokenEndpoint().optionally().times(3).delay(2_000).reply(200, {});
    const error = await vertexFailure(here({ timeoutMs: 20 }).ask(question));
    expect(error).toMatchObject({ code: 'model-unavailable', message: 'gemini-flash-latest: did not answer in time.' });
    nock.abortPendingRequests();
  });

  it('cannot be asked without credentials', async () => {
    process.env.GOOGLE_APPLICATION_CREDENTIALS = join(folder, 'none.json');
    const error = await vertexFailure(here().ask(question));
    expect(error).toMatchObject({ code: 'model-unauthorized', tell: 'operator' });
    expect(error.message).toContain('the sign-in to Vertex AI failed');
  });
});

describe('with Vertex AI, the models of the settings', () => {
  const look = (models: string[]) => availableModels({ vertex: { project, location }, baseUrl: gemini.url, models });

  it('are told by name when they can be asked', async () => {
    signsIn();
    expect(await look(['gemini-flash-latest', 'gemini-2.5-pro'])).toEqual(['gemini-flash-latest', 'gemini-2.5-pro']);
  });

  it('cannot be asked where the location does not have them', async () => {
    signsIn();
    const error = await vertexFailure(look(['gemini-nonsense']));
    expect(error.code).toBe('model-refused');
    expect(error.message).toContain(
      `projects/${project}/locations/${location}/publishers/google/models/gemini-nonsense`,
    );
  });

  it('cannot be asked without credentials', async () => {
    process.env.GOOGLE_APPLICATION_CREDENTIALS = join(folder, 'none.json');
    expect((await vertexFailure(look(['gemini-flash-latest']))).code).toBe('model-unauthorized');
  });
});
