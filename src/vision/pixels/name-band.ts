import type { PathCommand } from 'opentype.js';
import sharp from 'sharp';
import { decodeMark } from './decode-mark.ts';
import type { Pixels } from './decode-photo.ts';
import { loadMarkFont } from './mark-font.ts';

const fontSizePx = 36;
const textHeightPx = 48;
const maxLetters = 80;
/** Share of the picture's light that stays under the band. */
const shade = 0.25;
const widthShare = 0.9;
const marginShare = 0.25;

/** The name as white outlines on nothing, a PNG. Letters become paths, so a name says nothing but its letters. Draws with
 *  the SVG loader: not in an engine process, where it is blocked. */
export async function drawName(name: string): Promise<Uint8Array> {
  const font = await loadMarkFont();
  const text = name.normalize('NFC').slice(0, maxLetters);
  const widthPx = Math.ceil(font.getAdvanceWidth(text, fontSizePx)) + 2;
  const shape = pathData(font.getPath(text, 1, fontSizePx, fontSizePx).commands);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${widthPx}" height="${textHeightPx}"><path fill="#fff" d="${shape}"/></svg>`;
  return sharp(Buffer.from(svg)).png().toBuffer();
}

/** opentype's own writes NaN for some coordinates next to zero, and what follows is not drawn. */
function pathData(commands: PathCommand[]): string {
  return commands
    .map(({ type, ...points }) => {
      const { x1, y1, x2, y2, x, y } = {
        x1: null,
        y1: null,
        x2: null,
        y2: null,
        x: null,
        y: null,
        ...points,
      };
      const numbers = [x1, y1, x2, y2, x, y].flatMap((value) => (value === null ? [] : [value.toFixed(2)]));
      return `${type}${numbers.join(' ')}`;
    })
    .join('');
}

/** New pixels of the same size, with the name on a dark band along the lower edge. */
export async function addNameBand(pixels: Pixels, name: Uint8Array): Promise<Pixels> {
  const { widthPx, heightPx } = pixels;
  const tile = await decodeMark(name, Math.max(1, Math.floor(widthPx * widthShare)));
  const data = Buffer.from(pixels.data);
  const bandPx = Math.min(heightPx, Math.round(tile.heightPx * (1 + 2 * marginShare)));
  const top = heightPx - bandPx;
  for (let at = top * widthPx * 3; at < data.length; at += 1) data[at] = (data[at] ?? 0) * shade;
  const left = Math.floor((widthPx - tile.widthPx) / 2);
  const below = Math.max(0, top + Math.floor((bandPx - tile.heightPx) / 2));
  for (let y = 0; y < Math.min(tile.heightPx, heightPx - below); y += 1) {
    for (let x = 0; x < tile.widthPx; x += 1) {
      const alpha = (tile.rgba[(y * tile.widthPx + x) * 4 + 3] ?? 0) / 255;
      const to = ((below + y) * widthPx + left + x) * 3;
      for (let channel = to; channel < to + 3; channel += 1) {
        data[channel] = (data[channel] ?? 0) * (1 - alpha) + 255 * alpha;
      }
    }
  }
  return { data, widthPx, heightPx };
}
