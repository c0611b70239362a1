import type { BibRead, BoxNorm, PersonFinding } from '../findings.ts';

/** Where the middle of a bib lies within a body, as shares of the body's box: from the chest of one shown whole to the belt
 *  of one cut at the hips. */
const wornAt = { left: 0.05, right: 0.95, top: 0.12, bottom: 0.97, usually: 0.4 };
/** Digits are some 15 by 7 cm, a body seen from head to hips 45 by 90 cm: a box filled by its bib is no body. */
const largestBib = { w: 0.7, h: 0.25 };
/** How much of its weight a body loses at the left or right edge of the photo. */
const edgeDiscount = 0.5;
/** Below it a body may be a shadow or a car: it is the main one only when there is no other. */
const leastConfidence = 0.7;

/** The body of whom the photo is about: of the largest sure bib, which is the nearest runner's; without one, the
 *  largest body, those at the sides counting less. Null when no person was found or none carries the bib. */
export function mainPerson(
  persons: readonly PersonFinding[],
  bibs: readonly Pick<BibRead, 'box' | 'kind'>[],
): BoxNorm | null {
  const bib = mainBib(bibs);
  if (bib) return wearerOf(bib, persons)?.box ?? null;
  const likely = persons.filter(({ confidence }) => confidence >= leastConfidence);
  return best(likely.length > 0 ? likely : persons, ({ box }) => prominence(box))?.box ?? null;
}

/** The box of the largest sure bib; null without one. */
export function mainBib(bibs: readonly Pick<BibRead, 'box' | 'kind'>[]): BoxNorm | null {
  const sure = bibs.filter(({ kind }) => kind === 'sure');
  return best(sure, ({ box }) => areaOf(box))?.box ?? null;
}

/** Who wears this bib, null when nobody does. Where bodies overlap, the one with the bib nearest its middle. */
export function wearerOf(bib: BoxNorm, persons: readonly PersonFinding[]): PersonFinding | null {
  const x = bib.x + bib.w / 2;
  const y = bib.y + bib.h / 2;
  const wearers = persons.filter(({ box }) => {
    if (bib.w > box.w * largestBib.w || bib.h > box.h * largestBib.h) return false;
    const across = (x - box.x) / box.w;
    const down = (y - box.y) / box.h;
    const { left, right, top, bottom } = wornAt;
    return across >= left && across <= right && down >= top && down <= bottom;
  });
  return best(wearers, ({ box, confidence }) => {
    const across = Math.abs((x - box.x) / box.w - 0.5);
    const down = Math.abs((y - box.y) / box.h - wornAt.usually);
    return confidence - across - down;
  });
}

function prominence(box: BoxNorm): number {
  const offCentre = Math.min(1, Math.abs(box.x + box.w / 2 - 0.5) * 2);
  return areaOf(box) * (1 - edgeDiscount * offCentre);
}

function areaOf({ w, h }: BoxNorm): number {
  return w * h;
}

function best<Item>(items: readonly Item[], value: (item: Item) => number): Item | null {
  return items.reduce<Item | null>(
    (leader, item) => (leader === null || value(item) > value(leader) ? item : leader),
    null,
  );
}
