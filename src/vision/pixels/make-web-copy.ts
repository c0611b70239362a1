import sharp from 'sharp';
import { editPixels } from '../edit/apply-edit.ts';
import type { EditPlan, Rendition } from '../findings.ts';
import { decodePhoto, shownLongSidePx } from './decode-photo.ts';
import { addNameBand } from './name-band.ts';
import { resizePixels } from './resize-pixels.ts';

export interface WebCopyOptions {
  /** Null: as the camera saw it. */
  plan: EditPlan | null;
  /** A sponsor's name as `drawName` gives it, for a copy that the sponsor gives; null for one that is sold. */
  name: Uint8Array | null;
}

const quality = 90;

/** The size that is sold for screens: a JPEG in sRGB with a long side of at most 1600 px, upright, without the mark and
 *  without a word of metadata. Throws `PhotoFailure`. Decodes strangers' bytes: call it through the engine pool. */
export async function makeWebCopy(bytes: Uint8Array, { plan, name }: WebCopyOptions): Promise<Rendition> {
  const { pixels } = await decodePhoto(bytes, plan ? 'read' : 'show');
  const sized = await resizePixels(pixels, shownLongSidePx);
  const shown = plan ? await editPixels(sized, plan) : sized;
  const { data, widthPx, heightPx } = name ? await addNameBand(shown, name) : shown;
  const written = await sharp(data, { raw: { width: widthPx, height: heightPx, channels: 3 } })
    .jpeg({ quality })
    .withIccProfile('srgb')
    .toBuffer();
  return { bytes: written, widthPx, heightPx };
}
