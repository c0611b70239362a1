import { createHash } from 'node:crypto';
import { bareNumber } from '#vision/bibs/start-list.ts';
import type { BibRead } from '#vision/findings.ts';
import { type Calibration, type Claim, calibrationOf } from './calibration.ts';
import { classifyFailures, type FailureClass } from './failure-class.ts';
import { neutralNumbers, type PhotoTruth, type Score, scoreAll, scorePhoto } from './score-bibs.ts';

/** One labelled photo and what was read on it, judged together with the others of its folder as `sort` does. */
export interface JudgedPhoto {
  truth: PhotoTruth;
  bibs: BibRead[];
  dropped: BibRead[];
  /** What the same pixels say to somebody who holds a start list. */
  listed: BibRead[];
  /** What is said when each photo is judged by itself. */
  alone: BibRead[];
  cpuMs: number;
  failed: boolean;
}

interface Halves {
  f1: number;
  listedF1: number;
  surePrecision: number;
  sureRecall: number;
  expectedCalibrationError: number;
}

export interface BibFigures extends Score {
  photos: number;
  errors: number;
  cpuSecondsPerPhoto: number;
  sure: Score;
  withStartList: Score & { sure: Score };
  alone: Score & { sure: Score; expectedCalibrationError: number };
  calibration: Calibration;
  calibrationWithStartList: Calibration;
  /** The same on two fixed halves, by a digest of the file name: what holds on one only was learnt by heart. */
  halves: [Halves, Halves];
  failures: Partial<Record<FailureClass, number>>;
}

export function bibFiguresOf(photos: readonly JudgedPhoto[]): BibFigures {
  const half = (number: 0 | 1) => halfFigures(photos.filter(({ truth }) => halfOf(truth.file) === number));
  return {
    ...scoreOf(photos, 'bibs'),
    photos: photos.length,
    errors: photos.filter(({ failed }) => failed).length,
    cpuSecondsPerPhoto: photos.reduce((sum, { cpuMs }) => sum + cpuMs, 0) / 1000 / Math.max(1, photos.length),
    sure: scoreOf(photos, 'bibs', isSure),
    withStartList: { ...scoreOf(photos, 'listed'), sure: scoreOf(photos, 'listed', isSure) },
    alone: {
      ...scoreOf(photos, 'alone'),
      sure: scoreOf(photos, 'alone', isSure),
      expectedCalibrationError: calibrationOf(photos.flatMap((photo) => claimsOf(photo.truth, photo.alone)))
        .expectedCalibrationError,
    },
    calibration: calibrationOf(photos.flatMap((photo) => claimsOf(photo.truth, photo.bibs))),
    calibrationWithStartList: calibrationOf(photos.flatMap((photo) => claimsOf(photo.truth, photo.listed))),
    halves: [half(0), half(1)],
    failures: countFailures(photos),
  };
}

export function halfOf(file: string): 0 | 1 {
  return ((createHash('sha256').update(file).digest()[0] ?? 0) & 1) === 0 ? 0 : 1;
}

/** Each read with whether it is right; numbers that are neither right nor wrong are left out. */
export function labelledReads(
  truth: PhotoTruth,
  reads: readonly BibRead[],
): { read: BibRead; right: boolean }[] {
  const wanted = new Set(truth.bibs.map(bareNumber));
  const neutral = neutralNumbers(truth);
  return reads.flatMap((read) => {
    const number = bareNumber(read.bib);
    const right = wanted.has(number);
    return right || !neutral.has(number) ? [{ read, right }] : [];
  });
}

function claimsOf(truth: PhotoTruth, reads: readonly BibRead[]): Claim[] {
  return labelledReads(truth, reads).map(({ read, right }) => ({ confidence: read.confidence, right }));
}

function isSure({ kind }: BibRead): boolean {
  return kind === 'sure';
}

function scoreOf(
  photos: readonly JudgedPhoto[],
  which: 'bibs' | 'listed' | 'alone',
  counts: (read: BibRead) => boolean = () => true,
): Score {
  return scoreAll(photos.map((photo) => scorePhoto(photo.truth, photo[which].filter(counts))));
}

function halfFigures(photos: readonly JudgedPhoto[]): Halves {
  const sure = scoreOf(photos, 'bibs', isSure);
  const claims = photos.flatMap((photo) => claimsOf(photo.truth, photo.bibs));
  return {
    f1: scoreOf(photos, 'bibs').f1,
    listedF1: scoreOf(photos, 'listed').f1,
    surePrecision: sure.precision,
    sureRecall: sure.recall,
    expectedCalibrationError: calibrationOf(claims).expectedCalibrationError,
  };
}

function countFailures(photos: readonly JudgedPhoto[]): BibFigures['failures'] {
  const counts: BibFigures['failures'] = {};
  for (const { truth, bibs, dropped } of photos) {
    for (const { failure } of classifyFailures(truth, scorePhoto(truth, bibs), [...bibs, ...dropped]))
      counts[failure] = (counts[failure] ?? 0) + 1;
  }
  return counts;
}
