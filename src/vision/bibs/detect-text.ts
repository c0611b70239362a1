import type { Pixels } from '../pixels/decode-photo.ts';
import { resizePixelsTo } from '../pixels/resize-pixels.ts';
import { runModel, type TextModels } from './load-models.ts';
import { type Point, type RotatedBox, scaleBox, smallestBoxAround, unclip } from './rotated-box.ts';

export interface TextBox extends RotatedBox {
  score: number;
}

// The network halves its input five times.
const sizeStep = 32;
const mean = [0.485, 0.456, 0.406] as const;
const deviation = [0.229, 0.224, 0.225] as const;
/** What the network sees for each of the 256 values, by plane: three million multiplications per photo less. */
const inputTables = mean.map((centre, plane) =>
  Float32Array.from({ length: 256 }, (_, value) => (value / 255 - centre) / (deviation[plane] ?? 1)),
);
const pixelThreshold = 0.3;
const boxThreshold = 0.5;
const unclipRatio = 1.6;
const leastSidePx = 3;
const leastPixels = 6;
const maxBoxes = 300;

/** Boxes of text lines, in pixels of `pixels`. `longSidePx` is the size the network sees: digits under 40 px get lost. */
export async function detectText(models: TextModels, pixels: Pixels, longSidePx: number): Promise<TextBox[]> {
  const scale = longSidePx / Math.max(pixels.widthPx, pixels.heightPx);
  const widthPx = Math.max(sizeStep, Math.round((pixels.widthPx * scale) / sizeStep) * sizeStep);
  const heightPx = Math.max(sizeStep, Math.round((pixels.heightPx * scale) / sizeStep) * sizeStep);
  const scaled = await resizePixelsTo(pixels, widthPx, heightPx);
  const { data } = await runModel(models.detector, networkInput(scaled), [1, 3, heightPx, widthPx]);
  const boxes = boxesIn(data, widthPx, heightPx);
  // Rounding to steps of 32 stretches by at most a few percent: one factor is near enough for both axes.
  const back = (pixels.widthPx / widthPx + pixels.heightPx / heightPx) / 2;
  return boxes.map((box) => ({
    ...scaleBox(box, back),
    cx: (box.cx * pixels.widthPx) / widthPx,
    cy: (box.cy * pixels.heightPx) / heightPx,
    score: box.score,
  }));
}

/** Planes in the order blue, green, red, as the network was trained. */
function networkInput({ data, widthPx, heightPx }: Pixels): Float32Array {
  const count = widthPx * heightPx;
  const input = new Float32Array(3 * count);
  for (let plane = 0; plane < 3; plane++) {
    const table = inputTables[plane] ?? new Float32Array(256);
    const start = plane * count;
    for (let index = 0, from = 2 - plane; index < count; index++, from += 3) {
      input[start + index] = table[data[from] ?? 0] ?? 0;
    }
  }
  return input;
}

/** Differentiable-binarisation post-processing: connected regions of the probability map, each boxed and grown. */
function boxesIn(map: Float32Array, widthPx: number, heightPx: number): TextBox[] {
  const seen = new Uint8Array(widthPx * heightPx);
  const stack = new Int32Array(widthPx * heightPx);
  const boxes: TextBox[] = [];
  for (let start = 0; start < map.length && boxes.length < maxBoxes; start++) {
    // Nearly all of the map is empty: ask that first.
    if ((map[start] ?? 0) <= pixelThreshold || seen[start]) continue;
    const region = floodRegion({ map, seen, stack, widthPx, heightPx }, start);
    if (region.pixels < leastPixels || region.mean < boxThreshold) continue;
    const box = smallestBoxAround(region.outline);
    if (!box || Math.min(box.w, box.h) < leastSidePx) continue;
    boxes.push({ ...unclip(box, unclipRatio), score: region.mean });
  }
  return boxes;
}

interface FloodState {
  map: Float32Array;
  seen: Uint8Array;
  stack: Int32Array;
  widthPx: number;
  heightPx: number;
}

function floodRegion(state: FloodState, start: number): { pixels: number; mean: number; outline: Point[] } {
  const { map, seen, stack, widthPx, heightPx } = state;
  const rows = new Map<number, { from: number; to: number }>();
  let depth = 0;
  let pixels = 0;
  let sum = 0;
  stack[depth++] = start;
  seen[start] = 1;
  while (depth > 0) {
    const at = stack[--depth] ?? 0;
    const y = Math.floor(at / widthPx);
    const x = at - y * widthPx;
    pixels += 1;
    sum += map[at] ?? 0;
    const row = rows.get(y);
    if (!row) rows.set(y, { from: x, to: x });
    else if (x < row.from) row.from = x;
    else if (x > row.to) row.to = x;
    for (let ny = Math.max(0, y - 1); ny <= Math.min(heightPx - 1, y + 1); ny++) {
      for (let nx = Math.max(0, x - 1); nx <= Math.min(widthPx - 1, x + 1); nx++) {
        const next = ny * widthPx + nx;
        if (seen[next] || (map[next] ?? 0) <= pixelThreshold) continue;
        seen[next] = 1;
        stack[depth++] = next;
      }
    }
  }
  const outline = [...rows].flatMap(([y, { from, to }]) => [
    { x: from, y },
    { x: from, y: y + 1 },
    { x: to + 1, y },
    { x: to + 1, y: y + 1 },
  ]);
  return { pixels, mean: sum / pixels, outline };
}
