import type { FaceFinding } from '../findings.ts';
import type { Pixels } from '../pixels/decode-photo.ts';
import { packDescriptor } from './compare-faces.ts';
import { describeFace } from './describe-face.ts';
import { detectFaceBoxes, type FaceBox } from './detect-face-boxes.ts';
import { faceThresholds } from './face-thresholds.ts';

/** At 1024 three faces in four of a crowd are found, and 96 % of those over 70 px; docs/vision.md. */
const detectorLongSidePx = 1024;
/** A face that fills the picture is too large for that, and is seen from further away. */
const closeUpLongSidePx = 512;
/** Recall begins to fall from here up (.42: .759), precision falls from here down (.40: .968). */
const leastConfidence = 0.41;
/** Each costs 20 ms of CPU; nobody looks for himself in a photo of more. The largest are kept. */
const mostFaces = 60;

/** Where faces are, of any size, most certain first. Says that somebody is there, never who. */
export async function findFaceBoxes(pixels: Pixels): Promise<FaceBox[]> {
  const boxes = await detectFaceBoxes(pixels, { longSidePx: detectorLongSidePx, leastConfidence });
  if (boxes.length > 0) return boxes;
  return detectFaceBoxes(pixels, { longSidePx: closeUpLongSidePx, leastConfidence });
}

/** Every face that is large and clear enough to be compared, largest first. Biometric: call it only where the event's face mode asks
 *  for it. `originalWidthPx` is that of the photo of which `pixels` may be a reduction: sizes are said in its pixels. */
export async function detectFaces(
  pixels: Pixels,
  originalWidthPx: number = pixels.widthPx,
): Promise<FaceFinding[]> {
  const originalScale = originalWidthPx / pixels.widthPx;
  const boxes = (await findFaceBoxes(pixels))
    .filter(({ w, h }) => Math.min(w, h) * originalScale >= faceThresholds.leastSizePx)
    .sort((a, b) => b.w * b.h - a.w * a.h)
    .slice(0, mostFaces);
  const faces: FaceFinding[] = [];
  for (const box of boxes) {
    const described = await describeFace(pixels, box, originalScale);
    if (!described) continue;
    faces.push({
      box: {
        x: box.x / pixels.widthPx,
        y: box.y / pixels.heightPx,
        w: box.w / pixels.widthPx,
        h: box.h / pixels.heightPx,
      },
      confidence: box.confidence,
      descriptor: packDescriptor(described.descriptor),
      quality: described.quality,
      smile: described.smile,
    });
  }
  return faces;
}
