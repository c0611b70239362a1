import type { Evidence } from '#domain/weighing/scene.ts';
import type { BibRead } from '#vision/findings.ts';

/** Between "surely not" and "published": what a search may offer as a maybe, and what a person should look at. */
export const LEAST_MAYBE_PROBABILITY = 0.2;

/** Log-odds. A sure read alone is published at 0.95; a guess alone never is; one outside the start list is doubted. */
const WEIGHTS = { sure: 3.2, guess: -0.6, inStartList: 1.6, outsideStartList: -3.5 };
const MOST_CONFIDENCE_WEIGHT = 2;

export interface AttributionInput {
  read: Pick<BibRead, 'confidence' | 'kind'>;
  /** Null when the event has no start list. */
  inStartList: boolean | null;
  /** Least confidence, 0..1, of a read that may count as sure. */
  sureConfidence: number;
}

/**
 * How probable it is that the runner of a bib is on the photo, as a sum of log-odds that can each be shown.
 * The engine's confidence, a probability of its own, only adds within the read's kind: where the engine knew the start list,
 * it has counted it already.
 */
export function weighRead(input: AttributionInput): { probability: number; evidence: Evidence[] } {
  const { read, inStartList } = input;
  const sure = read.kind === 'sure' && read.confidence >= input.sureConfidence;
  const values = { confidence: round(read.confidence), kind: sure ? 'sure' : 'guess' };
  const evidence: Evidence[] = [
    {
      kind: 'bib',
      weight: round((sure ? WEIGHTS.sure : WEIGHTS.guess) + confidenceWeight(read.confidence)),
      values,
    },
  ];
  if (inStartList !== null) {
    const weight = inStartList ? WEIGHTS.inStartList : WEIGHTS.outsideStartList;
    evidence.push({ kind: 'start-list', weight, values: { listed: inStartList ? 1 : 0 } });
  }
  return { probability: probabilityOf(evidence), evidence };
}

export function probabilityOf(evidence: readonly Evidence[]): number {
  const logOdds = evidence.reduce((sum, piece) => sum + piece.weight, 0);
  return round(1 / (1 + Math.exp(-logOdds)));
}

/** 0 at an even confidence, at most 2 however sure the engine is of itself. */
function confidenceWeight(confidence: number): number {
  const bounded = Math.min(Math.max(confidence, 0.5), 0.999);
  return Math.min(Math.log(bounded / (1 - bounded)) / 2, MOST_CONFIDENCE_WEIGHT);
}

function round(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
