import { clusterFaces } from '#vision/faces/cluster-faces.ts';
import { unpackDescriptor } from '#vision/faces/compare-faces.ts';
import type { PhotoResult } from './read-photos.ts';

/** The person of each face, by photo and in the order of its faces: numbers from 1 within this folder. The descriptors are
 *  compared here and taken out of the results, so that none is written anywhere. */
export function groupFaces(results: readonly PhotoResult[]): number[][] {
  const faces = results.flatMap(({ analysis }, photo) =>
    (analysis?.faces ?? []).map(({ descriptor }, face) => ({
      id: `${photo}/${face}`,
      descriptor: unpackDescriptor(descriptor),
    })),
  );
  const persons = new Map<string, number>();
  for (const [index, { faceIds }] of clusterFaces([], faces).entries()) {
    for (const id of faceIds) persons.set(id, index + 1);
  }
  return results.map(({ analysis }, photo) =>
    (analysis?.faces ?? []).map((face, index) => {
      face.descriptor = '';
      return persons.get(`${photo}/${index}`) ?? 0;
    }),
  );
}
