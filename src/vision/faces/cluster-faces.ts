// Average linkage on squared distances. The mean squared distance between two groups is
//   |mean A − mean B|² + spread A + spread B, with spread = mean |a|² − |mean a|²,
// so that a cluster is compared by its mean and its spread alone: the faces it holds are never compared again.
import { descriptorLength, squaredDistance } from './compare-faces.ts';
import { faceThresholds } from './face-thresholds.ts';

export interface FaceToCluster {
  id: string;
  descriptor: Float32Array;
}

/** Faces of one person, as far as can be told. Plain values; biometric, as the descriptors are. */
export interface FaceCluster {
  /** That of its first face: it stays when faces join, and of two clusters that merge the older one's stays. */
  id: string;
  faceIds: string[];
  mean: Float32Array;
  /** Mean squared distance of its faces from their mean. */
  spread: number;
}

/** Faces are taken in batches of this size, in the order given. */
const batchSize = 100;
const mostSquared = faceThresholds.clusterDistance ** 2;

/** The known clusters with new faces in them, oldest first. Known ones are looked at, never taken apart; two of them become
 *  one only when a new face drew them together. A batch costs two comparisons per new face and
 *  cluster, and one more row for each known cluster drawn in. The same faces in the same order give the same clusters; the
 *  input is left as it is. `compare`, the squared distance, is given only to count. */
export function clusterFaces(
  known: readonly FaceCluster[],
  faces: readonly FaceToCluster[],
  compare: (a: Float32Array, b: Float32Array) => number = squaredDistance,
): FaceCluster[] {
  let clusters = [...known];
  for (let start = 0; start < faces.length; start += batchSize) {
    clusters = mergeBatch(clusters, faces.slice(start, start + batchSize), compare);
  }
  return clusters;
}

type Compare = (a: Float32Array, b: Float32Array) => number;
/** A cluster that a new face is in: its linkage with each of the others, by place in the list, and the nearest of them. */
type Open = { linkage: Float64Array; nearest: number };

function mergeBatch(
  known: readonly FaceCluster[],
  faces: readonly FaceToCluster[],
  compare: Compare,
): FaceCluster[] {
  const clusters: (FaceCluster | null)[] = [...known, ...faces.map(clusterOfOne)];
  const open = new Map<number, Open>();
  for (let place = known.length; place < clusters.length; place += 1) {
    open.set(place, openCluster(clusters, place, compare));
  }
  // Each merge leaves one cluster less.
  for (let merges = 1; merges < clusters.length; merges += 1) {
    const best = closestPair(open);
    if (!best || best.linkage > mostSquared) break;
    const [older, newer] = [Math.min(best.place, best.nearest), Math.max(best.place, best.nearest)];
    mergeInto(clusters, { older, newer }, compare);
    open.delete(newer);
    const joined = openCluster(clusters, older, compare);
    open.set(older, joined);
    for (const [place, other] of open) {
      if (place === older) continue;
      other.linkage[newer] = Number.POSITIVE_INFINITY;
      other.linkage[older] = joined.linkage[place] ?? Number.POSITIVE_INFINITY;
      // A merge never comes nearer than the nearer of its parts was, so no other cluster has to look again.
      if (other.nearest === older || other.nearest === newer) other.nearest = indexOfLeast(other.linkage);
    }
  }
  return clusters.filter((cluster) => cluster !== null);
}

function clusterOfOne({ id, descriptor }: FaceToCluster): FaceCluster {
  return { id, faceIds: [id], mean: descriptor, spread: 0 };
}

function openCluster(clusters: readonly (FaceCluster | null)[], place: number, compare: Compare): Open {
  const own = clusters[place];
  const linkage = new Float64Array(clusters.length).fill(Number.POSITIVE_INFINITY);
  for (const [index, other] of clusters.entries()) {
    if (own && other && index !== place) {
      linkage[index] = compare(own.mean, other.mean) + own.spread + other.spread;
    }
  }
  return { linkage, nearest: indexOfLeast(linkage) };
}

/** Of equally near pairs the first, so that the answer does not hang on anything but the order given. */
function closestPair(open: ReadonlyMap<number, Open>) {
  let best: { place: number; nearest: number; linkage: number } | null = null;
  for (const [place, { linkage, nearest }] of open) {
    const own = linkage[nearest] ?? Number.POSITIVE_INFINITY;
    if (!best || own < best.linkage) best = { place, nearest, linkage: own };
  }
  return best;
}

function indexOfLeast(numbers: Float64Array): number {
  let least = 0;
  for (let index = 1; index < numbers.length; index += 1) {
    if ((numbers[index] ?? 0) < (numbers[least] ?? 0)) least = index;
  }
  return least;
}

function mergeInto(
  clusters: (FaceCluster | null)[],
  { older, newer }: { older: number; newer: number },
  compare: Compare,
): void {
  const [a, b] = [clusters[older], clusters[newer]];
  if (!a || !b) throw new Error('a cluster was merged twice');
  const shareA = a.faceIds.length / (a.faceIds.length + b.faceIds.length);
  const shareB = 1 - shareA;
  clusters[newer] = null;
  clusters[older] = {
    id: a.id,
    faceIds: [...a.faceIds, ...b.faceIds],
    mean: Float32Array.from(
      { length: descriptorLength },
      (_, i) => shareA * (a.mean[i] ?? 0) + shareB * (b.mean[i] ?? 0),
    ),
    spread: shareA * a.spread + shareB * b.spread + shareA * shareB * compare(a.mean, b.mean),
  };
}
