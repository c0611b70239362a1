import type { Pixels } from '../pixels/decode-photo.ts';
import { detectText, type TextBox } from './detect-text.ts';
import type { ReadLine } from './interpret-line.ts';
import type { TextModels } from './load-models.ts';
import { uprightReach } from './rotated-box.ts';

/** Rows of a picture, in pixels of it. */
export interface Band {
  fromPx: number;
  toPx: number;
}

/** How much larger than at first; 1.5 finds the same, twice finds less for the pixels it takes. */
const enlargement = 4 / 3;
/** Digits that the detector saw at this height or less: their neighbours may have been too small for it. */
const smallPx = 40;
/** Runners at one distance wear their bibs this many digit heights around one another. */
const reachInHeights = 4;
/** A tenth of a second of one core. */
const maxDetectorPixels = 800_000;
const mergeGapPx = 8;
const surePart = 0.8;
const maxTiltRadians = 0.6;
const samePlace = { across: 0.25, down: 0.4, width: 0.3 };

/** Boxes that a second look finds around small numbers, enlarged: where one runner of a group was read, the others run
 *  at about the same height of the picture. Boxes that were already read without doubt do not come out again. */
export async function lookCloser(
  models: TextModels,
  pixels: Pixels,
  lines: ReadLine[],
  detectorScale: number,
): Promise<TextBox[]> {
  const found: TextBox[] = [];
  for (const band of bandsToEnlarge(lines, pixels, detectorScale)) {
    const rows = rowsOf(pixels, band);
    const longSidePx = Math.max(rows.widthPx, rows.heightPx) * detectorScale * enlargement;
    for (const box of await detectText(models, rows, longSidePx)) {
      if (isCut(box, band, pixels)) continue;
      const placed = { ...box, cy: box.cy + band.fromPx };
      if (!lines.some((line) => isSettled(line) && isSamePlace(line.box, placed))) found.push(placed);
    }
  }
  return found;
}

/** Around small numbers, smallest first, as long as they fit in what may be spent. */
export function bandsToEnlarge(lines: ReadLine[], pixels: Pixels, detectorScale: number): Band[] {
  const small = lines
    .filter((line) => isClearNumber(line) && line.box.h * detectorScale <= smallPx)
    .sort((a, b) => a.box.h - b.box.h);
  const maxRows = maxDetectorPixels / (pixels.widthPx * (detectorScale * enlargement) ** 2);
  let bands: Band[] = [];
  for (const { box } of small) {
    const wider = withBand(bands, {
      fromPx: Math.max(0, Math.floor(box.cy - reachInHeights * box.h)),
      toPx: Math.min(pixels.heightPx, Math.ceil(box.cy + reachInHeights * box.h)),
    });
    const rows = wider.reduce((sum, { fromPx, toPx }) => sum + toPx - fromPx, 0);
    if (rows <= maxRows) bands = wider;
  }
  return bands;
}

function withBand(bands: Band[], added: Band): Band[] {
  const touches = (band: Band) =>
    band.toPx + mergeGapPx >= added.fromPx && band.fromPx - mergeGapPx <= added.toPx;
  const touching = [added, ...bands.filter(touches)];
  return [
    ...bands.filter((band) => !touches(band)),
    {
      fromPx: Math.min(...touching.map(({ fromPx }) => fromPx)),
      toPx: Math.max(...touching.map(({ toPx }) => toPx)),
    },
  ];
}

/** Digits mostly, upright and clear in one of its readings. */
export function isClearNumber({ tight, wide, box }: ReadLine): boolean {
  if (Math.abs(box.angle) > maxTiltRadians) return false;
  return [tight, wide].some((read) => {
    const { length } = read?.text.replace(/\D/g, '') ?? '';
    return read && length >= 2 && length * 2 >= read.text.length && read.textConfidence >= surePart;
  });
}

/** A word, or a number that both crops read alike. */
function isSettled({ tight, wide }: ReadLine): boolean {
  if (!/\d/.test(tight.text)) return tight.textConfidence > 0.8;
  return tight.textConfidence > 0.9 && wide?.text === tight.text;
}

function isSamePlace(a: TextBox, b: TextBox): boolean {
  return (
    Math.abs(a.cx - b.cx) < samePlace.across * b.w &&
    Math.abs(a.cy - b.cy) < samePlace.down * b.h &&
    Math.abs(a.w - b.w) < samePlace.width * Math.max(a.w, b.w)
  );
}

/** Half a line at the band's own edge says something else than the whole line. */
function isCut(box: TextBox, { fromPx, toPx }: Band, { heightPx }: Pixels): boolean {
  const { down } = uprightReach(box);
  return (fromPx > 0 && box.cy - down < 0) || (toPx < heightPx && box.cy + down > toPx - fromPx);
}

function rowsOf({ data, widthPx }: Pixels, { fromPx, toPx }: Band): Pixels {
  return { data: data.subarray(fromPx * widthPx * 3, toPx * widthPx * 3), widthPx, heightPx: toPx - fromPx };
}
