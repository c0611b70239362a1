import type { Weighed } from '#domain/weighing/scene.ts';
import type { Claim } from '../calibration.ts';
import { mostCovered, type Pictured } from './draw-frame.ts';
import type { SimulatedFrame } from './simulate-event.ts';

/** Counts of one event and ablation. */
export interface Tally {
  photos: number;
  /** Listed runners in the subject area of a photo. */
  wanted: number;
  found: number;
  published: number;
  right: number;
  claims: (Claim & { wanted: boolean })[];
}

/** What another threshold of publication would give. */
export interface CurvePoint {
  threshold: number;
  precision: number;
  recall: number;
}

const thresholds = [0.99, 0.97, 0.95, 0.93, 0.9, 0.85, 0.8, 0.75, 0.7, 0.6, 0.5];

export const publishedFrom = 0.95;
export function newTally(): Tally {
  return { photos: 0, wanted: 0, found: 0, published: 0, right: 0, claims: [] };
}

/** Wanted are the listed runners in the subject area. A name is right wherever on the photo its runner can be seen: far away and cut
 *  ones are nobody's loss when they are missing, and no error when they are named. */
export function countPhoto(
  tally: Tally,
  { pictured }: SimulatedFrame,
  named: readonly Pick<Weighed, 'bib' | 'probability'>[],
  threshold = publishedFrom,
): void {
  const { visible, wanted } = whoIsOn(pictured);
  tally.photos += 1;
  tally.wanted += wanted.size;
  for (const { bib, probability } of named) {
    const right = visible.has(bib);
    tally.claims.push({ confidence: probability, right, wanted: wanted.has(bib) });
    if (probability < threshold) continue;
    tally.published += 1;
    if (right) tally.right += 1;
    if (wanted.has(bib)) tally.found += 1;
  }
}

export function precisionOf({ right, published }: Tally): number {
  return published === 0 ? 1 : right / published;
}

export function recallOf({ found, wanted }: Tally): number {
  return wanted === 0 ? 1 : found / wanted;
}

export function curveOf({ claims, wanted }: Tally): CurvePoint[] {
  return thresholds.map((threshold) => {
    const published = claims.filter(({ confidence }) => confidence >= threshold);
    const right = published.filter((claim) => claim.right).length;
    const found = published.filter((claim) => claim.wanted).length;
    return {
      threshold,
      precision: published.length === 0 ? 1 : right / published.length,
      recall: wanted === 0 ? 1 : found / wanted,
    };
  });
}

export function whoIsOn(pictured: readonly Pictured[]): { visible: Set<string>; wanted: Set<string> } {
  const visible = new Set<string>();
  const wanted = new Set<string>();
  for (const { arrival, covered, inSubjectArea, legibility } of pictured) {
    const bib = arrival?.runner.bib;
    if (!bib || (covered > mostCovered && legibility === 'hidden')) continue;
    visible.add(bib);
    if (inSubjectArea && arrival.runner.listed) wanted.add(bib);
  }
  return { visible, wanted };
}
