import { expect, test } from 'vitest';
import { clusterFaces, type FaceToCluster } from './cluster-faces.ts';
import { compareFaces, descriptorLength, squaredDistance } from './compare-faces.ts';

/** Mulberry32: the same people in every run. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), 1 | state);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A point at about this distance from another one. */
function near(centre: Float32Array, distance: number, random: () => number): Float32Array {
  const step = distance / Math.sqrt(descriptorLength / 3);
  return centre.map((value) => value + (random() * 2 - 1) * step);
}

/** Faces of the same person lie about .35 from each other, strangers about .85: what portraits show. */
function drawFaces(people: number, facesEach: number, seed = 1): (FaceToCluster & { person: number })[] {
  const random = createRandom(seed);
  const origin = new Float32Array(descriptorLength);
  const centres = Array.from({ length: people }, () => near(origin, 0.6, random));
  return Array.from({ length: people * facesEach }, (_, index) => {
    const person = index % people;
    const descriptor = near(centres[person] ?? origin, 0.25, random);
    return { id: `face${index}`, descriptor, person };
  });
}

test('each person becomes one cluster, whether faces come at once or in small batches', () => {
  const faces = drawFaces(12, 15);
  const atOnce = clusterFaces([], faces);
  let inBatches = clusterFaces([], []);
  for (let start = 0; start < faces.length; start += 7) {
    inBatches = clusterFaces(inBatches, faces.slice(start, start + 7));
  }
  for (const clusters of [atOnce, inBatches]) {
    expect(clusters).toHaveLength(12);
    for (const { faceIds } of clusters) {
      expect(faceIds).toHaveLength(15);
      expect(new Set(faceIds.map((id) => faces.find((face) => face.id === id)?.person)).size).toBe(1);
    }
  }
});

test('a cluster keeps its id when faces join it, and its faces keep their cluster', () => {
  const faces = drawFaces(5, 10);
  const before = clusterFaces([], faces.slice(0, 25));
  const after = clusterFaces(before, faces.slice(25));
  expect(after.map(({ id }) => id)).toEqual(before.map(({ id }) => id));
  for (const { id, faceIds } of before) {
    expect(after.find((cluster) => cluster.id === id)?.faceIds).toEqual(expect.arrayContaining(faceIds));
  }
});

test('the linkage of two clusters is the mean squared distance of their faces', () => {
  const faces = drawFaces(1, 9);
  const [cluster] = clusterFaces([], faces);
  const [stranger] = drawFaces(1, 1, 99);
  if (!cluster || !stranger) throw new Error('nobody drawn');
  const mean =
    faces.reduce((sum, face) => sum + squaredDistance(face.descriptor, stranger.descriptor), 0) /
    faces.length;
  expect(squaredDistance(cluster.mean, stranger.descriptor) + cluster.spread).toBeCloseTo(mean, 5);
});

test('a batch of 100 costs a fixed number of comparisons per face and known cluster', () => {
  const counts = [200, 400, 800].map((people) => {
    const faces = drawFaces(people, 3);
    const known = clusterFaces([], faces.slice(0, people * 2));
    let comparisons = 0;
    const clusters = clusterFaces(known, faces.slice(people * 2, people * 2 + 100), (a, b) => {
      comparisons += 1;
      return squaredDistance(a, b);
    });
    expect(clusters).toHaveLength(people);
    return comparisons / (100 * (people + 100));
  });
  for (const perFaceAndCluster of counts) expect(perFaceAndCluster).toBeLessThanOrEqual(2.1);
});

test('a new face in the middle of two clusters draws them together under the older id', () => {
  const point = (x: number) => {
    const descriptor = new Float32Array(descriptorLength);
    descriptor[0] = x;
    return descriptor;
  };
  const known = clusterFaces(
    [],
    [
      { id: 'left', descriptor: point(0) },
      { id: 'right', descriptor: point(0.6) },
    ],
  );
  expect(known.map(({ id }) => id)).toEqual(['left', 'right']);
  const drawn = clusterFaces(known, [{ id: 'middle', descriptor: point(0.3) }]);
  expect(drawn).toEqual([expect.objectContaining({ id: 'left', faceIds: ['left', 'middle', 'right'] })]);
  expect(known).toHaveLength(2);
});

test('the same faces in the same order give the same clusters', () => {
  const faces = drawFaces(20, 6, 7);
  expect(clusterFaces([], faces)).toEqual(clusterFaces([], faces));
});

test('strangers stay apart and nobody stays nobody', () => {
  const faces = drawFaces(40, 1, 3);
  expect(
    compareFaces(faces[0]?.descriptor ?? new Float32Array(), faces[1]?.descriptor ?? new Float32Array()),
  ).toBeGreaterThan(0.6);
  expect(clusterFaces([], faces)).toHaveLength(40);
  expect(clusterFaces([], [])).toEqual([]);
});
