// Embeddings of the simulated Gemini: unit length, the same every time, near for similar texts.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { embedding } from '../../../simulator/gemini/embedding.ts';

const cosine = (a: number[], b: number[]) => a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);

describe('embedding', () => {
  it('is a unit vector of the wanted length for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 768 }), (text, dimensions) => {
        const vector = embedding(text, dimensions);
        expect(vector).toHaveLength(dimensions);
        const length = Math.hypot(...vector);
        expect(length).toBeCloseTo(1, 6);
        expect(embedding(text, dimensions)).toEqual(vector);
      }),
    );
  });

  it('is nearer for texts that share words than for texts that do not', () => {
    const failure = embedding('ZeroDivisionError: division by zero in pricing.calc', 768);
    const similar = embedding('pricing.calc raised ZeroDivisionError, a division by zero', 768);
    const other = embedding('connect ECONNREFUSED 10.0.0.7:5432 while opening the pool', 768);
    expect(cosine(failure, similar)).toBeGreaterThan(0.5);
    expect(cosine(failure, other)).toBeLessThan(0.25);
  });
});
