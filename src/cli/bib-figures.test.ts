import { expect, test } from 'vitest';
import type { BibRead } from '#vision/findings.ts';
import { bibFiguresOf, halfOf, type JudgedPhoto } from './bib-figures.ts';
import { calibrationOf } from './calibration.ts';
import { calibrationDiagram } from './calibration-diagram.ts';
import { drawStartList } from './draw-start-list.ts';
import { classifyFailures } from './failure-class.ts';
import { fitProbability } from './fit-probability.ts';
import { scorePhoto } from './score-bibs.ts';

function read(bib: string, confidence = 0.9, more: Partial<BibRead> = {}): BibRead {
  const kind = confidence >= 0.85 ? 'sure' : 'guess';
  const box = { x: 0.4, y: 0.4, w: 0.1, h: 0.05 };
  const signs = { best: confidence, agreement: 1, relativeHeight: 1 };
  return { bib, confidence, box, tiltDegrees: 0, kind, text: bib, digitProbabilities: '', signs, ...more };
}

function photo(bibs: string[], reads: BibRead[], more: Partial<JudgedPhoto> = {}): JudgedPhoto {
  const truth = { file: 'a.jpg', bibs, ignore: [], extra: [], partial: [] };
  return { truth, bibs: reads, dropped: [], listed: reads, alone: reads, cpuMs: 500, failed: false, ...more };
}

test('a confidence that comes true as often as it says has no calibration error', () => {
  const claims = Array.from({ length: 100 }, (_, index) => ({ confidence: 0.75, right: index < 75 }));
  expect(calibrationOf(claims).expectedCalibrationError).toBeCloseTo(0, 9);
  const boast = claims.map(({ right }) => ({ confidence: 0.95, right }));
  expect(calibrationOf(boast).expectedCalibrationError).toBeCloseTo(0.2, 9);
});

test('the reliability diagram shows each bin that has claims, with its count', () => {
  const calibration = calibrationOf([
    { confidence: 0.05, right: false },
    { confidence: 0.95, right: true },
    { confidence: 1, right: true },
  ]);
  const svg = calibrationDiagram(calibration, 'a & b');
  expect(svg.match(/<circle/g)).toHaveLength(2);
  expect(svg).toContain('a &amp; b');
});

test('a drawn start list holds all true bibs, has the asked size and is the same each time', () => {
  const bibs = ['7', '1432', '0012', '98'];
  const list = drawStartList(bibs, 500);
  expect(list.slice(0, 4)).toEqual(bibs);
  expect(new Set(list).size).toBe(500);
  expect(drawStartList(bibs, 500)).toEqual(list);
});

test('each missed number and each false alarm has its class', () => {
  const truth = {
    file: 'a.jpg',
    bibs: ['1432', '509', '77', '900', '81', '6125'],
    ignore: [],
    extra: [],
    partial: [],
  };
  const kept = [read('432'), read('508'), read('900', 0.4), read('2222')];
  const dropped = [read('77', 0.9, { kind: 'dropped', reason: 'tilt' })];
  const failures = classifyFailures(truth, scorePhoto(truth, kept), [...kept, ...dropped]);
  expect(Object.fromEntries(failures.map(({ bib, failure }) => [bib, failure]))).toEqual({
    1432: 'missed-partial',
    509: 'missed-misread',
    77: 'missed-dropped-tilt',
    900: 'missed-doubted',
    81: 'missed-not-detected',
    6125: 'missed-not-detected',
    432: 'alarm-partial',
    508: 'alarm-misread',
    2222: 'alarm-other-number',
  });
});

test('the figures hold sure reads, the start list and both halves apart', () => {
  const guess = read('12', 0.6);
  const figures = bibFiguresOf([
    photo(['1432', '12'], [read('1432'), guess], { listed: [read('1432')] }),
    photo(['5'], [], {
      truth: { file: 'b.jpg', bibs: ['5'], ignore: [], extra: [], partial: [] },
      failed: true,
    }),
  ]);
  expect(figures).toMatchObject({ photos: 2, errors: 1, hits: 2, missed: 1, cpuSecondsPerPhoto: 0.5 });
  expect(figures.sure).toMatchObject({ hits: 1, missed: 2 });
  expect(figures.withStartList).toMatchObject({ hits: 1, missed: 2 });
  expect(figures.failures).toEqual({ 'missed-not-detected': 1 });
});

test('a file stays in its half', () => {
  const halves = Array.from({ length: 200 }, (_, index) => halfOf(`IMG_${index}.jpg`));
  expect(halves).toEqual(Array.from({ length: 200 }, (_, index) => halfOf(`IMG_${index}.jpg`)));
  expect(halves.filter((half) => half === 0).length).toBeGreaterThan(70);
  expect(halves.filter((half) => half === 1).length).toBeGreaterThan(70);
});

test('fitting finds that clear readings are right and poor ones are not', () => {
  const clear = Array.from({ length: 40 }, (_, index) => photo([`1${index}00`], [read(`1${index}00`, 0.99)]));
  const poor = Array.from({ length: 40 }, (_, index) => photo(['1'], [read(`2${index}00`, 0.3)]));
  const { weights, samples } = fitProbability([...clear, ...poor]);
  expect(samples).toBe(80);
  expect(weights.best).toBeGreaterThan(1);
  expect(weights.constant).toBeGreaterThan(1);
});
