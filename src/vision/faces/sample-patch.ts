import type { Pixels } from '../pixels/decode-photo.ts';

/** From a patch to the picture, both in pixels: x = a·u − b·v + x0, y = b·u + a·v + y0. */
export interface Placement {
  a: number;
  b: number;
  x0: number;
  y0: number;
}

/** Samples per patch pixel and direction, where the picture has more pixels than the patch. */
const mostSamples = 4;

/** A square of the picture, turned and scaled, as three planes of 0..255: red, green, blue. What lies outside the picture
 *  repeats its edge. */
export function samplePatch(pixels: Pixels, placement: Placement, sizePx: number): Float32Array {
  const { a, b, x0, y0 } = placement;
  const plane = sizePx * sizePx;
  const patch = new Float32Array(3 * plane);
  const samples = Math.max(1, Math.min(mostSamples, Math.round(Math.hypot(a, b))));
  const share = 1 / (samples * samples);
  for (let v = 0; v < sizePx; v += 1) {
    for (let u = 0; u < sizePx; u += 1) {
      for (let sample = 0; sample < samples * samples; sample += 1) {
        const su = u + ((sample % samples) + 0.5) / samples - 0.5;
        const sv = v + (Math.floor(sample / samples) + 0.5) / samples - 0.5;
        addBilinear(pixels, a * su - b * sv + x0, b * su + a * sv + y0, {
          patch,
          at: v * sizePx + u,
          plane,
          share,
        });
      }
    }
  }
  return patch;
}

function addBilinear(
  { data, widthPx, heightPx }: Pixels,
  x: number,
  y: number,
  { patch, at, plane, share }: { patch: Float32Array; at: number; plane: number; share: number },
): void {
  const insideX = Math.min(Math.max(x, 0), widthPx - 1);
  const insideY = Math.min(Math.max(y, 0), heightPx - 1);
  const left = Math.floor(insideX);
  const top = Math.floor(insideY);
  const right = Math.min(left + 1, widthPx - 1);
  const bottom = Math.min(top + 1, heightPx - 1);
  const fx = insideX - left;
  const fy = insideY - top;
  for (let channel = 0; channel < 3; channel += 1) {
    const pixel = (px: number, py: number) => data[(py * widthPx + px) * 3 + channel] ?? 0;
    const upper = pixel(left, top) * (1 - fx) + pixel(right, top) * fx;
    const lower = pixel(left, bottom) * (1 - fx) + pixel(right, bottom) * fx;
    const index = at + channel * plane;
    patch[index] = (patch[index] ?? 0) + (upper * (1 - fy) + lower * fy) * share;
  }
}
