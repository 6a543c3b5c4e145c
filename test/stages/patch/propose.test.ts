// The step that asks for a patch: what the model is told, and what its reply leads to.
import { describe, expect, it } from '@jest/globals';
import { Attempt } from '../../../src/incident/case-file.ts';
import type { Outcome } from '../../../src/incident/outcome.ts';
import { propose } from '../../../src/stages/patch/propose.ts';
import { openReview, openRound } from '../../incident/sample.ts';
import { deskWith, diagnosis, evidence, incidentAt, priceSource } from './sample-case.ts';

const fix =
  'price.py\n```\n<<<<<<< SEARCH\n    rate = 1 / discount\n    return price - price / rate\n=======\n    return price - price * discount\n>>>>>>> REPLACE\n```';
const reply = `Subject: fix(price): multiply by the discount\nThe discount was a divisor. Now it is a factor.\n\n${fix}`;
const attemptsOf = (outcome: Outcome) => outcome.papers.patch?.attempts ?? [];

describe('a reply that fits', () => {
  it('becomes an attempt that the case file can hold', async () => {
    const { desk, asked } = deskWith([reply]);
    const outcome = await propose(incidentAt('propose', { diagnosis }), desk);
    expect(outcome.kind).toBe('done');
    const [attempt] = attemptsOf(outcome);
    expect(Attempt.parse(attempt)).toMatchObject({
      number: 1,
      model: 'gemini-flash-latest',
      subject: 'fix(price): multiply by the discount',
      explanation: 'The discount was a divisor. Now it is a factor.',
      files: [{ path: 'price.py', before: priceSource }],
    });
    expect(attempt).not.toHaveProperty('feedback');
    expect(outcome.papers.modelCalls).toMatchObject([
      { step: 'propose', promptVersion: 'propose-3', inputTokens: 100 },
    ]);
    expect(asked).toHaveLength(1);
    expect(asked[0]).not.toHaveProperty('jsonSchema');
  });

  it('gets a subject from the diagnosis where it brings none', async () => {
    const { desk } = deskWith([fix]);
    const [attempt] = attemptsOf(await propose(incidentAt('propose', { diagnosis }), desk));
    expect(attempt?.subject).toBe('fix(price): calc divides by the discount, which may be 0');
  });

  it('keeps no secret in its words', async () => {
    const token = `ghp_${'a1B2'.repeat(9)}`;
    const { desk } = deskWith([reply.replace('Now it', `The token ${token} helps. Now it`)]);
    expect(JSON.stringify(attemptsOf(await propose(incidentAt('propose', { diagnosis }), desk)))).not.toContain(token);
  });
});

describe('a reply that does not fit spends an attempt', () => {
  it.each([
    ['no block', 'I would multiply.', 'no SEARCH/REPLACE block'],
    ['a block that is cut off', reply.slice(0, -20), 'not whole'],
    ['lines that are not there', reply.replace('1 / discount', '2 / discount'), 'really there'],
  ])('%s', async (_, text, words) => {
    const outcome = await propose(incidentAt('propose', { diagnosis }), deskWith([text]).desk);
    expect(outcome).toMatchObject({ kind: 'again', feedback: expect.stringContaining(words) });
    expect(attemptsOf(outcome)).toMatchObject([{ number: 1, files: [], feedback: expect.stringContaining(words) }]);
    expect(outcome.papers.modelCalls).toHaveLength(1);
  });

  it('a fix without a test, where nothing else shows the failure', async () => {
    const untested = { ...evidence, failures: evidence.failures.map(({ test: _, ...failure }) => failure) };
    const outcome = await propose(incidentAt('propose', { diagnosis, evidence: untested }), deskWith([reply]).desk);
    expect(outcome).toMatchObject({ kind: 'again', feedback: expect.stringContaining('regression test') });
  });

  it('the same patch again', async () => {
    const first = await propose(incidentAt('propose', { diagnosis }), deskWith([reply]).desk);
    const attempts = attemptsOf(first).map((attempt) => ({ ...attempt, feedback: 'the sandbox stayed red: E42' }));
    const { desk, asked } = deskWith([reply]);
    const second = await propose(incidentAt('propose', { diagnosis, patch: { attempts } }, 2), desk);
    expect(second).toMatchObject({ kind: 'again', feedback: expect.stringContaining('same patch') });
    expect(attemptsOf(second).map(({ number }) => number)).toEqual([1, 2]);
    expect(asked[0]?.prompt).toContain('the sandbox stayed red: E42');
    expect(asked[0]?.prompt).toContain('This is attempt 2');
  });
});

