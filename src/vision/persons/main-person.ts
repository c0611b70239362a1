import type { BibRead, BoxNorm, PersonFinding } from '../findings.ts';

/** A chest: where the middle of a bib lies within a body, as shares of the body's box. */
const chest = { left: 0.05, right: 0.95, top: 0.12, bottom: 0.75 };
/** Where most bibs are pinned: half way down a runner who is cut at the knees, a third of one shown whole. */
const usualHeight = 0.4;
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

/** On whose chest this bib is, null on nobody's. Where bodies overlap, the one with the bib nearest its middle. */
export function wearerOf(bib: BoxNorm, persons: readonly PersonFinding[]): PersonFinding | null {
  const x = bib.x + bib.w / 2;
  const y = bib.y + bib.h / 2;
  const wearers = persons.filter(({ box }) => {
    const across = (x - box.x) / box.w;
    const down = (y - box.y) / box.h;
    return across >= chest.left && across <= chest.right && down >= chest.top && down <= chest.bottom;
  });
  return best(wearers, ({ box, confidence }) => {
    const across = Math.abs((x - box.x) / box.w - 0.5);
    const down = Math.abs((y - box.y) / box.h - usualHeight);
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
