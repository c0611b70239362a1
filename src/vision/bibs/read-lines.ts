import type { Pixels } from '../pixels/decode-photo.ts';
import { detectText, type TextBox } from './detect-text.ts';
import type { ReadLine } from './interpret-line.ts';
import type { TextModels } from './load-models.ts';
import { isClearNumber, lookCloser } from './look-closer.ts';
import { measurePlate } from './measure-plate.ts';
import { findTurnedBoxes } from './read-turned.ts';
import { recogniseLine } from './recognise-line.ts';

/** Small photos are enlarged to the first, large ones reduced to the second: digits want 40 px or more. */
const detectorLongSidePx = { least: 1600, most: 2048 };
/** Share of the line's height around it. */
const padding = { tight: 0.06, wide: 0.35 };
/** Longer lines are words, lower ones cannot be read with any certainty. */
const maxLineRatio = 8;
const leastLineHeightPx = 10;
/** What arches and banners say is longer, and high: this share of the photo's height. */
const banner = { maxRatio: 12, leastHeight: 0.018 };

/** All lines of text that may be numbers, and words, each with what it seems to say; the same place may come twice. Boxes are in
 *  pixels of `pixels`. */
export async function readLines(models: TextModels, pixels: Pixels): Promise<ReadLine[]> {
  const { least, most } = detectorLongSidePx;
  const photoLongSidePx = Math.max(pixels.widthPx, pixels.heightPx);
  const longSidePx = Math.min(most, Math.max(least, photoLongSidePx));
  const boxes = await detectText(models, pixels, longSidePx);
  const lines = await readBoxes(models, pixels, boxes);
  if (!lines.some(isClearNumber)) {
    const turned = await findTurnedBoxes(models, pixels, { boxes, lines });
    if (turned) return readBoxes(models, pixels, turned);
  }
  const closer = await lookCloser(models, pixels, lines, longSidePx / photoLongSidePx);
  return [...lines, ...(await readBoxes(models, pixels, closer))];
}

async function readBoxes(models: TextModels, pixels: Pixels, boxes: TextBox[]): Promise<ReadLine[]> {
  const lines: ReadLine[] = [];
  for (const box of boxes) {
    if (box.h < leastLineHeightPx) continue;
    if (box.w / box.h <= maxLineRatio) lines.push(await readTwice(models, pixels, box));
    else if (box.w / box.h <= banner.maxRatio && box.h >= pixels.heightPx * banner.leastHeight)
      lines.push(...(await readBanner(models, pixels, box)));
  }
  return lines;
}

/** Words only: digits among so many letters are no bib. */
async function readBanner(models: TextModels, pixels: Pixels, box: TextBox): Promise<ReadLine[]> {
  const tight = await recogniseLine(models, pixels, box, padding.tight);
  return /\d/.test(tight.text) ? [] : [{ box, tight, wide: null }];
}

async function readTwice(models: TextModels, pixels: Pixels, box: TextBox): Promise<ReadLine> {
  const tight = await recogniseLine(models, pixels, box, padding.tight);
  const { length: digits } = tight.text.replace(/\D/g, '');
  const mayBeBib = digits * 2 >= tight.text.length;
  const wide = mayBeBib ? await recogniseLine(models, pixels, box, padding.wide) : null;
  return { box, tight, wide, ...(digits > 0 && { plate: measurePlate(pixels, box) }) };
}