describe('a reply that was cut off', () => {
  const half = reply.slice(0, 150);
  it('is continued, also where the continuation repeats its end', async () => {
    const { desk, asked } = deskWith([{ text: half, cutOff: true }, reply.slice(130)]);
    const outcome = await propose(incidentAt('propose', { diagnosis }), desk);
    expect(outcome).toMatchObject({ kind: 'done', papers: { modelCalls: [{}, {}] } });
    expect(asked[1]).toMatchObject({ soFar: half, prompt: asked[0]?.prompt });
  });

  it('twice is an attempt that was too long', async () => {
    const { desk } = deskWith([
      { text: half, cutOff: true },
      { text: 'more', cutOff: true },
    ]);
    const outcome = await propose(incidentAt('propose', { diagnosis }), desk);
    expect(outcome).toMatchObject({ kind: 'again', feedback: expect.stringContaining('much smaller patch') });
  });
});

describe('several candidates', () => {
  const other = reply.replace('price - price * discount', 'price * (1 - discount)');
  const accept = '{"verdict":"accept","objections":[]}';
  const object = '{"verdict":"object","objections":["price.py:3 is wrong for 0.5"]}';
  const policy = { candidates: 3 };

  it('are looked at, the best goes on, and the next attempt takes the one after it', async () => {
    const { desk, asked } = deskWith([reply, other, other, object, accept], policy);
    const outcome = await propose(incidentAt('propose', { diagnosis }), desk);
    expect(asked.map(({ purpose, sample }) => [purpose, sample])).toEqual([
      ['propose', undefined],
      ['propose', 1],
      ['propose', 2],
      ['critique', undefined],
      ['critique', undefined],
    ]);
    expect(outcome).toMatchObject({ kind: 'done', said: expect.stringContaining('Of 3 replies 2 different patches') });
    expect(attemptsOf(outcome)).toMatchObject([{ diff: expect.stringContaining('(1 - discount)') }]);
    expect(outcome.papers.candidates).toMatchObject([{ opinion: { verdict: 'object' } }]);
    expect(outcome.papers.modelCalls).toHaveLength(5);

    const attempts = attemptsOf(outcome).map((attempt) => ({ ...attempt, feedback: 'stayed red' }));
    const papers = { diagnosis, patch: { attempts }, candidates: outcome.papers.candidates ?? [] };
    const second = await propose(incidentAt('propose', papers, 2), deskWith([], policy).desk);
    expect(attemptsOf(second)[1]).toMatchObject({ number: 2, diff: expect.stringContaining('price * discount') });
    expect(second.papers.candidates).toEqual([]);
  });

  it('that agree need no second look to be told apart', async () => {
    const { desk, asked } = deskWith([reply, reply, reply], policy);
    const outcome = await propose(incidentAt('propose', { diagnosis }), desk);
    expect(outcome).toMatchObject({ kind: 'done', papers: { candidates: [] } });
    expect(asked).toHaveLength(3);
  });

  it('lose nothing where one is no patch and another fails', async () => {
    const { desk } = deskWith(['I would multiply.', new Error('down'), reply], policy);
    expect(await propose(incidentAt('propose', { diagnosis }), desk)).toMatchObject({ kind: 'done' });
  });

  it('fail together with the first reason', async () => {
    const { desk } = deskWith([new Error('down'), new Error('too'), new Error('as well')], policy);
    await expect(propose(incidentAt('propose', { diagnosis }), desk)).rejects.toThrow('down');
  });
});

describe('what reviewers ask for', () => {
  const round = { ...openRound, feedback: 'ada asked for changes: keep the name @everyone' };
  const review = { ...openReview, round };

  it('is told as data, next to what was proven, and the answer may be that nothing changes', async () => {
    const first = await propose(incidentAt('propose', { diagnosis }), deskWith([reply]).desk);
    const patch = { attempts: attemptsOf(first).map((attempt) => ({ ...attempt, feedback: round.feedback })) };
    const { desk, asked } = deskWith(['No fix: the name is kept already.']);
    const outcome = await propose(incidentAt('propose', { diagnosis, patch, review }, 2), desk);
    expect(asked[0]?.prompt).toMatch(/what the reviewers ask for: data[^\n]*\nada asked for changes: keep the name/);
    expect(asked[0]?.prompt).toContain('attempt 1: proven: data');
    expect(asked[0]?.prompt.match(/keep the name/g)).toHaveLength(1);
    expect(outcome).toMatchObject({ kind: 'stop', reason: 'no-patch', said: expect.stringContaining('kept already') });
  });
});

describe('a diagnosis that wants the breaking commit back', () => {
  const sha = 'c'.repeat(40);
  const revert = { sha, why: 'Nothing uses it yet.' };
  const file = { path: 'price.py', mode: '100644' as const, commit: priceSource, base: priceSource, parent: 'x = 1\n' };
  const wanting = (files: (typeof file | (Omit<typeof file, 'parent'> & { parent: null }))[]) => ({
    diagnosis: { ...diagnosis, revert },
    evidence: { ...evidence, inverse: { sha, subject: 'price: divide', files } },
  });

  it('gets its inverse without asking a model', async () => {
    const { desk, asked } = deskWith([]);
    const outcome = await propose(incidentAt('propose', wanting([file])), desk);
    expect(asked).toHaveLength(0);
    expect(attemptsOf(outcome)).toMatchObject([{ model: 'inverse of a commit', files: [{ after: 'x = 1\n' }] }]);
  });

  it('asks the model where the commit cannot be taken back, and says why', async () => {
    const { desk, asked } = deskWith([reply]);
    const outcome = await propose(incidentAt('propose', wanting([{ ...file, parent: null }])), desk);
    expect(asked).toHaveLength(1);
    expect(outcome).toMatchObject({ kind: 'done', said: expect.stringContaining('Self-Heal deletes no file') });
  });

  it('asks the model once the inverse did not hold', async () => {
    const first = await propose(incidentAt('propose', wanting([file])), deskWith([]).desk);
    const attempts = attemptsOf(first).map((attempt) => ({ ...attempt, feedback: 'the sandbox stayed red' }));
    const { desk, asked } = deskWith([reply]);
    await propose(incidentAt('propose', { ...wanting([file]), patch: { attempts } }, 2), desk);
    expect(asked[0]?.prompt).toContain('the sandbox stayed red');
  });
});

