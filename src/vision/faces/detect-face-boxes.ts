import { Tensor } from 'onnxruntime-node';
import type { Pixels } from '../pixels/decode-photo.ts';
import { resizePixelsTo } from '../pixels/resize-pixels.ts';
import { layFaceAnchors } from './face-anchors.ts';
import { openFaceModel } from './face-models.ts';

/** In pixels of the picture that was looked at. */
export interface FaceBox {
  x: number;
  y: number;
  w: number;
  h: number;
  /** 0..1. */
  confidence: number;
}

/** Of the network's strides, the one up to which every map has whole cells at the edges. */
const sideMultiplePx = 32;
/** By which the network was trained to divide what it says of centres and of sizes. */
const boxScale = { centre: 10, size: 5 };
const mostOverlap = { union: 0.35, smaller: 0.65 };
const leastSidePx = 2;

/** Faces in a picture scaled to `longSidePx`, most certain first; small faces want a larger one, but those beyond 500 px
 *  of it are not found. */
export async function detectFaceBoxes(
  pixels: Pixels,
  { longSidePx, leastConfidence }: { longSidePx: number; leastConfidence: number },
): Promise<FaceBox[]> {
  const scale = longSidePx / Math.max(pixels.widthPx, pixels.heightPx);
  const sized = await resizePixelsTo(
    pixels,
    Math.max(1, Math.round(pixels.widthPx * scale)),
    Math.max(1, Math.round(pixels.heightPx * scale)),
  );
  const widthPx = Math.ceil(sized.widthPx / sideMultiplePx) * sideMultiplePx;
  const heightPx = Math.ceil(sized.heightPx / sideMultiplePx) * sideMultiplePx;
  const session = await openFaceModel('detector');
  const image = new Tensor('float32', colourPlanes(sized, widthPx, heightPx), [1, 3, heightPx, widthPx]);
  const { boxes, scores } = await session.run({ image });
  if (!(boxes?.data instanceof Float32Array && scores?.data instanceof Float32Array)) {
    throw new Error('the face detector gave no boxes');
  }
  const found = decodeBoxes({ boxes: boxes.data, scores: scores.data, widthPx, heightPx, leastConfidence });
  const inPicture = found.map((box) => toPicture(box, pixels, sized));
  return keepBestOfEach(inPicture.filter(({ w, h }) => Math.min(w, h) >= leastSidePx));
}

function colourPlanes(pixels: Pixels, widthPx: number, heightPx: number): Float32Array {
  const plane = widthPx * heightPx;
  const planes = new Float32Array(3 * plane);
  const { data } = pixels;
  for (let y = 0; y < pixels.heightPx; y += 1) {
    for (let x = 0; x < pixels.widthPx; x += 1) {
      const from = (y * pixels.widthPx + x) * 3;
      const to = y * widthPx + x;
      planes[to] = data[from] ?? 0;
      planes[to + plane] = data[from + 1] ?? 0;
      planes[to + 2 * plane] = data[from + 2] ?? 0;
    }
  }
  return planes;
}

function decodeBoxes(found: {
  boxes: Float32Array;
  scores: Float32Array;
  widthPx: number;
  heightPx: number;
  leastConfidence: number;
}): FaceBox[] {
  const anchors = layFaceAnchors(found.widthPx, found.heightPx);
  if (found.boxes.length !== anchors.count * 4) {
    throw new Error(`${found.boxes.length / 4} boxes for ${anchors.count} anchors`);
  }
  const faces: FaceBox[] = [];
  for (let index = 0; index < anchors.count; index += 1) {
    const confidence = found.scores[index * 3 + 1] ?? 0;
    if (confidence < found.leastConfidence) continue;
    const [offsetY = 0, offsetX = 0, growthY = 0, growthX = 0] = found.boxes.subarray(
      index * 4,
      index * 4 + 4,
    );
    const [centreX = 0, centreY = 0, width = 0, height = 0] = anchors.numbers.subarray(
      index * 4,
      index * 4 + 4,
    );
    const w = Math.exp(growthX / boxScale.size) * width;
    const h = Math.exp(growthY / boxScale.size) * height;
    const x = (offsetX / boxScale.centre) * width + centreX - w / 2;
    const y = (offsetY / boxScale.centre) * height + centreY - h / 2;
    faces.push({ x, y, w, h, confidence });
  }
  return faces;
}

/** Back to the picture's own pixels, cut at its edges. */
function toPicture(box: FaceBox, picture: Pixels, sized: Pixels): FaceBox {
  const scaleX = picture.widthPx / sized.widthPx;
  const scaleY = picture.heightPx / sized.heightPx;
  const x = Math.max(0, box.x * scaleX);
  const y = Math.max(0, box.y * scaleY);
  const w = Math.min(picture.widthPx, (box.x + box.w) * scaleX) - x;
  const h = Math.min(picture.heightPx, (box.y + box.h) * scaleY) - y;
  return { x, y, w, h, confidence: box.confidence };
}

/** Of boxes that overlap much, or lie in one another, the most certain. */
function keepBestOfEach(boxes: FaceBox[]): FaceBox[] {
  const kept: FaceBox[] = [];
  const bestFirst = boxes.toSorted((a, b) => b.confidence - a.confidence);
  for (const box of bestFirst) {
    if (!kept.some((better) => overlapsMuch(better, box))) kept.push(box);
  }
  return kept;
}

function overlapsMuch(a: FaceBox, b: FaceBox): boolean {
  const width = Math.max(0, Math.min(a.x + a.w, b.x + b.w) - Math.max(a.x, b.x));
  const height = Math.max(0, Math.min(a.y + a.h, b.y + b.h) - Math.max(a.y, b.y));
  const shared = width * height;
  const [areaA, areaB] = [a.w * a.h, b.w * b.h];
  return (
    shared > mostOverlap.union * (areaA + areaB - shared) ||
    shared > mostOverlap.smaller * Math.min(areaA, areaB)
  );
}
