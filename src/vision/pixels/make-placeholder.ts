import sharp from 'sharp';
import type { Pixels } from './decode-photo.ts';
import { resizePixels } from './resize-pixels.ts';

const longSidePx = 16;

/** A mean colour and a picture of a few pixels, small enough to travel inside a page. */
export async function makePlaceholder(pixels: Pixels): Promise<{ tone: string; placeholder: string }> {
  const { data, widthPx, heightPx } = await resizePixels(pixels, longSidePx);
  const sums = [0, 0, 0];
  for (let index = 0; index < data.length; index++)
    sums[index % 3] = (sums[index % 3] ?? 0) + (data[index] ?? 0);
  const count = widthPx * heightPx;
  const tone = sums
    .map((sum) =>
      Math.round(sum / count)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('');
  const webp = await sharp(data, { raw: { width: widthPx, height: heightPx, channels: 3 } })
    .webp({ quality: 40, effort: 2 })
    .toBuffer();
  return { tone: `#${tone}`, placeholder: `data:image/webp;base64,${webp.toString('base64')}` };
}
