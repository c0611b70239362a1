import sharp from 'sharp';
import { PhotoFailure } from '../findings.ts';
import { sniffFormat } from './decode-photo.ts';
import type { MarkTile } from './watermark.ts';

const maxMarkPixels = 16_000_000;

/** An operator's mark with its transparency, at most `maxSidePx` long. Only PNG: a mark without alpha hides the photo. */
export async function decodeMark(bytes: Uint8Array, maxSidePx: number): Promise<MarkTile> {
  if (sniffFormat(bytes) !== 'png') throw new PhotoFailure('unsupported-format', 'a mark must be a PNG file');
  const { data, info } = await sharp(bytes, { failOn: 'warning', limitInputPixels: maxMarkPixels })
    .resize({ width: maxSidePx, height: maxSidePx, fit: 'inside', withoutEnlargement: true })
    .toColourspace('srgb')
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { rgba: data, widthPx: info.width, heightPx: info.height };
}
