import { Tensor } from 'onnxruntime-node';
import type { Pixels } from '../pixels/decode-photo.ts';
import type { FaceBox } from './detect-face-boxes.ts';
import { openFaceModel } from './face-models.ts';
import { samplePatch } from './sample-patch.ts';

/** In pixels of the picture. */
export interface Point {
  x: number;
  y: number;
}

export const readerSidePx = 112;
export const landmarkCount = 68;

/** The 68 points of the iBUG 300-W scheme (Sagonas et al. 2013): jaw 0–16, brows 17–26, nose 27–35, eyes 36–47, mouth
 *  48–67; left and right are the picture's. */
export async function findLandmarks(pixels: Pixels, box: FaceBox): Promise<Point[]> {
  const sidePx = Math.max(box.w, box.h);
  const left = box.x + box.w / 2 - sidePx / 2;
  const top = box.y + box.h / 2 - sidePx / 2;
  const scale = sidePx / readerSidePx;
  const placement = { a: scale, b: 0, x0: left + scale / 2 - 0.5, y0: top + scale / 2 - 0.5 };
  const image = new Tensor('float32', samplePatch(pixels, placement, readerSidePx), [
    1,
    3,
    readerSidePx,
    readerSidePx,
  ]);
  const { landmarks } = await (await openFaceModel('landmarks')).run({ image });
  const numbers = landmarks?.data;
  if (!(numbers instanceof Float32Array)) throw new Error('the landmark reader gave no points');
  return Array.from({ length: landmarkCount }, (_, index) => ({
    x: left + (numbers[2 * index] ?? 0) * sidePx,
    y: top + (numbers[2 * index + 1] ?? 0) * sidePx,
  }));
}
