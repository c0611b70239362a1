import { describe, expect, test } from 'vitest';
import { mayComputeFaces } from './may-compute-faces.ts';

const now = new Date('2026-06-14T10:00:00Z');
const later = new Date('2026-06-14T10:00:01Z');
const index = { faceMode: 'full-index', faceModeEndsAt: later, hasMinors: false } as const;

describe('faces are computed', () => {
  test('by an index before its end', () => {
    expect(mayComputeFaces(index, now)).toBe(true);
  });

  test('never without a mode, and never by a mode that leaves them to the browser or to consents', () => {
    for (const faceMode of ['none', 'own-browser', 'consented'] as const)
      expect(mayComputeFaces({ ...index, faceMode }, now)).toBe(false);
  });

  test('never from the instant of the end on, nor without an end', () => {
    expect(mayComputeFaces(index, later)).toBe(false);
    expect(mayComputeFaces({ ...index, faceModeEndsAt: null }, now)).toBe(false);
  });

  test('never where minors run', () => {
    expect(mayComputeFaces({ ...index, hasMinors: true }, now)).toBe(false);
  });
});
