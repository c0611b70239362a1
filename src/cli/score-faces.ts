import { compareFaces } from '#vision/faces/compare-faces.ts';
import type { FaceBox } from '#vision/faces/detect-face-boxes.ts';

/** Boxes of one photo, in the same unit on both sides. `unseen` faces were counted by eye, and have no box. */
export interface LabelledFaces {
  faces: readonly Box[];
  unseen: number;
}

export interface DetectionScore {
  precision: number;
  recall: number;
  hits: number;
  falseAlarms: number;
  missed: number;
}

export interface Portrait {
  person: string;
  /** Null when no face was found: every pair with it is missed. */
  descriptor: Float32Array | null;
}

export interface RecognitionScore {
  /** Share of pairs of one person nearer than `distance`. */
  trueAcceptRate: number;
  /** The distance at which the given share of pairs of strangers is nearer. */
  distance: number;
  portraits: number;
  described: number;
}

type Box = Pick<FaceBox, 'x' | 'y' | 'w' | 'h'>;

/** Intersection over union from which a found box is the labelled face: small ones are labelled loosely. */
const leastOverlap = 0.3;

/** How many boxes can be matched with faces, one to one; every other box is a false alarm, every other face missed. */
export function scoreDetection(
  photos: readonly (LabelledFaces & { found: readonly Box[] })[],
): DetectionScore {
  let hits = 0;
  let boxes = 0;
  let faces = 0;
  for (const photo of photos) {
    hits += matchBoxes(photo.found, photo.faces);
    boxes += photo.found.length;
    faces += photo.faces.length + photo.unseen;
  }
  return {
    precision: boxes === 0 ? 1 : hits / boxes,
    recall: faces === 0 ? 1 : hits / faces,
    hits,
    falseAlarms: boxes - hits,
    missed: faces - hits,
  };
}

/** `falseAcceptRate` is the share of pairs of strangers that may pass for one person. */
export function scoreRecognition(portraits: readonly Portrait[], falseAcceptRate: number): RecognitionScore {
  const same: number[] = [];
  const strangers: number[] = [];
  for (const [a, b] of pairsOf(portraits)) {
    const distance =
      a.descriptor && b.descriptor ? compareFaces(a.descriptor, b.descriptor) : Number.POSITIVE_INFINITY;
    (a.person === b.person ? same : strangers).push(distance);
  }
  strangers.sort((a, b) => a - b);
  const distance = strangers[Math.floor(strangers.length * falseAcceptRate)] ?? 0;
  return {
    trueAcceptRate: same.filter((own) => own < distance).length / Math.max(1, same.length),
    distance,
    portraits: portraits.length,
    described: portraits.filter(({ descriptor }) => descriptor).length,
  };
}

/** Of the pairs put into one cluster, how many are one person; of the pairs of one person, how many are in one cluster. */
export function scoreClusters(
  clusters: readonly (readonly string[])[],
  personOf: ReadonlyMap<string, string>,
): { pairPrecision: number; pairRecall: number; clusters: number; people: number } {
  const pairs = (size: number) => (size * (size - 1)) / 2;
  let together = 0;
  let right = 0;
  for (const ids of clusters) {
    together += pairs(ids.length);
    for (const size of countBy(ids.map((id) => personOf.get(id) ?? id)).values()) right += pairs(size);
  }
  const people = countBy([...personOf.values()]);
  const own = [...people.values()].reduce((sum, size) => sum + pairs(size), 0);
  return {
    pairPrecision: together === 0 ? 1 : right / together,
    pairRecall: own === 0 ? 1 : right / own,
    clusters: clusters.length,
    people: people.size,
  };
}

/** The largest number of matches there is (Kuhn 1955): a face that two boxes claim goes to whom it serves best. */
function matchBoxes(found: readonly Box[], faces: readonly Box[]): number {
  const owners = new Map<Box, Box>();
  const claim = (box: Box, refused: Set<Box>): boolean => {
    for (const face of faces) {
      if (refused.has(face) || overlap(box, face) < leastOverlap) continue;
      refused.add(face);
      const owner = owners.get(face);
      if (!owner || claim(owner, refused)) {
        owners.set(face, box);
        return true;
      }
    }
    return false;
  };
  return found.filter((box) => claim(box, new Set())).length;
}

function overlap(a: Box, b: Box): number {
  const width = Math.max(0, Math.min(a.x + a.w, b.x + b.w) - Math.max(a.x, b.x));
  const height = Math.max(0, Math.min(a.y + a.h, b.y + b.h) - Math.max(a.y, b.y));
  return (width * height) / (a.w * a.h + b.w * b.h - width * height);
}

function* pairsOf<T>(items: readonly T[]): Generator<[T, T]> {
  for (const [index, a] of items.entries()) {
    for (const b of items.slice(index + 1)) yield [a, b];
  }
}

function countBy(words: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}
