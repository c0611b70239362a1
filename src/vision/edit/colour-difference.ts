import type { Pixels } from '../pixels/decode-photo.ts';
import { decode } from './tone-curves.ts';

const light = Float32Array.from({ length: 256 }, (_, value) => decode(value / 255));
const stepPx = 3;

/** Mean CIE 1976 difference of two pictures of one size: 1 is hardly seen side by side, 2.3 is just noticed. */
export function colourDifference(one: Pixels, other: Pixels): number {
  let [sum, count] = [0, 0];
  for (let at = 0; at + 2 < one.data.length; at += 3 * stepPx) {
    const [l1, a1, b1] = labAt(one.data, at);
    const [l2, a2, b2] = labAt(other.data, at);
    sum += Math.hypot(l1 - l2, a1 - a2, b1 - b2);
    count += 1;
  }
  return count === 0 ? 0 : sum / count;
}

/** CIE L*a*b* under D65, from sRGB. */
function labAt(data: Uint8Array, at: number): [number, number, number] {
  const [red, green, blue] = [0, 1, 2].map((channel) => light[data[at + channel] ?? 0] ?? 0) as [
    number,
    number,
    number,
  ];
  const x = root((0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505);
  const y = root(0.2126 * red + 0.7152 * green + 0.0722 * blue);
  const z = root((0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

function root(value: number): number {
  return value > 216 / 24389 ? Math.cbrt(value) : (24389 / 27 / 116) * value + 16 / 116;
}
