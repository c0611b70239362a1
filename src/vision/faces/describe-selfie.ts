import sharp from 'sharp';
import type { SelfieFinding } from '../findings.ts';
import { decodePhoto, type Pixels } from '../pixels/decode-photo.ts';
import { packDescriptor } from './compare-faces.ts';
import { describeFace } from './describe-face.ts';
import { detectFaceBoxes, type FaceBox } from './detect-face-boxes.ts';
import { faceThresholds } from './face-thresholds.ts';

const detectorLongSidePx = 512;
const leastConfidence = 0.4;
/** Room around the picture, in its long sides: the detector knows faces that do not fill a picture. Half a side finds 98 %
 *  of 195 portraits, a whole one the tight rest. */
const margins = [0.5, 1];
/** Passers-by are smaller than whoever holds the camera; a face from this share of the width on is a second person. */
const companionShare = 0.6;

/** The one person of a picture that somebody gave to be found by. Nothing of it is kept. Throws `PhotoFailure`. Decodes
 *  strangers' bytes: call it through the engine pool. */
export async function describeSelfie(bytes: Uint8Array): Promise<SelfieFinding> {
  const { pixels, widthPx } = await decodePhoto(bytes, 'show');
  const originalScale = widthPx / pixels.widthPx;
  for (const margin of margins) {
    const widened = await widen(pixels, Math.round(Math.max(pixels.widthPx, pixels.heightPx) * margin));
    const found = await detectFaceBoxes(widened, { longSidePx: detectorLongSidePx, leastConfidence });
    const main = mainFace(found);
    if (main === 'several-faces') return { found: false, reason: main };
    if (!main) continue;
    if (Math.min(main.w, main.h) * originalScale < faceThresholds.leastSizePx)
      return { found: false, reason: 'too-small' };
    const { descriptor, quality } = await describeFace(widened, main, originalScale);
    return { found: true, descriptor: packDescriptor(descriptor), quality };
  }
  return { found: false, reason: 'no-face' };
}

function mainFace(boxes: FaceBox[]): FaceBox | 'several-faces' | null {
  const [largest, second] = boxes.toSorted((a, b) => b.w * b.h - a.w * a.h);
  if (!largest) return null;
  if (second && Math.sqrt((second.w * second.h) / (largest.w * largest.h)) >= companionShare) {
    return 'several-faces';
  }
  return largest;
}

async function widen(pixels: Pixels, marginPx: number): Promise<Pixels> {
  const { data, info } = await sharp(pixels.data, {
    raw: { width: pixels.widthPx, height: pixels.heightPx, channels: 3 },
  })
    .extend({ top: marginPx, bottom: marginPx, left: marginPx, right: marginPx, background: '#000000' })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, widthPx: info.width, heightPx: info.height };
}
