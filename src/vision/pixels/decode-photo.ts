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

/** First bytes of images that are not read: GIF, BMP, TIFF and the raw files of cameras, JPEG XL and 2000, SVG. */
const otherImages = [
  'GIF8',
  'BM',
  'II*\0',
  'MM\0*',
  'IIU\0',
  'IIRO',
  'IIRS',
  'MMOR',
  'II\x1a\0',
  'FUJIFILM',
  'FOVb',
  '\0MRM',
  '\xff\n',
  '\0\0\0\fJXL ',
  '\0\0\0\fjP  ',
  '<svg',
  '<?xml',
];

const maxPixels = 120_000_000;
/** To be read, a photo is decoded at 1/2, 1/4 or 1/8 as long as its long side keeps this. */
const leastLongSidePx = 2400;
/** To be shown, this long side is enough, and libjpeg gives most of the way there while it decodes. */
export const shownLongSidePx = 1600;

/** To be sold, an edited photo keeps every pixel. */
type Purpose = 'read' | 'show' | 'whole';

const sizeFor = {
  read: sizeToRead,
  show: sizeToShow,
  whole: (width: number, height: number) => ({ width, height }),
};

/** One decode of a photo, animated ones by their first frame. Throws `PhotoFailure` for anything doubtful. */
export async function decodePhoto(bytes: Uint8Array, purpose: Purpose = 'read'): Promise<DecodedPhoto> {
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

  const size = sizeFor[purpose](widthPx, heightPx);
  const upright = input.autoOrient();
  const sized = size.width === widthPx ? upright : upright.resize({ ...size, fit: 'fill' });
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
  // HEIC, AVIF and CR3 tell the length of their first box before its name.
  const known = head.slice(4, 8) === 'ftyp' || otherImages.some((start) => head.startsWith(start));
  throw new PhotoFailure(known ? 'unsupported-format' : 'not-an-image', 'not a JPEG, PNG or WebP file');
}

function sizeToRead(width: number, height: number) {
  const [longSide, shortSide] = [Math.max(width, height), Math.min(width, height)];
  const fits = [8, 4, 2].find((divisor) => longSide / divisor >= leastLongSidePx && shortSide >= divisor);
  const divisor = fits ?? 1;
  return { width: Math.ceil(width / divisor), height: Math.ceil(height / divisor) };
}

function sizeToShow(width: number, height: number) {
  const scale = Math.min(1, shownLongSidePx / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

function failureOf(error: unknown): PhotoFailure {
  const message = error instanceof Error ? error.message : String(error);
  if (/pixel limit/i.test(message)) return new PhotoFailure('too-many-pixels', message);
  if (/premature end|truncated|end of (stream|data)|read error/i.test(message)) {
    return new PhotoFailure('truncated', message);
  }
  return new PhotoFailure('corrupt', message);
}