it('a model that declines ends the incident with its reason', async () => {
  const outcome = await propose(
    incidentAt('propose', { diagnosis }),
    deskWith(['No fix: the price list is wrong.']).desk,
  );
  expect(outcome).toMatchObject({
    kind: 'stop',
    reason: 'no-patch',
    said: expect.stringContaining('the price list is wrong'),
  });
});

it('a step that runs twice leaves one attempt of its number', async () => {
  const first = await propose(incidentAt('propose', { diagnosis }), deskWith([reply]).desk);
  const patch = { attempts: attemptsOf(first) };
  const twice = await propose(incidentAt('propose', { diagnosis, patch }), deskWith([reply]).desk);
  expect(attemptsOf(twice)).toHaveLength(1);
});

describe('the prompt', () => {
  const promptFor = async (papers: Parameters<typeof incidentAt>[1], policy = {}) => {
    const { desk, asked } = deskWith([reply], policy);
    await propose(incidentAt('propose', { diagnosis, ...papers }), desk);
    return asked[0] ?? { system: '', prompt: '' };
  };

  it('shows sources verbatim, the tests there are, and the limits', async () => {
    const { prompt } = await promptFor({}, { allow: ['package.json'] });
    expect(prompt).toContain(priceSource.trimEnd());
    expect(prompt).not.toContain('EUR"\n\n');
    expect(prompt).toContain('tests/test_price.py');
    expect(prompt).toContain('5 files (2 new), 20 places, 120 added and removed source lines');
    expect(prompt).toContain('package.json');
  });

  it('holds no secret of a source', async () => {
    const secret = `ghp_${'a1B2'.repeat(9)}`;
    const sources = [{ path: 'price.py', mode: '100644' as const, text: `${priceSource}KEY = "${secret}"\n` }];
    expect((await promptFor({ evidence: { ...evidence, sources } })).prompt).not.toContain(secret);
  });

  it('stays within its budget whatever the repository, and shows what the failure points at', async () => {
    const filler = Array.from({ length: 4_000 }, (_, i) => `def filler_${i}(): return ${i}`);
    const large = [...filler.slice(0, 2_500), priceSource.trimEnd(), ...filler.slice(2_500)].join('\n');
    const at = (name: string) => ({ path: name, mode: '100644' as const, text: large });
    const failures = evidence.failures.map((failure) => ({
      ...failure,
      frames: [{ file: '/w/price.py', line: 2_503 }],
    }));
    const { system, prompt } = await promptFor({
      evidence: {
        ...evidence,
        failures,
        excerpt: 'x\n'.repeat(50_000),
        sources: [at('price.py'), at('b.py'), at('c.py')],
      },
    });
    expect(system.length + prompt.length).toBeLessThan(48_000);
    expect(prompt).toContain('    rate = 1 / discount\n');
    expect(prompt).toMatch(/lines \d+ to \d+ are not shown/);
  });

  it('has the same beginning for every incident', async () => {
    const one = await promptFor({});
    const two = await promptFor({ diagnosis: { ...diagnosis, rootCause: 'Something else.' } }, { attempts: 1 });
    expect(one.system).toBe(two.system);
  });

  it('of a later attempt begins as the first did, so that providers can cache it', async () => {
    const { desk, asked } = deskWith([reply, reply.replace('discount\n>>>', 'discount / 1\n>>>')]);
    const first = await propose(incidentAt('propose', { diagnosis }), desk);
    const attempts = attemptsOf(first).map((attempt) => ({ ...attempt, feedback: 'stayed red' }));
    await propose(incidentAt('propose', { diagnosis, patch: { attempts } }, 2), desk);
    const [one = '', two = ''] = asked.map(({ prompt }) => prompt);
    expect(two.startsWith(one.slice(0, one.lastIndexOf('Write the patch')))).toBe(true);
  });

  it('shows the globs of the policy as data', async () => {
    const { prompt } = await promptFor({}, { allow: ['package.json'], generated: ['api/**'] });
    expect(prompt).toMatch(/<<<\w+ the repository_s policy: data[\s\S]*Written by tools, never by hand: api\/\*\*/);
  });
});
