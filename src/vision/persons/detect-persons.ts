import { Tensor } from 'onnxruntime-node';
import type { BoxNorm, PersonFinding } from '../findings.ts';
import type { Pixels } from '../pixels/decode-photo.ts';
import { resizePixelsTo } from '../pixels/resize-pixels.ts';
import { dropOverlapping } from './drop-overlapping.ts';
import { openPersonModel } from './person-model.ts';

/** Bodies of a twentieth of a photo are still found, at a tenth of what reading bibs costs. docs/vision.md has other sizes. */
const longSidePx = 640;
// The network halves its input five times, and answers for each fourth pixel.
const sizeStep = 32;
const cellPx = 4;
/** The network's own score means little: among labelled photos .21 was right as often as wrong, .30 nearly always. */
const calibration = { even: 0.205, slope: 20, most: 0.99 };
const leastConfidence = 0.5;

/** Persons on a photo, the surest first. Boxes reach to the edge of what is seen of a body. */
export async function detectPersons(pixels: Pixels): Promise<PersonFinding[]> {
  const session = await openPersonModel();
  const scale = longSidePx / Math.max(pixels.widthPx, pixels.heightPx);
  const widthPx = Math.max(sizeStep, Math.round((pixels.widthPx * scale) / sizeStep) * sizeStep);
  const heightPx = Math.max(sizeStep, Math.round((pixels.heightPx * scale) / sizeStep) * sizeStep);
  const scaled = await resizePixelsTo(pixels, widthPx, heightPx);
  const image = new Tensor('float32', toPlanes(scaled), [1, 3, heightPx, widthPx]);
  const { middles, reaches } = await session.run({ image });
  return personsIn({
    columns: widthPx / cellPx,
    rows: heightPx / cellPx,
    middles: numbersOf(middles),
    reaches: numbersOf(reaches),
  });
}

interface Grid {
  columns: number;
  rows: number;
  middles: Float32Array;
  reaches: Float32Array;
}

function personsIn(grid: Grid): PersonFinding[] {
  const { columns, rows } = grid;
  const found: PersonFinding[] = [];
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const confidence = probability(grid.middles[row * columns + column] ?? 0);
      if (confidence < leastConfidence || !isPeak(grid, column, row)) continue;
      const box = boxAt(grid, column, row);
      if (box) found.push({ box, confidence });
    }
  }
  return dropOverlapping(found);
}

function probability(score: number): number {
  const { even, slope, most } = calibration;
  return Math.min(most, 1 / (1 + Math.exp(slope * (even - score))));
}

/** A person is found once: where its probability is highest among the nine cells around. */
function isPeak({ columns, rows, middles }: Grid, column: number, row: number): boolean {
  const value = middles[row * columns + column] ?? 0;
  for (let y = Math.max(0, row - 1); y <= Math.min(rows - 1, row + 1); y++) {
    for (let x = Math.max(0, column - 1); x <= Math.min(columns - 1, column + 1); x++) {
      if ((middles[y * columns + x] ?? 0) > value) return false;
    }
  }
  return true;
}

/** Cut at the photo's edges; null when nothing is left. */
function boxAt({ columns, rows, reaches }: Grid, column: number, row: number): BoxNorm | null {
  const reach = (side: number) => (reaches[(side * rows + row) * columns + column] ?? 0) / cellPx;
  const left = Math.max(0, (column - reach(0)) / columns);
  const top = Math.max(0, (row - reach(1)) / rows);
  const right = Math.min(1, (column + reach(2)) / columns);
  const bottom = Math.min(1, (row + reach(3)) / rows);
  if (!(right > left && bottom > top)) return null;
  return { x: left, y: top, w: right - left, h: bottom - top };
}

function toPlanes({ data, widthPx, heightPx }: Pixels): Float32Array {
  const count = widthPx * heightPx;
  const planes = new Float32Array(3 * count);
  for (let plane = 0; plane < 3; plane++) {
    for (let index = 0, from = plane; index < count; index++, from += 3) {
      planes[plane * count + index] = data[from] ?? 0;
    }
  }
  return planes;
}

function numbersOf(output: { data: unknown } | undefined): Float32Array {
  if (!(output?.data instanceof Float32Array)) throw new Error('the person detector gave no numbers');
  return output.data;
}
