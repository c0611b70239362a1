import { describe, expect, test } from 'vitest';
import { weighRead } from './attribution.ts';

const weigh = (kind: 'sure' | 'guess', confidence: number, inStartList: boolean | null) =>
  weighRead({ read: { kind, confidence }, inStartList, sureConfidence: 0.7 }).probability;

const PUBLISHED = 0.95;

describe('the probability of a tag', () => {
  test.each([0.7, 0.85, 0.999])(
    'a sure read of confidence %d is published, with or without a start list',
    (confidence) => {
      expect(weigh('sure', confidence, null)).toBeGreaterThanOrEqual(PUBLISHED);
      expect(weigh('sure', confidence, true)).toBeGreaterThan(weigh('sure', confidence, null));
    },
  );

  test.each([0.5, 0.9, 1])('a guess of confidence %d is never published by itself', (confidence) => {
    expect(weigh('guess', confidence, null)).toBeLessThan(PUBLISHED);
    expect(weigh('guess', confidence, false)).toBeLessThan(PUBLISHED);
  });

  test('a bib outside the start list is never published by a machine', () => {
    expect(weigh('sure', 1, false)).toBeLessThan(PUBLISHED);
  });

  test('a sure read below the operator’s confidence counts as a guess', () => {
    expect(weigh('sure', 0.69, null)).toBe(weigh('guess', 0.69, null));
  });

  test('the evidence adds up to the probability', () => {
    const { probability, evidence } = weighRead({
      read: { kind: 'sure', confidence: 0.9 },
      inStartList: true,
      sureConfidence: 0.7,
    });
    const logOdds = evidence.reduce((sum, piece) => sum + piece.weight, 0);
    expect(evidence.map((piece) => piece.kind)).toEqual(['bib', 'start-list']);
    expect(probability).toBeCloseTo(1 / (1 + Math.exp(-logOdds)), 4);
  });
});
