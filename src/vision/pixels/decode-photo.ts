import sharp, { type Metadata } from 'sharp';
import { PhotoFailure, type PhotoFormat } from '../findings.ts';

/** Interleaved 8-bit RGB. */
export interface Pixels {
  data: Buffer;
  widthPx: number;
  heightPx: number;
}

export interface DecodedPhoto {
  format: PhotoFormat;
  /** Of the upright original; `pixels` may be a whole fraction of it. */
  widthPx: number;
  heightPx: number;
  /** Upright sRGB. */
  pixels: Pixels;
  metadata: Metadata;
}

const maxPixels = 120_000_000;
/** A photo is decoded at 1/2, 1/4 or 1/8 as long as its long side keeps this: enough to read bibs and far cheaper. */
const leastLongSidePx = 2400;

/** One decode of a photo, animated ones by their first frame. Throws `PhotoFailure` for anything doubtful. */
export async function decodePhoto(bytes: Uint8Array): Promise<DecodedPhoto> {
  const format = sniffFormat(bytes);
  // 'warning' refuses cut files: a photo sold must be whole.
  const input = sharp(bytes, { failOn: 'warning', limitInputPixels: maxPixels, animated: false, pages: 1 });
  const metadata = await input.metadata().catch((error: unknown) => {
    throw failureOf(error);
  });
  if (metadata.format !== format) {
    throw new PhotoFailure('corrupt', `looks like ${format} but is decoded as ${metadata.format}`);
  }
  const { width: widthPx, height: heightPx } = metadata.autoOrient;
  if (widthPx * heightPx > maxPixels) throw new PhotoFailure('too-many-pixels', `${widthPx}x${heightPx}`);

  const fraction = fractionFor(widthPx, heightPx);
  const upright = input.autoOrient();
  const sized = fraction === 1 ? upright : upright.resize(resizeTo(widthPx, heightPx, fraction));
  const { data, info } = await sized
    .toColourspace('srgb')
    .flatten({ background: '#ffffff' })
    .raw()
    .toBuffer({ resolveWithObject: true })
    .catch((error: unknown) => {
      throw failureOf(error);
    });
  if (info.channels !== 3) throw new PhotoFailure('corrupt', `${info.channels} channels after conversion`);
  return {
    format,
    widthPx,
    heightPx,
    metadata,
    pixels: { data, widthPx: info.width, heightPx: info.height },
  };
}

/** Lets libvips open JPEG, PNG and WebP from memory and nothing else, in this process, for good. */
export function blockOtherLoaders(): void {
  sharp.block({ operation: ['VipsForeignLoad'] });
  sharp.unblock({
    operation: ['VipsForeignLoadJpegBuffer', 'VipsForeignLoadPngBuffer', 'VipsForeignLoadWebpBuffer'],
  });
}

/** By the first bytes only: names and declared types are other people's opinions. */
export function sniffFormat(bytes: Uint8Array): PhotoFormat {
  if (bytes.length === 0) throw new PhotoFailure('empty', 'no bytes');
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 12)).toString('latin1');
  if (head.startsWith('\xff\xd8\xff')) return 'jpeg';
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return 'png';
  if (head.startsWith('RIFF') && head.slice(8) === 'WEBP') return 'webp';
  const known = /^(GIF8|BM|II\*\0|MM\0\*|.{4}ftyp|<svg|<\?xml)/s.test(head);
  throw new PhotoFailure(known ? 'unsupported-format' : 'not-an-image', 'not a JPEG, PNG or WebP file');
}

function fractionFor(widthPx: number, heightPx: number): number {
  const longSidePx = Math.max(widthPx, heightPx);
  const shortSidePx = Math.min(widthPx, heightPx);
  const fits = [8, 4, 2].find((divisor) => longSidePx / divisor >= leastLongSidePx && shortSidePx >= divisor);
  return fits ?? 1;
}

function resizeTo(widthPx: number, heightPx: number, divisor: number) {
  return { width: Math.ceil(widthPx / divisor), height: Math.ceil(heightPx / divisor), fit: 'fill' as const };
}

function failureOf(error: unknown): PhotoFailure {
  const message = error instanceof Error ? error.message : String(error);
  if (/pixel limit/i.test(message)) return new PhotoFailure('too-many-pixels', message);
  if (/premature end|truncated|end of (stream|data)|read error/i.test(message)) {
    return new PhotoFailure('truncated', message);
  }
  return new PhotoFailure('corrupt', message);
}
