import sharp from 'sharp';
import type { Rendition } from '../findings.ts';
import type { Pixels } from './decode-photo.ts';
import { resizePixels } from './resize-pixels.ts';

const mostBytes = 4_000_000;
const longSidePx = 4096;
/** Below this, blocks look like strokes to a reader of text: then fewer pixels are the smaller loss. */
const qualities = [92, 85, 75, 65];
const sizeStep = 0.7;

/** A JPEG without metadata that an outside recogniser takes: long side at most 4096 px, under 4,000,000 bytes.
 *  Made for one call and never stored. */
export async function makeRecognitionJpeg(pixels: Pixels): Promise<Rendition> {
  let sized = await resizePixels(pixels, longSidePx);
  for (;;) {
    for (const quality of qualities) {
      const bytes = await encode(sized, quality);
      if (bytes.length < mostBytes) return { bytes, widthPx: sized.widthPx, heightPx: sized.heightPx };
    }
    sized = await resizePixels(sized, Math.max(sized.widthPx, sized.heightPx) * sizeStep);
  }
}

function encode({ data, widthPx, heightPx }: Pixels, quality: number): Promise<Buffer> {
  return sharp(data, { raw: { width: widthPx, height: heightPx, channels: 3 } })
    .jpeg({ quality })
    .toBuffer();
}
