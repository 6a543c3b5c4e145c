// The step that asks for a patch: what the model is told, and what its reply leads to.
import { describe, expect, it } from '@jest/globals';
import { Attempt } from '../../../src/incident/case-file.ts';
import type { Outcome } from '../../../src/incident/outcome.ts';
import { propose } from '../../../src/stages/patch/propose.ts';
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
      { step: 'propose', promptVersion: 'propose-1', inputTokens: 100 },
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
    expect(prompt).toContain('5 files, 120 added and removed source lines');
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
});
