import sharp from 'sharp';
import type { BoxNorm } from '../findings.ts';
import type { Pixels } from '../pixels/decode-photo.ts';

/** 8-bit luma. */
export interface Grey {
  values: Uint8Array;
  widthPx: number;
  heightPx: number;
}

export async function toGrey({ data, widthPx, heightPx }: Pixels): Promise<Grey> {
  const values = await sharp(data, { raw: { width: widthPx, height: heightPx, channels: 3 } })
    .greyscale()
    .raw()
    .toBuffer();
  return { values, widthPx, heightPx };
}

/** Null when less than this many pixels of the box lie in the picture. */
export function cropGrey(grey: Grey, box: BoxNorm, leastPx: number): Grey | null {
  const left = Math.max(0, Math.round(box.x * grey.widthPx));
  const top = Math.max(0, Math.round(box.y * grey.heightPx));
  const widthPx = Math.min(grey.widthPx, Math.round((box.x + box.w) * grey.widthPx)) - left;
  const heightPx = Math.min(grey.heightPx, Math.round((box.y + box.h) * grey.heightPx)) - top;
  if (widthPx < leastPx || heightPx < leastPx) return null;
  const values = new Uint8Array(widthPx * heightPx);
  for (let row = 0; row < heightPx; row++) {
    const from = (top + row) * grey.widthPx + left;
    values.set(grey.values.subarray(from, from + widthPx), row * widthPx);
  }
  return { values, widthPx, heightPx };
}
