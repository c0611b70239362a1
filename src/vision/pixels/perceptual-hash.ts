import { toGrey } from '../quality/grey.ts';
import type { Pixels } from './decode-photo.ts';
import { resizePixelsTo } from './resize-pixels.ts';

const side = 32;
/** Of the cosine transform only the slowest waves: what stays when a picture is made smaller or saved again. */
const waves = 8;
const cosines = Float64Array.from({ length: waves * side }, (_, index) => {
  const wave = Math.floor(index / side);
  return Math.cos((Math.PI * wave * ((index % side) + 0.5)) / side);
});

/** 64 bits of a photo's look as 16 hex digits: each tells whether a slow wave of brightness is above the middle of them all. */
export async function perceptualHash(pixels: Pixels): Promise<string> {
  const { values } = await toGrey(await resizePixelsTo(pixels, side, side));
  const strengths = transform(values);
  const sorted = strengths.slice(1).sort();
  const middle = sorted[Math.floor(sorted.length / 2)] ?? 0;
  let hash = '';
  for (let index = 0; index < strengths.length; index += 4) {
    const bits = [0, 1, 2, 3].map((bit) => ((strengths[index + bit] ?? 0) > middle ? 8 >> bit : 0));
    hash += bits.reduce((sum, bit) => sum + bit, 0).toString(16);
  }
  return hash;
}

/** Two-dimensional DCT-II, the first `waves` of each direction, row by row. */
function transform(values: Uint8Array): Float64Array {
  const byRow = new Float64Array(side * waves);
  for (let row = 0; row < side; row++) {
    for (let wave = 0; wave < waves; wave++) {
      let sum = 0;
      for (let x = 0; x < side; x++) sum += (values[row * side + x] ?? 0) * (cosines[wave * side + x] ?? 0);
      byRow[row * waves + wave] = sum;
    }
  }
  return Float64Array.from({ length: waves * waves }, (_, index) => {
    const [down, across] = [Math.floor(index / waves), index % waves];
    let sum = 0;
    for (let row = 0; row < side; row++)
      sum += (byRow[row * waves + across] ?? 0) * (cosines[down * side + row] ?? 0);
    return sum;
  });
}
