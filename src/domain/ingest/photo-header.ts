import type { FileHandle } from 'node:fs/promises';

export interface PhotoHeader {
  format: 'jpeg' | 'png' | 'webp';
  widthPx: number;
  heightPx: number;
}

/** Reads `length` bytes at `position`; fewer at the end of the file. */
export type ReadBytes = (position: number, length: number) => Promise<Buffer>;

const MAX_JPEG_SEGMENTS = 4000;
// Every SOFn but DHT (C4), JPG (C8) and DAC (CC), which share the range.
const FRAME_MARKERS = new Set([0xc0, 0xc1, 0xc2, 0xc3, 0xc5, 0xc6, 0xc7, 0xc9, 0xca, 0xcb, 0xcd, 0xce, 0xcf]);

/**
 * What a file really is and its size in pixels, from its first bytes and not from its name. Decodes nothing.
 * Null for all but JPEG, PNG and WebP, and when no size can be read.
 */
export async function readPhotoHeader(read: ReadBytes): Promise<PhotoHeader | null> {
  const head = await read(0, 32);
  if (head.length < 16) return null;
  if (head.readUInt16BE(0) === 0xffd8 && head[2] === 0xff) return readJpegFrame(read);
  if (head.toString('latin1', 0, 8) === '\x89PNG\r\n\x1a\n') return readPngHeader(head);
  if (head.toString('latin1', 0, 4) === 'RIFF' && head.toString('latin1', 8, 12) === 'WEBP') {
    return readWebpHeader(head);
  }
  return null;
}

export function readFrom(file: FileHandle): ReadBytes {
  return async (position, length) => {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
    return buffer.subarray(0, bytesRead);
  };
}

async function readJpegFrame(read: ReadBytes): Promise<PhotoHeader | null> {
  let position = 2;
  for (let segment = 0; segment < MAX_JPEG_SEGMENTS; segment += 1) {
    const bytes = await read(position, 9);
    if (bytes.length < 4 || bytes[0] !== 0xff) return null;
    const marker = bytes[1] ?? 0;
    if (marker === 0xff) {
      // Fill bytes may stand before a marker.
      position += 1;
      continue;
    }
    if (marker === 0xd9 || marker === 0xda) return null;
    if (FRAME_MARKERS.has(marker)) {
      if (bytes.length < 9) return null;
      return sized('jpeg', bytes.readUInt16BE(7), bytes.readUInt16BE(5));
    }
    position += 2 + (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7) ? 0 : bytes.readUInt16BE(2));
  }
  return null;
}

function readPngHeader(head: Buffer): PhotoHeader | null {
  if (head.length < 24 || head.toString('latin1', 12, 16) !== 'IHDR') return null;
  return sized('png', head.readUInt32BE(16), head.readUInt32BE(20));
}

function readWebpHeader(head: Buffer): PhotoHeader | null {
  if (head.length < 30) return null;
  switch (head.toString('latin1', 12, 16)) {
    case 'VP8X':
      return sized('webp', head.readUIntLE(24, 3) + 1, head.readUIntLE(27, 3) + 1);
    case 'VP8L': {
      const bits = head.readUInt32LE(21);
      return sized('webp', (bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1);
    }
    case 'VP8 ':
      return sized('webp', head.readUInt16LE(26) & 0x3fff, head.readUInt16LE(28) & 0x3fff);
    default:
      return null;
  }
}

function sized(format: PhotoHeader['format'], widthPx: number, heightPx: number): PhotoHeader | null {
  return widthPx > 0 && heightPx > 0 ? { format, widthPx, heightPx } : null;
}
