import { expect, test } from 'vitest';
import { bibReadOf } from '../../tests/doubles/fake-engine.ts';
import { findFolderStacks } from './find-stacks.ts';
import type { PhotoResult } from './read-photos.ts';

test('frames of a runner in one second are one stack with one best; others and unreadable files stand alone', () => {
  const results = [
    photo('08:00:00.000', '7', 60),
    unreadable,
    photo('08:00:00.500', '7', 80),
    photo('08:00:01.000', '8', 90),
  ];
  expect(findFolderStacks(results)).toEqual([
    { stack: 1, best: false },
    null,
    { stack: 1, best: true },
    null,
  ]);
});

test('files without a time are one stack only as copies of one picture', () => {
  const copies = [
    photo(null, '7', 60, 'ffff00000000ffff'),
    photo(null, '7', 80, 'ffff00000000fffe'),
    photo(null, '7', 70),
  ];
  expect(findFolderStacks(copies)).toEqual([{ stack: 1, best: false }, { stack: 1, best: true }, null]);
});

const unreadable: PhotoResult = { file: 'broken.jpg', analysis: null, failure: 'corrupt' };

function photo(time: string | null, bib: string, score: number, perceptualHash?: string): PhotoResult {
  const capture = {
    ...{
      takenAtLocal: time && `2026-05-17T${time}`,
      hasSubSecond: true,
      make: 'Acme',
      model: 'X1',
      bodySerial: null,
    },
    ...{ sequence: null, orientation: 1, colourProfile: null, author: null, copyright: null },
  };
  const quality = {
    ...{
      score,
      parts: { sharpness: 1, exposure: 1, horizon: 1 },
      horizonDegrees: null,
      blurry: false,
      sharpness: 1,
    },
    ...{
      exposure: 'normal' as const,
      brightness: 0.5,
      clippedShadows: 0,
      clippedHighlights: 0,
      measuredOn: 'whole' as const,
    },
  };
  const look = {
    format: 'jpeg' as const,
    tone: '#888888',
    placeholder: '',
    ...(perceptualHash && { perceptualHash }),
  };
  const engine = { name: 'test', version: '1' };
  const analysis = {
    widthPx: 600,
    heightPx: 400,
    ...look,
    capture,
    quality,
    bibs: [bibReadOf(bib)],
    cpuMs: 1,
    engine,
  };
  return { file: 'photo.jpg', analysis, failure: null };
}
