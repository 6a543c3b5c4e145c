import { describe, expect, it } from '@jest/globals';
import type { Candidate } from '../../../src/incident/case-file.ts';
import { distinct, ranked } from '../../../src/stages/patch/ranking.ts';
import { unifiedDiff } from '../../../src/text/unified-diff.ts';
import { patched, priceSource } from './sample-case.ts';

function candidate(subject: string, after: string, others: Partial<Candidate> = {}): Candidate {
  const files = others.files ?? [patched('price.py', priceSource, after)];
  return { model: 'm', subject, explanation: '', files, diff: unifiedDiff(files) ?? '', ...others };
}
const small = candidate('small', priceSource.replace('rate = 1 /', 'rate = 2 /'));
const large = candidate('large', priceSource.replaceAll('price', 'cost'));
const elsewhere = candidate('elsewhere', '', { files: [patched('lib/tax.py', 'x\n', 'y\n')] });
const order = (...all: Candidate[]) => ranked(distinct(all), { files: ['price.py'] }).map(({ subject }) => subject);
const said = (one: Candidate, verdict: 'accept' | 'object'): Candidate => ({
  ...one,
  opinion: { verdict, objections: [] },
});

describe('candidates', () => {
  it('that are equal but for white space at line ends count once', () => {
    const spaced = { ...small, diff: small.diff.replaceAll('discount\n', 'discount  \n') };
    expect(distinct([small, spaced, large])).toMatchObject([{ agreement: 2 }, { agreement: 1 }]);
  });

  it('come in the order of the second look, agreement, the files of the diagnosis, and size', () => {
    expect(order(large, small)).toEqual(['small', 'large']);
    expect(order(small, large, large)).toEqual(['large', 'small']);
    expect(order(elsewhere, large)).toEqual(['large', 'elsewhere']);
    expect(order(said(small, 'object'), small, said(large, 'accept'))).toEqual(['large', 'small']);
    expect(order(said(small, 'object'), elsewhere)).toEqual(['elsewhere', 'small']);
  });
});
