import type { Weighed } from '#domain/weighing/scene.ts';
import type { Claim } from '../calibration.ts';
import type { SimulatedFrame } from './simulate-event.ts';

/** Counts of one event and ablation. */
export interface Tally {
  photos: number;
  /** Listed runners in the subject area of a photo. */
  wanted: number;
  published: number;
  /** Of these. */
  found: number;
  claims: Claim[];
}

export const publishedFrom = 0.95;
export function newTally(): Tally {
  return { photos: 0, wanted: 0, found: 0, published: 0, claims: [] };
}

/** Wanted are the listed runners in the subject area. Others who can be seen, far away, cut or covered, are neither right nor
 *  wrong, as on the labelled photos. */
export function countPhoto(
  tally: Tally,
  { pictured }: SimulatedFrame,
  named: readonly Pick<Weighed, 'bib' | 'probability'>[],
  threshold = publishedFrom,
): void {
  const wanted = new Set<string>();
  const neutral = new Set<string>();
  for (const { arrival, inSubjectArea } of pictured) {
    const bib = arrival?.runner.bib;
    if (bib) (inSubjectArea && arrival.runner.listed ? wanted : neutral).add(bib);
  }
  tally.photos += 1;
  tally.wanted += wanted.size;
  for (const { bib, probability } of named) {
    if (neutral.has(bib)) continue;
    const right = wanted.has(bib);
    tally.claims.push({ confidence: probability, right });
    if (probability < threshold) continue;
    tally.published += 1;
    if (right) tally.found += 1;
  }
}

export function precisionOf({ found, published }: Tally): number {
  return published === 0 ? 1 : found / published;
}

export function recallOf({ found, wanted }: Tally): number {
  return wanted === 0 ? 1 : found / wanted;
}
