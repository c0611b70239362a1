import sharp from 'sharp';
import type { BoxNorm } from '#vision/findings.ts';
import type { Pixels } from '#vision/pixels/decode-photo.ts';

/** Out of focus, as a Gaussian of this many pixels. */
export async function defocusPixels({ data, widthPx, heightPx }: Pixels, sigmaPx: number): Promise<Pixels> {
  const image = sharp(data, { raw: { width: widthPx, height: heightPx, channels: 3 } });
  return { data: await image.blur(sigmaPx).raw().toBuffer(), widthPx, heightPx };
}

/** Moved while the shutter was open: the mean along a straight line. */
export function shakePixels({ data, widthPx, heightPx }: Pixels, lengthPx: number, angle: number): Pixels {
  const shaken = Buffer.alloc(data.length);
  const steps = Array.from({ length: lengthPx }, (_, step) => {
    const along = step - (lengthPx - 1) / 2;
    return [Math.round(along * Math.cos(angle)), Math.round(along * Math.sin(angle))] as const;
  });
  for (let y = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++) {
      const sums = [0, 0, 0];
      for (const [across, down] of steps) {
        const column = Math.min(widthPx - 1, Math.max(0, x + across));
        const row = Math.min(heightPx - 1, Math.max(0, y + down));
        const from = (row * widthPx + column) * 3;
        for (let channel = 0; channel < 3; channel++)
          sums[channel] = (sums[channel] ?? 0) + (data[from + channel] ?? 0);
      }
      for (let channel = 0; channel < 3; channel++)
        shaken[(y * widthPx + x) * 3 + channel] = Math.round((sums[channel] ?? 0) / lengthPx);
    }
  }
  return { data: shaken, widthPx, heightPx };
}

/** The first picture, with this area of the second. */
export function replaceArea(picture: Pixels, other: Pixels, { x, y, w, h }: BoxNorm): Pixels {
  const { widthPx, heightPx } = picture;
  const data = Buffer.from(picture.data);
  const left = Math.max(0, Math.round(x * widthPx));
  const right = Math.min(widthPx, Math.round((x + w) * widthPx));
  const bottom = Math.min(heightPx, Math.round((y + h) * heightPx));
  for (let row = Math.max(0, Math.round(y * heightPx)); row < bottom; row++) {
    const start = row * widthPx * 3;
    other.data.copy(data, start + left * 3, start + left * 3, start + right * 3);
  }
  return { data, widthPx, heightPx };
}
