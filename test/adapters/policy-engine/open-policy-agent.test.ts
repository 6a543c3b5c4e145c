import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { freePort } from '../../../demo/free-port.ts';
import { openPolicyAgent } from '../../../src/adapters/policy-engine/open-policy-agent.ts';
import type { PolicyQuestion } from '../../../src/ports.ts';
import { type PolicyServer, policyServer } from './stand-in.ts';

let server: PolicyServer;
beforeAll(async () => {
  server = await policyServer();
});
beforeEach(() => {
  server.asked.length = 0;
});
afterAll(() => server.close());

const question: PolicyQuestion = {
  incident: { id: 'x', repository: 'a/b', private: true, branch: 'main', sha: 'c', attempt: 1, trigger: 'issue' },
  diagnosis: { kind: 'code', rootCause: '', mechanism: '', files: [], change: '', risk: 'low', confidence: 1 },
  files: [{ path: 'a.ts', status: 'added', mode: '100644', isTest: false, diff: '+x' }],
};
const ask = (signal = new AbortController().signal) =>
  openPolicyAgent({ url: server.url, token: 'a-token' }).denials(question, signal);

it('the rule is asked with the input, and by whom', async () => {
  server.decides([]);
  await ask();
  expect(server.asked).toEqual([{ path: '/v1/data/self_heal', authorization: 'Bearer a-token', input: question }]);
});

describe('the decision', () => {
  it.each([
    ['no reasons', [], []],
    ['reasons', ['no Fridays', 'not billing'], ['no Fridays', 'not billing']],
    ['true', true, []],
    ['a package that denies nothing', { deny: [] }, []],
    ['a package with other rules', { allow: true, deny: [], version: 3 }, []],
    ['a package that denies', { deny: ['not billing'] }, ['not billing']],
    ['a package that denies and allows', { allow: true, deny: ['not billing'] }, ['not billing']],
    ['a long reason', ['x'.repeat(2_000)], [`${'x'.repeat(500)}…`]],
  ])('%s', async (_, result, denials) => {
    server.decides(result);
    expect(await ask()).toEqual(denials);
  });

  it.each([
    ['false', false],
    ['a package that does not allow', { allow: false }],
    ['a package that does not allow, without reasons', { allow: false, deny: [] }],
  ])('%s', async (_, result) => {
    server.decides(result);
    expect(await ask()).toEqual([expect.stringContaining('does not allow')]);
  });
});

describe('whatever is no decision denies:', () => {
  it.each([
    ['a rule that is not there', undefined],
    ['nothing', null],
    ['a number', 0],
    ['a word', 'allow'],
    ['a package without the rules', { permit: true }],
    ['an empty package', {}],
    ['a word for true', { allow: 'true' }],
    ['reasons that are no texts', { allow: true, deny: [{ msg: 'no' }] }],
    ['one reason without its list', { deny: 'no' }],
  ])('%s', async (_, result) => {
    server.decides(result);
    await expect(ask()).rejects.toMatchObject({ code: 'policy-engine-unreadable', next: 'stop', tell: 'operator' });
  });

  it.each([
    [400, '{"code": "invalid_parameter"}'],
    [401, '{"code": "unauthorized"}'],
    [404, '{"result": true}'],
    [204, ''],
    [200, 'allow'],
    [200, ''],
    [200, `{"result": true, "x": "${'x'.repeat(300_000)}"}`],
  ])('%i %.40s', async (status, body) => {
    server.answers(status, body);
    await expect(ask()).rejects.toMatchObject({ code: 'policy-engine-unreadable' });
  });

  it.each([500, 503, 429])('%i, which may pass', async (status) => {
    server.answers(status, '{"result": true}');
    await expect(ask()).rejects.toMatchObject({ code: 'policy-engine-unavailable', next: 'retry', tell: 'operator' });
  });

  it('an answer somewhere else', async () => {
    server.answers(307);
    await expect(ask()).rejects.toMatchObject({ code: 'policy-engine-unavailable' });
  });

  it.each([
    ['', 'The policy engine gave no answer: ECONNREFUSED.'],
    ['operator:secret@', 'The policy engine gave no answer: TypeError.'],
  ])('nobody there, and the address is not told', async (who, message) => {
    const url = `http://${who}127.0.0.1:${await freePort()}/v1/data/x`;
    const asking = openPolicyAgent({ url, token: undefined }).denials(question, new AbortController().signal);
    await expect(asking).rejects.toMatchObject({ code: 'policy-engine-unavailable', message });
  });

  it('a step that is over', async () => {
    server.decides(true);
    await expect(ask(AbortSignal.abort())).rejects.toMatchObject({ code: 'policy-engine-unavailable' });
  });
});
