import { bareNumber } from '#vision/bibs/start-list.ts';

export interface PhotoTruth {
  file: string;
  /** Must be read. */
  bibs: string[];
  /** Real but half hidden, or not labelled by the set's authors: neither a hit nor a false alarm. */
  ignore: string[];
  extra: string[];
  /** Pieces of a legible number: a false alarm even when they are in `ignore`. */
  partial: string[];
}

export interface ReadNumber {
  bib: string;
  confidence: number;
}

export interface PhotoScore {
  hits: string[];
  falseAlarms: string[];
  missed: string[];
}

export interface Score {
  precision: number;
  recall: number;
  f1: number;
  hits: number;
  falseAlarms: number;
  missed: number;
}

export const leastCountedConfidence = 0.5;

/** One photo: exact match, one count per number, letters and leading zeros dropped on both sides. */
export function scorePhoto(truth: PhotoTruth, reads: ReadNumber[]): PhotoScore {
  const wanted = new Set(truth.bibs.map(bareNumber));
  const neutral = neutralNumbers(truth);
  const counted = reads
    .filter(({ confidence }) => confidence >= leastCountedConfidence)
    .map(({ bib }) => bareNumber(bib));
  const got = new Set(counted.filter((number) => number !== ''));
  return {
    hits: [...got].filter((number) => wanted.has(number)),
    falseAlarms: [...got].filter((number) => !wanted.has(number) && !neutral.has(number)),
    missed: [...wanted].filter((number) => !got.has(number)),
  };
}

export function neutralNumbers({ ignore, extra, partial }: PhotoTruth): Set<string> {
  const pieces = new Set(partial.map(bareNumber));
  return new Set([...ignore, ...extra].map(bareNumber).filter((number) => !pieces.has(number)));
}

/** Micro-averaged over all photos. */
export function scoreAll(scores: PhotoScore[]): Score {
  const count = (pick: (score: PhotoScore) => string[]) =>
    scores.reduce((sum, score) => sum + pick(score).length, 0);
  const hits = count((score) => score.hits);
  const falseAlarms = count((score) => score.falseAlarms);
  const missed = count((score) => score.missed);
  const precision = hits / Math.max(1, hits + falseAlarms);
  const recall = hits / Math.max(1, hits + missed);
  return {
    precision,
    recall,
    f1: (2 * precision * recall) / Math.max(1e-9, precision + recall),
    hits,
    falseAlarms,
    missed,
  };
}
