// The second look: accepted, objected to, unusable; bounded by the attempts.
import { describe, expect, it } from '@jest/globals';
import { critique } from '../../../src/stages/patch/critique.ts';
import { tainted } from '../../../src/text/taint.ts';
import { openReview, openRound } from '../../incident/sample.ts';
import { attempt, deskWith, diagnosis, incidentAt, patched, priceSource } from './sample-case.ts';

const files = [patched('price.py', priceSource, priceSource.replace('rate = 1 / discount', 'rate = 0'))];
const papers = { diagnosis, patch: { attempts: [{ ...attempt(files), explanation: 'because I say so' }] } };
const objecting = JSON.stringify({
  verdict: 'object',
  objections: ['price.py:3 returns nonsense for a discount of 0.5.'],
});

describe('critique', () => {
  it('accepts', async () => {
    const { desk, asked } = deskWith(['{"verdict":"accept","objections":[]}']);
    expect(await critique(incidentAt('critique', papers), desk)).toMatchObject({
      kind: 'done',
      papers: { modelCalls: [{ step: 'critique', promptVersion: 'critique-2' }] },
    });
    expect(asked[0]?.prompt).toContain('-    rate = 1 / discount');
    expect(asked[0]?.prompt).not.toContain('because I say so');
    expect(asked[0]?.jsonSchema).toMatchObject({ type: 'object', required: ['verdict', 'objections'] });
  });

  it('objects, and the attempt keeps why', async () => {
    const outcome = await critique(incidentAt('critique', papers), deskWith([objecting]).desk);
    expect(outcome).toMatchObject({ kind: 'again', feedback: expect.stringContaining('discount of 0.5') });
    expect(outcome.papers.patch?.attempts).toMatchObject([{ feedback: expect.stringContaining('discount of 0.5') }]);
  });

  it('leaves the last attempt to the proof', async () => {
    const outcome = await critique(incidentAt('critique', papers, 3), deskWith([objecting]).desk);
    expect(outcome).toMatchObject({ kind: 'done', said: expect.stringContaining('discount of 0.5') });
  });

  it('leaves the last attempt of a round that reviewers began to the proof, and no earlier one', async () => {
    const review = { ...openReview, round: { ...openRound, lastAttempt: 5 } };
    const judged = async (number: number) =>
      (await critique(incidentAt('critique', { ...papers, review }, number), deskWith([objecting]).desk)).kind;
    expect([await judged(4), await judged(5)]).toEqual(['again', 'done']);
  });

  it('notes what it was shown in the ledger', async () => {
    const taint = [
      tainted({ source: 'job log', of: 'test', text: 'x' }),
      tainted({ source: 'source file', of: 'price.py', text: 'x' }),
      tainted({ source: 'source file', of: 'lib/tax.py', text: 'x' }),
    ];
    const outcome = await critique(incidentAt('critique', { ...papers, taint }), deskWith([objecting]).desk);
    expect(outcome.papers.taint?.map(({ went }) => went)).toEqual([['critique'], ['critique'], []]);
  });

  it.each(['', 'looks good', '{"verdict":"maybe"}'])(
    'asks once more when the answer is %j, then goes on',
    async (text) => {
      const { desk, asked } = deskWith([text, text]);
      const outcome = await critique(incidentAt('critique', papers), desk);
      expect(outcome).toMatchObject({ kind: 'done', papers: { modelCalls: [{}, {}] } });
      expect(asked[1]?.prompt).toContain('your last reply');
    },
  );

  it('takes an objection without words for none', async () => {
    const { desk } = deskWith(['{"verdict":"object","objections":[" "]}']);
    expect(await critique(incidentAt('critique', papers), desk)).toMatchObject({ kind: 'done' });
  });

  it('takes the second answer where the first is no JSON', async () => {
    const { desk } = deskWith(['Looks wrong.', objecting]);
    expect(await critique(incidentAt('critique', papers), desk)).toMatchObject({ kind: 'again' });
  });

  it('is shown what else calls the function that changes', async () => {
    const { desk, asked } = deskWith(['{"verdict":"accept","objections":[]}']);
    await critique(incidentAt('critique', papers), desk);
    expect(asked[0]?.prompt).toContain('tests/test_price.py:8: self.assertEqual(calc(10, 0.5), 5)');
  });

  it('does not ask again about a candidate that was looked at', async () => {
    const judged = attempt(files);
    const opinion = { verdict: 'object' as const, objections: ['price.py:3 is wrong'] };
    const patch = { attempts: [{ ...judged, opinion }] };
    const outcome = await critique(incidentAt('critique', { diagnosis, patch }), deskWith([]).desk);
    expect(outcome).toMatchObject({ kind: 'again', feedback: expect.stringContaining('price.py:3 is wrong') });
  });
});
