import type { Pixels } from '../pixels/decode-photo.ts';
import type { RotatedBox } from './rotated-box.ts';

export const lineHeightPx = 48;
const leastWidthPx = 16;
const maxWidthPx = 480;
const maxSamplesPerSide = 4;

/** A line of text turned upright and scaled to the recogniser's height. `padding` is a share of the line's height. */
export function cropLine(pixels: Pixels, box: RotatedBox, padding: number): Pixels {
  const boxW = box.w + 2 * padding * box.h;
  const boxH = box.h * (1 + padding);
  const widthPx = Math.min(maxWidthPx, Math.max(leastWidthPx, Math.round((boxW / boxH) * lineHeightPx)));
  const stepX = boxW / widthPx;
  const stepY = boxH / lineHeightPx;
  // Several samples per pixel when the line is larger than the crop: a cheap area average.
  const samples = Math.max(1, Math.min(maxSamplesPerSide, Math.round(Math.max(stepX, stepY))));
  const cos = Math.cos(box.angle);
  const sin = Math.sin(box.angle);
  const data = Buffer.alloc(widthPx * lineHeightPx * 3);
  const colour = new Float64Array(3);
  for (let y = 0; y < lineHeightPx; y++) {
    for (let x = 0; x < widthPx; x++) {
      colour.fill(0);
      for (let sample = 0; sample < samples * samples; sample++) {
        const along = (x + ((sample % samples) + 0.5) / samples) * stepX - boxW / 2;
        const across = (y + (Math.floor(sample / samples) + 0.5) / samples) * stepY - boxH / 2;
        addBilinear(colour, pixels, box.cx + along * cos - across * sin, box.cy + along * sin + across * cos);
      }
      const to = (y * widthPx + x) * 3;
      const share = 1 / (samples * samples);
      data[to] = (colour[0] ?? 0) * share;
      data[to + 1] = (colour[1] ?? 0) * share;
      data[to + 2] = (colour[2] ?? 0) * share;
    }
  }
  return { data, widthPx, heightPx: lineHeightPx };
}

function addBilinear(
  colour: Float64Array,
  { data, widthPx, heightPx }: Pixels,
  atX: number,
  atY: number,
): void {
  const x = Math.min(Math.max(atX - 0.5, 0), widthPx - 1);
  const y = Math.min(Math.max(atY - 0.5, 0), heightPx - 1);
  const left = Math.floor(x);
  const top = Math.floor(y);
  const right = Math.min(left + 1, widthPx - 1);
  const bottom = Math.min(top + 1, heightPx - 1);
  const shareX = x - left;
  const shareY = y - top;
  for (let channel = 0; channel < 3; channel++) {
    const upper =
      (data[(top * widthPx + left) * 3 + channel] ?? 0) * (1 - shareX) +
      (data[(top * widthPx + right) * 3 + channel] ?? 0) * shareX;
    const lower =
      (data[(bottom * widthPx + left) * 3 + channel] ?? 0) * (1 - shareX) +
      (data[(bottom * widthPx + right) * 3 + channel] ?? 0) * shareX;
    colour[channel] = (colour[channel] ?? 0) + upper * (1 - shareY) + lower * shareY;
  }
}
