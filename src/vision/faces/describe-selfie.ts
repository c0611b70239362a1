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
/** Passers-by are smaller than whoever holds the camera: a face from this share of the size on may be a second person. */
const companionShare = 0.7;
/** Whoever wants to be found is in the middle of the picture, in shares of its width; then others at the side do not count. */
const middle = { ofMain: 1 / 3, ofCompanions: 1 / 2 };

/** The one person of a picture that somebody gave to be found by. Nothing of it is kept. Throws `PhotoFailure`. Decodes
 *  strangers' bytes: call it through the engine pool. */
export async function describeSelfie(bytes: Uint8Array): Promise<SelfieFinding> {
  const { pixels, widthPx } = await decodePhoto(bytes, 'show');
  const originalScale = widthPx / pixels.widthPx;
  for (const margin of margins) {
    const marginPx = Math.round(Math.max(pixels.widthPx, pixels.heightPx) * margin);
    const widened = await widen(pixels, marginPx);
    const found = await detectFaceBoxes(widened, { longSidePx: detectorLongSidePx, leastConfidence });
    const main = mainFace(found, pixels.widthPx, marginPx);
    if (main === 'several-faces') return { found: false, reason: main };
    if (!main) continue;
    if (Math.min(main.w, main.h) * originalScale < faceThresholds.leastSizePx)
      return { found: false, reason: 'unclear' };
    const face = await describeFace(widened, main, originalScale);
    if (!face) return { found: false, reason: 'unclear' };
    return { found: true, descriptor: packDescriptor(face.descriptor), quality: face.quality };
  }
  return { found: false, reason: 'no-face' };
}

/** Boxes are in the widened picture: `widthPx` is that of the picture without its margins. */
function mainFace(boxes: FaceBox[], widthPx: number, marginPx: number): FaceBox | 'several-faces' | null {
  const [largest, ...others] = boxes.toSorted((a, b) => b.w * b.h - a.w * a.h);
  if (!largest) return null;
  const isWithin = ({ x, w }: FaceBox, share: number) =>
    Math.abs((x + w / 2 - marginPx) / widthPx - 0.5) <= share / 2;
  const stands = isWithin(largest, middle.ofMain);
  const companion = others.find((other) => {
    const size = Math.sqrt((other.w * other.h) / (largest.w * largest.h));
    return size >= companionShare && (!stands || isWithin(other, middle.ofCompanions));
  });
  return companion ? 'several-faces' : largest;
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
