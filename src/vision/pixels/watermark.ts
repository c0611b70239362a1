import { createHash } from 'node:crypto';
import sharp from 'sharp';
import type { WatermarkOptions } from '../findings.ts';
import { decodeMark } from './decode-mark.ts';
import type { Pixels } from './decode-photo.ts';
import { loadMarkFont } from './mark-font.ts';

/** A rectangle that is laid side by side over the picture; its alpha says where the mark is. */
export interface MarkTile {
  rgba: Buffer;
  widthPx: number;
  heightPx: number;
}

const word = 'FOCUS RACER';
const tileWidthPx = 310;
const tileHeightPx = 150;
const fontSizePx = 34;
const tiltDegrees = -24;
const fillOpacity = 0.5;
const edgeOpacity = 0.5;
const maxOwnMarkPx = 260;

let defaultMark: Promise<MarkTile> | null = null;

/** The product's own mark, drawn once per process from the outlines of a font that comes with the product. */
export function loadDefaultMark(): Promise<MarkTile> {
  defaultMark ??= drawDefaultMark();
  return defaultMark;
}

export async function loadMark(options: WatermarkOptions): Promise<MarkTile> {
  return options.png ? ownMark(options.png) : loadDefaultMark();
}

/** Draws the mark over the whole picture, shifted by the seed so that a series cannot be averaged to find it. */
export function drawMark(pixels: Pixels, tile: MarkTile, seed: string): Pixels {
  const hash = createHash('sha256').update(seed).digest();
  const shiftX = hash.readUInt16BE(0) % tile.widthPx;
  const shiftY = hash.readUInt16BE(2) % tile.heightPx;
  const slidePx = hash.readUInt16BE(4) % tile.widthPx;
  const data = Buffer.from(pixels.data);
  for (let y = 0; y < pixels.heightPx; y++) {
    const row = (y + shiftY) % tile.heightPx;
    // The word never crosses its tile's border, so each row of tiles may slide by itself.
    const slide = Math.floor((y + shiftY) / tile.heightPx) * slidePx;
    blendRow({
      data,
      tile,
      offset: y * pixels.widthPx * 3,
      widthPx: pixels.widthPx,
      row,
      shiftX: shiftX + slide,
    });
  }
  return { ...pixels, data };
}

function blendRow(line: {
  data: Buffer;
  tile: MarkTile;
  offset: number;
  widthPx: number;
  row: number;
  shiftX: number;
}): void {
  const { data, tile, offset, widthPx, row } = line;
  const { rgba } = tile;
  const rowStart = row * tile.widthPx * 4;
  let column = line.shiftX % tile.widthPx;
  for (let x = 0; x < widthPx; x++) {
    const from = rowStart + column * 4;
    const alpha = rgba[from + 3] ?? 0;
    if (alpha > 0) {
      const to = offset + x * 3;
      for (let channel = 0; channel < 3; channel++) {
        const below = data[to + channel] ?? 0;
        data[to + channel] = below + (((rgba[from + channel] ?? 0) - below) * alpha) / 255;
      }
    }
    column = column + 1 === tile.widthPx ? 0 : column + 1;
  }
}

async function drawDefaultMark(): Promise<MarkTile> {
  const font = await loadMarkFont();
  const outline = font.getPath(
    word,
    -font.getAdvanceWidth(word, fontSizePx) / 2,
    fontSizePx * 0.36,
    fontSizePx,
  );
  const shape = outline.toPathData(2);
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${tileWidthPx}" height="${tileHeightPx}">` +
    `<g fill="#fff" fill-opacity="${fillOpacity}" stroke="#000" stroke-opacity="${edgeOpacity}" stroke-width="3" ` +
    `paint-order="stroke"><path transform="translate(${tileWidthPx / 2} ${tileHeightPx / 2}) rotate(${tiltDegrees})" ` +
    `d="${shape}"/></g></svg>`;
  const rgba = await sharp(Buffer.from(svg)).ensureAlpha().raw().toBuffer();
  return { rgba, widthPx: tileWidthPx, heightPx: tileHeightPx };
}

/** An operator's mark, surrounded by a margin so that its repetitions stand apart. */
async function ownMark(png: Uint8Array): Promise<MarkTile> {
  const mark = await decodeMark(png, maxOwnMarkPx);
  const margin = { x: Math.ceil(mark.widthPx * 0.15) + 8, y: Math.ceil(mark.heightPx * 0.25) + 8 };
  const { data, info } = await sharp(mark.rgba, {
    raw: { width: mark.widthPx, height: mark.heightPx, channels: 4 },
  })
    .extend({ left: margin.x, right: margin.x, top: margin.y, bottom: margin.y, background: '#00000000' })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { rgba: data, widthPx: info.width, heightPx: info.height };
}
