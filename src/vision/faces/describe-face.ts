import { Tensor } from 'onnxruntime-node';
import type { FaceQuality } from '../findings.ts';
import type { Pixels } from '../pixels/decode-photo.ts';
import { descriptorLength } from './compare-faces.ts';
import type { FaceBox } from './detect-face-boxes.ts';
import { chipSidePx, placeChip } from './face-chip.ts';
import { findLandmarks } from './face-landmarks.ts';
import { openFaceModel } from './face-models.ts';
import { measureSharpness, scoreFace } from './face-quality.ts';
import { faceThresholds } from './face-thresholds.ts';
import { readSmile } from './read-smile.ts';
import { samplePatch } from './sample-patch.ts';

export interface DescribedFace {
  descriptor: Float32Array;
  quality: FaceQuality;
  smile: number | null;
}

/** Everything about a face that was found; null when it is not clear enough to be compared. `originalScale` is how many pixels of the original one of `pixels` stands for. */
export async function describeFace(
  pixels: Pixels,
  box: FaceBox,
  originalScale: number,
): Promise<DescribedFace | null> {
  const landmarks = await findLandmarks(pixels, box);
  const chip = samplePatch(pixels, placeChip(landmarks), chipSidePx);
  const sizePx = Math.min(box.w, box.h) * originalScale;
  const sharpness = measureSharpness(chip, chipSidePx);
  const quality = scoreFace({ sizePx, sharpness, landmarks });
  if (quality.score < faceThresholds.leastScore) return null;
  return {
    descriptor: await readDescriptor(chip),
    quality,
    smile: sizePx < faceThresholds.leastSmileSizePx ? null : await readSmile(pixels, landmarks),
  };
}

/** Mean of the chip's and its mirror image's: faces are nearly symmetric, what is left of the light is not. */
async function readDescriptor(chip: Float32Array): Promise<Float32Array> {
  const both = new Float32Array(chip.length * 2);
  both.set(chip);
  both.set(mirror(chip), chip.length);
  const image = new Tensor('float32', both, [2, 3, chipSidePx, chipSidePx]);
  const { descriptor } = await (await openFaceModel('recogniser')).run({ image });
  const numbers = descriptor?.data;
  if (!(numbers instanceof Float32Array)) throw new Error('the face recogniser gave no descriptor');
  return Float32Array.from(
    { length: descriptorLength },
    (_, i) => ((numbers[i] ?? 0) + (numbers[i + descriptorLength] ?? 0)) / 2,
  );
}

function mirror(chip: Float32Array): Float32Array {
  const mirrored = new Float32Array(chip.length);
  for (let row = 0; row < chip.length; row += chipSidePx) {
    mirrored.set(chip.subarray(row, row + chipSidePx).toReversed(), row);
  }
  return mirrored;
}
