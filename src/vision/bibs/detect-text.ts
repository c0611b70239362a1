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
  const boxes = await inRoom(widthPx * heightPx, async (room) => {
    fillInput(room.input, scaled);
    const { data } = await runModel(models.detector, room.input, [1, 3, heightPx, widthPx]);
    return boxesIn(data, widthPx, heightPx, room);
  });
  // Rounding to steps of 32 stretches by at most a few percent: one factor is near enough for both axes.
  const back = (pixels.widthPx / widthPx + pixels.heightPx / heightPx) / 2;
  return boxes.map((box) => ({
    ...scaleBox(box, back),
    cx: (box.cx * pixels.widthPx) / widthPx,
    cy: (box.cy * pixels.heightPx) / heightPx,
    score: box.score,
  }));
}

/** What one look writes to. */
interface Room {
  input: Float32Array;
  seen: Uint8Array;
  stack: Int32Array;
}

const freeRooms: Room[] = [];

/** Rooms are kept for the next picture: making 50 MB anew for each, and clearing them, costs more than filling them. */
async function inRoom<Result>(pixels: number, work: (room: Room) => Promise<Result>): Promise<Result> {
  const kept = freeRooms.pop();
  const room =
    kept && kept.seen.length >= pixels
      ? kept
      : {
          input: new Float32Array(3 * pixels),
          seen: new Uint8Array(pixels),
          stack: new Int32Array(pixels),
        };
  try {
    return await work({ ...room, input: room.input.subarray(0, 3 * pixels) });
  } finally {
    freeRooms.push(room);
  }
}

/** Planes in the order blue, green, red, as the network was trained. */
function fillInput(input: Float32Array, { data, widthPx, heightPx }: Pixels): void {
  const count = widthPx * heightPx;
  const [blue, green, red] = inputTables;
  if (!blue || !green || !red) throw new Error('three planes have three tables');
  for (let index = 0, from = 0; index < count; index++, from += 3) {
    input[index] = blue[data[from + 2] ?? 0] ?? 0;
    input[count + index] = green[data[from + 1] ?? 0] ?? 0;
    input[2 * count + index] = red[data[from] ?? 0] ?? 0;
  }
}

/** Differentiable-binarisation post-processing: connected regions of the probability map, each boxed and grown. */
function boxesIn(map: Float32Array, widthPx: number, heightPx: number, { seen, stack }: Room): TextBox[] {
  seen.fill(0, 0, widthPx * heightPx);
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
