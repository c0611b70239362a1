import type { BoxNorm, Clothing, Lab, PersonFinding } from '../findings.ts';
import type { Pixels } from '../pixels/decode-photo.ts';
import { toLab } from '../pixels/to-lab.ts';

/** As shares of a body seen whole, from head to feet. Thighs end where runners' shorts do. */
const upperBody = { top: 0.2, bottom: 0.46 };
const thighs = { top: 0.5, bottom: 0.64 };
/** Of the width of its box, in the middle: arms swing at the sides, and behind them is the road. */
const middle = 0.4;
/** Heights of whole runners are this many widths of their boxes. */
const usualRatio = 2.4;
/** From here down a box is cut by the edge of the picture. */
const bottomEdge = 0.985;
/** What a bib's sheet reaches beyond its digits, in widths and heights of their box. */
const sheet = { side: 0.3, above: 0.8, below: 0.6 };
const columns = 16;
const rows = 24;
/** Samples without which a colour means nothing. */
const leastSamples = 40;
const leastWidthPx = 16;

/** What a body wears: the mean colour of chest and belly without the bib, and of the thighs. Null when the body is too small or
 *  hidden behind its bib. One measurement of L, a and b strays by 8.5, 9.3 and 7.1 (upper) or 10.5, 4.5 and 7.0 (lower) from the next
 *  of the same runner, and runners differ by 20.1, 17.8, 20.6 and 15.5, 8.0, 9.8: docs/vision.md, with the robust figures. */
export function measureClothing(pixels: Pixels, body: BoxNorm, bibs: readonly BoxNorm[]): Clothing | null {
  if (body.w * pixels.widthPx < leastWidthPx) return null;
  const sheets = bibs.map(sheetAround);
  const upper = colourOf(pixels, bandOf(pixels, body, upperBody), sheets);
  if (!upper) return null;
  return { upper, lower: colourOf(pixels, bandOf(pixels, body, thighs), sheets) };
}

/** Each person with what it wears, where that can be told. */
export function dressPersons(
  pixels: Pixels,
  persons: readonly PersonFinding[],
  bibs: readonly BoxNorm[],
): PersonFinding[] {
  return persons.map((person) => {
    const clothing = measureClothing(pixels, person.box, bibs);
    return clothing ? { ...person, clothing } : person;
  });
}

function sheetAround({ x, y, w, h }: BoxNorm): BoxNorm {
  const { side, above, below } = sheet;
  return { x: x - side * w, y: y - above * h, w: w * (1 + 2 * side), h: h * (1 + above + below) };
}

/** A body that goes on below the picture is as tall as its width lets expect. */
function bandOf(
  { widthPx, heightPx }: Pixels,
  body: BoxNorm,
  band: { top: number; bottom: number },
): BoxNorm {
  const usual = (body.w * widthPx * usualRatio) / heightPx;
  const tall = body.y + body.h > bottomEdge ? Math.max(body.h, usual) : body.h;
  return {
    x: body.x + (body.w * (1 - middle)) / 2,
    y: body.y + tall * band.top,
    w: body.w * middle,
    h: tall * (band.bottom - band.top),
  };
}

function colourOf(pixels: Pixels, area: BoxNorm, sheets: readonly BoxNorm[]): Lab | null {
  const found: Lab[] = [];
  for (let index = 0; index < rows * columns; index++) {
    const x = area.x + (((index % columns) + 0.5) / columns) * area.w;
    const y = area.y + ((Math.floor(index / columns) + 0.5) / rows) * area.h;
    if (x < 0 || x >= 1 || y < 0 || y >= bottomEdge || sheets.some((box) => isIn(box, x, y))) continue;
    found.push(labAt(pixels, x, y));
  }
  if (found.length < leastSamples) return null;
  return [mean(found, 0), mean(found, 1), mean(found, 2)];
}

function isIn(box: BoxNorm, x: number, y: number): boolean {
  return x >= box.x && x <= box.x + box.w && y >= box.y && y <= box.y + box.h;
}

function labAt({ data, widthPx, heightPx }: Pixels, x: number, y: number): Lab {
  const at = (Math.floor(y * heightPx) * widthPx + Math.floor(x * widthPx)) * 3;
  return toLab(data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0);
}

function mean(colours: readonly Lab[], channel: 0 | 1 | 2): number {
  const sum = colours.reduce((total, colour) => total + colour[channel], 0);
  return Math.round((sum / colours.length) * 10) / 10;
}
