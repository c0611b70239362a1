/** A place where the detector looks for a face, in pixels of its input. */
export interface FaceAnchors {
  /** centreX, centreY, width, height of each, in the order of the network's output. */
  numbers: Float32Array;
  count: number;
}

/** Sizes are those of a picture of 512 px, on which the detector was trained; a larger input has more places. */
const trainedSidePx = 512;
const firstStridePx = 16;
/** Scale of each map, and of the one that would follow; the first map has its own, smaller square. */
const scales = [0.2, 0.35, 0.5, 0.65, 0.8, 0.95, 1];
const smallestScale = 0.1;

/** The anchors of SSD (Liu et al. 2016, §2.2) as TensorFlow's object detection API lays them out. */
export function layFaceAnchors(widthPx: number, heightPx: number): FaceAnchors {
  const numbers: number[] = [];
  for (let map = 0; map < scales.length - 1; map += 1) {
    const stridePx = firstStridePx * 2 ** map;
    const shapes = anchorShapes(map);
    for (let row = 0; row < Math.ceil(heightPx / stridePx); row += 1) {
      for (let column = 0; column < Math.ceil(widthPx / stridePx); column += 1) {
        for (const { width, height } of shapes) {
          numbers.push((column + 0.5) * stridePx, (row + 0.5) * stridePx, width, height);
        }
      }
    }
  }
  return { numbers: Float32Array.from(numbers), count: numbers.length / 4 };
}

function anchorShapes(map: number) {
  const scale = scales[map] ?? 0;
  const next = scales[map + 1] ?? 1;
  const shape = (size: number, ratio: number) => ({
    width: size * Math.sqrt(ratio) * trainedSidePx,
    height: (size / Math.sqrt(ratio)) * trainedSidePx,
  });
  if (map === 0) return [shape(smallestScale, 1), shape(scale, 2), shape(scale, 1 / 2)];
  return [
    shape(scale, 1),
    shape(Math.sqrt(scale * next), 1),
    ...[2, 1 / 2, 3, 1 / 3].map((ratio) => shape(scale, ratio)),
  ];
}
