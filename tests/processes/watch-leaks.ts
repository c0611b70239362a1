import sharp from 'sharp';
import { CANARY } from '../fixtures/canary-photo.ts';

const PREVIEW_PX = 1200;
/** A pixel this far from the clean picture belongs to the mark: compression alone stays below. */
const MARK_DISTANCE = 28;
const MARK_SHARE = 0.01;
const TILES_ACROSS = 4;
const PICTURE_CHUNKS = new Set(['VP8 ', 'VP8L', 'VP8X', 'ALPH']);
const METADATA = ['Exif\0\0', 'http://ns.adobe.com/xap', '8BIM', 'MPF\0', 'Photoshop 3.0'];

export interface Fetched {
  address: string;
  status: number;
  contentType: string;
  body: Buffer;
}

/** In how many of the sixteen parts of the image a mark lies over the original. */
export async function countMarkedTiles(image: Buffer, original: Buffer): Promise<number> {
  const shown = await sharp(image)
    .removeAlpha()
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { width, height } = shown.info;
  const clean = await sharp(original)
    .autoOrient()
    .resize(width, height, { fit: 'fill' })
    .flatten()
    .toColourspace('srgb')
    .removeAlpha()
    .raw()
    .toBuffer();
  const marked = new Array<number>(TILES_ACROSS ** 2).fill(0);
  for (let y = 0; y < height; y += 1) {
    const row = Math.floor((y * TILES_ACROSS) / height) * TILES_ACROSS;
    for (let x = 0; x < width; x += 1) {
      const at = (y * width + x) * 3;
      const distance = Math.abs((shown.data[at + 1] ?? 0) - (clean[at + 1] ?? 0));
      const tile = row + Math.floor((x * TILES_ACROSS) / width);
      if (distance > MARK_DISTANCE) marked[tile] = (marked[tile] ?? 0) + 1;
    }
  }
  const enough = ((width * height) / TILES_ACROSS ** 2) * MARK_SHARE;
  return marked.filter((count) => count > enough).length;
}

/** LEAK-01 and LEAK-03 for one answer: what is wrong with it, in words; null when nothing is. Originals by photo id. */
export async function findLeak(
  fetched: Fetched,
  originals: ReadonlyMap<string, Buffer>,
  secrets: readonly string[],
): Promise<string | null> {
  const { contentType } = fetched;
  const isImage = contentType.startsWith('image/');
  const body = isImage ? fetched.body : withoutAuthorsNotice(fetched.body);
  // Who asks for a secret may be told that it was asked for.
  const unknown = secrets.filter((text) => !fetched.address.includes(text));
  const secret = [CANARY, ...unknown].find((text) => body.includes(text));
  if (secret) return `tells ${secret}`;
  if (!isImage) return null;
  if (contentType.includes('svg') || contentType.includes('icon')) return null;
  const told = METADATA.find((text) => body.includes(text));
  if (told) return `has a block of metadata: ${told}`;
  const { width = 0, height = 0, format } = await sharp(body).metadata();
  if (format === 'webp' && !isBareWebp(body)) return 'holds more than a picture';
  if (Math.max(width, height) > PREVIEW_PX) return `is ${width} × ${height}`;
  const named = [...originals].filter(([id]) => fetched.address.includes(id));
  const compared = named.length > 0 ? named : [...originals];
  const marks = await Promise.all(compared.map(([, original]) => countMarkedTiles(body, original)));
  return Math.min(...marks) >= 9 ? null : `is marked in ${Math.min(...marks)} of 16 tiles`;
}

/** Pages show on purpose whom a photo's file names as its author and what rights it claims. */
function withoutAuthorsNotice(body: Buffer): Buffer {
  const text = body.toString('latin1');
  return Buffer.from(text.replaceAll(`${CANARY}-ARTIST`, '').replaceAll(`${CANARY}-COPYRIGHT`, ''), 'latin1');
}

/** Nothing but the picture's own chunks, and nothing after them. */
function isBareWebp(body: Buffer): boolean {
  if (body.readUInt32LE(4) + 8 !== body.length) return false;
  for (let at = 12; at < body.length; ) {
    if (!PICTURE_CHUNKS.has(body.toString('latin1', at, at + 4))) return false;
    const length = body.readUInt32LE(at + 4);
    at += 8 + length + (length % 2);
  }
  return true;
}
