import { describe, expect, test } from 'vitest';
import { currentVersions, paidMode, readingParts } from './reading-parts.ts';

const now = new Date('2026-06-14T10:00:00Z');
const switches = { aiAutoEditEnabled: true, aiLabelDetectionEnabled: true, aiFaceIndexEnabled: true };
const on = { ...switches, aiEngine: 'offline' as const };
const event = {
  detectLabels: true,
  faceMode: 'full-index' as const,
  faceModeEndsAt: new Date('2026-07-14T10:00:00Z'),
  hasMinors: false,
};

describe('what is looked for on a photo', () => {
  test('is everything in premium, and neither labels nor faces in lite', () => {
    const all = { quality: true, crops: true, edit: true, labels: true, faces: true };
    expect(readingParts({ event, processingMode: 'premium', config: on, now })).toEqual(all);
    const lite = readingParts({ event, processingMode: 'lite', config: on, now });
    expect(lite).toEqual({ ...all, labels: false, faces: false });
  });

  test.each([
    ['edit', { aiAutoEditEnabled: false }],
    ['labels', { aiLabelDetectionEnabled: false }],
    ['faces', { aiFaceIndexEnabled: false }],
  ] as const)('is without %s where the operator switched that off', (part, off) => {
    const parts = readingParts({ event, processingMode: 'premium', config: { ...on, ...off }, now });
    expect(parts[part]).toBe(false);
  });
});

describe('the mode that is paid for', () => {
  test('is the event’s own, but never premium where premium would give nothing more', () => {
    const premium = { ...event, processingMode: 'premium' as const };
    expect(paidMode(premium, on, now)).toBe('premium');
    expect(paidMode({ ...premium, detectLabels: false }, on, now)).toBe('premium');
    const bare = { ...premium, detectLabels: false, faceMode: 'none' as const };
    expect(paidMode(bare, on, now)).toBe('lite');
    expect(paidMode({ ...premium, processingMode: 'lite' }, on, now)).toBe('lite');
  });
});

test('the version a photo would be read with follows what was paid and what the event asks', () => {
  const versions = currentVersions(event, on, now);
  expect(versions.premium).toContain('labels:');
  expect(versions.lite).not.toContain('labels:');
  expect(currentVersions({ ...event, detectLabels: false }, on, now).premium).not.toContain('labels:');
});

test('the version changes with who reads: photos of the other engine count as read by an older one', () => {
  const ours = currentVersions(event, on, now);
  const theirs = currentVersions(event, { ...on, aiEngine: 'rekognition' }, now);
  expect(theirs.premium).toMatch(
    /^bibs:rekognition\.\d+ labels:rekognition\.\d+ faces:rekognition\.\d+ quality:/,
  );
  expect(theirs.lite).not.toMatch(/labels|faces/);
  expect(ours.premium).not.toBe(theirs.premium);
});
