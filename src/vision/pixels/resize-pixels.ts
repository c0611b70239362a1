import sharp from 'sharp';
import type { Pixels } from './decode-photo.ts';

/** Scaled down to fit the long side; smaller pictures come back as they are. */
export async function resizePixels(pixels: Pixels, longSidePx: number): Promise<Pixels> {
  const scale = longSidePx / Math.max(pixels.widthPx, pixels.heightPx);
  if (scale >= 1) return pixels;
  const widthPx = Math.max(1, Math.round(pixels.widthPx * scale));
  const heightPx = Math.max(1, Math.round(pixels.heightPx * scale));
  return resizePixelsTo(pixels, widthPx, heightPx);
}

/** Scaled to exactly this size, up or down. */
export async function resizePixelsTo(pixels: Pixels, widthPx: number, heightPx: number): Promise<Pixels> {
  const enlarging = widthPx > pixels.widthPx;
  const data = await sharp(pixels.data, {
    raw: { width: pixels.widthPx, height: pixels.heightPx, channels: 3 },
  })
    .resize(widthPx, heightPx, { fit: 'fill', kernel: enlarging ? 'cubic' : 'lanczos3' })
    .raw()
    .toBuffer();
  return { data, widthPx, heightPx };
}
