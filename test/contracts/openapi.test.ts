// The check against GitHub's description finds what a careless client or server gets wrong.
import { describe, expect, it } from '@jest/globals';
import { answerProblems, payloadProblems, requestProblems } from './openapi.ts';

const pulls = '/repos/octo/demo/pulls';
const pull = { title: 'A fix', head: 'fix', base: 'main' };

function dispatch(inputs: Record<string, string>) {
  const body = { ref: 'main', inputs, return_run_details: true };
  return { method: 'POST', path: '/repos/octo/demo/actions/workflows/ci.yml/dispatches', body };
}

const checkRuns = '/repos/octo/demo/check-runs';

function check(more: Record<string, string>) {
  const output = { title: 'Proof', summary: 'Red, green.', ...more };
  return { name: 'proof', head_sha: 'a'.repeat(40), status: 'completed', conclusion: 'success', output };
}

describe('a request', () => {
  it.each([
    ['a body with all that GitHub knows', { method: 'POST', path: pulls, body: { ...pull, draft: true } }],
    ['a typed query', { method: 'GET', path: `${pulls}?state=all&per_page=5` }],
    ['one of several bodies', { method: 'POST', path: '/repos/octo/demo/issues/1/labels', body: { labels: ['bug'] } }],
    ['an escaped slash', { method: 'GET', path: '/repos/octo/demo/git/ref/heads%2Fself-heal%2Fa' }],
    ['inputs, whose names are the repository’s own', dispatch({ incident: 'abc' })],
  ])('passes with %s', (_, request) => {
    expect(requestProblems(request)).toEqual([]);
  });

  it.each([
    ['path', { method: 'GET', path: '/repos/octo/demo/pullz' }, 'is not in the description'],
    ['method', { method: 'PUT', path: pulls }, 'is not in the description'],
    ['path parameter', { method: 'GET', path: `${pulls}/first` }, 'path: /pull_number must be integer'],
    [
      'query parameter',
      { method: 'GET', path: `${pulls}?page_size=5` },
      'query: / must NOT have additional properties',
    ],
    ['query value', { method: 'GET', path: `${pulls}?state=merged` }, 'query: /state must be equal to one of'],
    ['property', { method: 'POST', path: pulls, body: { ...pull, labels: [] } }, 'additional properties: labels'],
    ['type', { method: 'POST', path: pulls, body: { ...pull, draft: 'yes' } }, 'body: /draft must be boolean'],
    ['property further in', { method: 'POST', path: checkRuns, body: check({ colour: 'red' }) }, 'properties: colour'],
    ['body, which is missing', { method: 'POST', path: pulls }, 'body: there should be one'],
    [
      'body, where none should be',
      { method: 'POST', path: '/app/hook/deliveries/1/attempts', body: {} },
      'body: there should be none',
    ],
  ])('does not pass when wrong: %s', (_, request, problem) => {
    expect(requestProblems(request).join('\n')).toContain(problem);
  });
});

describe('an answer', () => {
  const label = { id: 1, node_id: 'LA_1', url: 'https://api/labels/bug', name: 'bug', color: 'f00', default: true };
  const answering = (answer: unknown, status = 200) =>
    answerProblems({
      ...{ method: 'GET', path: '/repos/octo/demo/labels/bug', body: undefined },
      ...{ status, contentType: 'application/json; charset=utf-8', answer },
    });

  it('passes as described, null where that may be', () => {
    expect(answering({ ...label, description: null })).toEqual([]);
    expect(answering({ message: 'Not Found', documentation_url: 'https://docs', status: '404' }, 404)).toEqual([]);
    expect(answering({ message: 'Bad credentials', documentation_url: 'https://docs', status: '401' }, 401)).toEqual(
      [],
    );
  });

  it.each([
    ['with a property missing', label, 200, "/ must have required property 'description'"],
    ['with null where it may not be', { ...label, description: null, color: null }, 200, '/color must be string'],
    [
      'with an address that is none',
      { ...label, description: null, url: 'no url' },
      200,
      '/url must match format "uri"',
    ],
    ['with an invention', { ...label, description: null, emoji: 'x' }, 200, 'additional properties: emoji'],
    ['with a status of its own', { ...label, description: null }, 203, '203 is not a documented status'],
    ['with a refusal that says nothing', { error: 'no' }, 500, 'additional properties: error'],
  ])('does not pass %s', (_, answer, status, problem) => {
    expect(answering(answer, status).join('\n')).toContain(problem);
  });

  it('has no body where there should be none, and JSON where there should be', () => {
    const exchange = { method: 'DELETE', path: '/repos/octo/demo/labels/bug', body: undefined, status: 204 };
    expect(answerProblems({ ...exchange, contentType: null, answer: undefined })).toEqual([]);
    expect(answerProblems({ ...exchange, contentType: 'application/json', answer: {} })).toEqual([
      'there should be no body',
    ]);
    const text = { method: 'GET', path: '/repos/octo/demo/labels/bug', body: undefined, status: 200 };
    expect(answerProblems({ ...text, contentType: 'text/plain', answer: 'bug' })).toEqual([
      'text/plain instead of JSON',
    ]);
  });
});

describe('a webhook', () => {
  it('does not pass when it is unknown, incomplete or more than there is', () => {
    expect(payloadProblems('issues', 'exploded', {}).join()).toContain('GitHub has no such webhook');
    expect(payloadProblems('issues', 'labeled', { action: 'labeled' })).toContain(
      "/ must have required property 'issue'",
    );
    expect(payloadProblems('push', null, { mood: 'good' })).toContain('/ must NOT have additional properties: mood');
  });
});
