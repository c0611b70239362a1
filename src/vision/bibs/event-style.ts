import type { BibRead, EventStyle, Plate } from '../findings.ts';

/** Fewer sure reads may all be of one runner, or of one banner. */
const leastPlates = 20;
/** Enough to know an event by, whatever its size. */
const mostPlates = 500;
/** So many others must look alike: a banner that is on every twentieth photo is not a bib. */
const leastAlike = 5;
const leastAlikeShare = 0.05;
/** Log-odds: gained by looking like the others, lost per unit of colour distance; and how far that may go: a clear
 *  number of an unusual look must stay, a folder may mix races. */
const weights = { alike: 1, perDistance: 0.05, least: -2 };

/** The look of an event's bibs, from reads of all its photos; null while too few of them are sure. */
export function learnStyle(reads: readonly BibRead[]): EventStyle | null {
  const plates = reads.flatMap(({ kind, partial, plate }) =>
    kind === 'sure' && !partial && plate ? [plate] : [],
  );
  if (plates.length < leastPlates) return null;
  const every = Math.ceil(plates.length / mostPlates);
  return { plates: plates.filter((_, index) => index % every === 0) };
}

/** Log-odds that the look of a plate adds to being a bib of this event. */
export function styleLogOdds(plate: Plate, { plates }: EventStyle): number {
  const distances = plates.map((other) => plateDistance(plate, other)).sort((a, b) => a - b);
  const alike = Math.max(leastAlike, Math.round(distances.length * leastAlikeShare));
  const distance = distances[Math.min(alike, distances.length - 1)] ?? 0;
  return Math.max(weights.least, weights.alike - weights.perDistance * distance);
}

function plateDistance(a: Plate, b: Plate): number {
  return distance(a.background, b.background) + distance(a.ink, b.ink);
}

function distance(a: Plate['ink'], b: Plate['ink']): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}
