import { expect, test } from 'vitest';
import type { BibRead, PhotoAnalysis, Plate } from '#vision/findings.ts';
import { judgeTogether } from './judge-together.ts';
import type { PhotoResult } from './read-photos.ts';

const blackOnWhite: Plate = { background: [92, 0, 2], ink: [15, 1, 1] };
const yellowOnBlack: Plate = { background: [35, -4, 10], ink: [88, -9, 40] };

function photo(file: string, bib: string, confidence: number, plate: Plate): PhotoResult {
  const read: BibRead = {
    ...{ bib, confidence, plate, text: bib, tiltDegrees: 0, digitProbabilities: '' },
    box: { x: 0.4, y: 0.4, w: 0.1, h: 0.05 },
    kind: confidence >= 0.85 ? 'sure' : 'guess',
  };
  const analysis: PhotoAnalysis = {
    ...{ widthPx: 600, heightPx: 400, format: 'jpeg', tone: '#000000', placeholder: '', cpuMs: 1 },
    capture: {
      ...{ takenAtLocal: null, hasSubSecond: false, make: null, model: null, bodySerial: null },
      ...{ sequence: null, orientation: 1, colourProfile: null, author: null, copyright: null },
    },
    engine: { name: 'test', version: '1' },
    bibs: [read],
    dropped: [],
  };
  return { file, analysis, failure: null };
}

const event = (count: number) =>
  Array.from({ length: count }, (_, index) =>
    photo(`${index}.jpg`, String(1000 + index), 0.98, blackOnWhite),
  );

test('a sign that looks unlike the bibs of the folder loses, a doubtful bib that looks like them gains', () => {
  const results = [
    ...event(40),
    photo('sign.jpg', '15', 0.7, yellowOnBlack),
    photo('bib.jpg', '99', 0.7, blackOnWhite),
  ];
  const judged = judgeTogether(results, {});
  expect(judged.map(({ file }) => file)).toEqual(results.map(({ file }) => file));
  const confidenceIn = (file: string) =>
    judged.find((one) => one.file === file)?.analysis?.bibs?.[0]?.confidence;
  expect(confidenceIn('sign.jpg')).toBeLessThan(0.3);
  expect(confidenceIn('bib.jpg')).toBeGreaterThan(0.8);
});

test('few photos change nothing, and a photo that could not be read stays so', () => {
  const unread: PhotoResult = { file: 'broken.jpg', analysis: null, failure: 'corrupt' };
  const few = [...event(5), unread];
  expect(judgeTogether(few, {})).toEqual(few);
  expect(judgeTogether([...event(40), unread], {}).at(-1)).toEqual(unread);
});
