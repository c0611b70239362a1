import { expect, test } from 'vitest';
import type { BibRead, FaceFinding } from '../findings.ts';
import { linkFacesToBibs } from './link-faces-to-bibs.ts';

/** Boxes in pixels of a photo of 1500 × 1000. */
const photo = { widthPx: 1500, heightPx: 1000 };
function normalised(x: number, y: number, w: number, h: number) {
  return { x: x / photo.widthPx, y: y / photo.heightPx, w: w / photo.widthPx, h: h / photo.heightPx };
}
function faceAt(x: number, y: number, sizePx = 60): FaceFinding {
  return {
    box: normalised(x, y, sizePx, sizePx * 1.2),
    confidence: 0.9,
    descriptor: '',
    quality: { sizePx, sharpness: 0.8, yawDegrees: 0, score: 1 },
    smile: null,
  };
}
function readAt(bib: string, x: number, y: number, more: Partial<BibRead> = {}): BibRead {
  return {
    bib,
    confidence: 0.9,
    box: normalised(x, y, 70, 30),
    tiltDegrees: 0,
    kind: 'sure',
    text: bib,
    digitProbabilities: '',
    ...more,
  };
}
const bibsOf = (faces: FaceFinding[], reads: BibRead[]) =>
  linkFacesToBibs(faces, reads, photo.widthPx / photo.heightPx).map(({ bib }) => bib);

test('two runners side by side each get the bib below their own face', () => {
  expect(
    bibsOf([faceAt(300, 200), faceAt(500, 230)], [readAt('17', 495, 430), readAt('204', 300, 400)]),
  ).toEqual(['204', '17']);
});

test('a bib above a face, far below it or beside it belongs to somebody else', () => {
  const face = faceAt(700, 400);
  expect(bibsOf([face], [readAt('1', 700, 200)])).toEqual([undefined]);
  expect(bibsOf([face], [readAt('2', 700, 950)])).toEqual([undefined]);
  expect(bibsOf([face], [readAt('3', 860, 600)])).toEqual([undefined]);
});

test('one bib is given to one face only: to the best-placed one', () => {
  expect(bibsOf([faceAt(380, 200), faceAt(300, 200)], [readAt('88', 300, 400)])).toEqual([undefined, '88']);
});

test('a dropped read or a part of a number is no link', () => {
  const face = faceAt(300, 200);
  expect(bibsOf([face], [readAt('88', 300, 400, { kind: 'dropped', reason: 'year' })])).toEqual([undefined]);
  expect(bibsOf([face], [readAt('88', 300, 400, { kind: 'guess', partial: 'last' })])).toEqual([undefined]);
});

test('a small face behind a runner does not take a number wider than its shoulders', () => {
  const background = faceAt(310, 300, 20);
  expect(bibsOf([background], [readAt('88', 290, 360)])).toEqual([undefined]);
});
