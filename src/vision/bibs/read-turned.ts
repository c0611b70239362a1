import type { Pixels } from '../pixels/decode-photo.ts';
import type { TextBox } from './detect-text.ts';
import type { ReadLine } from './interpret-line.ts';
import type { TextModels } from './load-models.ts';
import { type LineRead, recogniseLine } from './recognise-line.ts';

const quarter = Math.PI / 2;
const turns = [2 * quarter, quarter, -quarter];
/** Enough to tell which way a photo lies; the tallest text is the surest. */
const mostProbes = 8;
const clear = { confidence: 0.85, length: 3 };
const soughtLead = 1.5;
const padding = 0.06;
/** Text that a quarter turn would lay along the other side of its box. */
const squareRatio = 1.6;

/** The boxes of a photo that lies on its side or its head, each turned as its text runs. Null when the photo is upright
 *  as far as its text tells. For photos in which no number was read: it costs up to two dozen readings. */
export async function findTurnedBoxes(
  models: TextModels,
  pixels: Pixels,
  { boxes, lines }: { boxes: TextBox[]; lines: ReadLine[] },
): Promise<TextBox[] | null> {
  const upright = clearCharacters(lines.filter(({ box }) => !isStanding(box)).map(({ tight }) => tight));
  let best: { characters: number; turned: TextBox[] } = { characters: upright * soughtLead, turned: [] };
  for (const turn of turns) {
    const turned = boxes.flatMap((box) => turnBox(box, turn) ?? []).sort((a, b) => b.h - a.h);
    const reads: LineRead[] = [];
    for (const box of turned.slice(0, mostProbes))
      reads.push(await recogniseLine(models, pixels, box, padding));
    const characters = clearCharacters(reads);
    if (characters > best.characters) best = { characters, turned };
  }
  return best.turned.length > 0 ? best.turned : null;
}

/** The box read in a photo turned by so much; null when its text cannot run that way. */
export function turnBox(box: TextBox, turn: number): TextBox | null {
  // A box stands along its text, but for long upright boxes the detector took the text to run along them.
  const standing = isStanding(box);
  if (Math.abs(turn) === 2 * quarter)
    return standing ? null : { ...box, angle: box.angle + turn, turned: turn };
  if (!standing && box.w > box.h * squareRatio) return null;
  if (!standing) return { ...box, w: box.h, h: box.w, angle: box.angle + turn, turned: turn };
  const tilt = box.angle > 0 ? box.angle - quarter : box.angle + quarter;
  return { ...box, angle: tilt + turn, turned: turn };
}

function isStanding({ angle }: TextBox): boolean {
  return Math.abs(angle) > quarter / 2;
}

function clearCharacters(reads: LineRead[]): number {
  return reads
    .filter(({ text, textConfidence }) => textConfidence >= clear.confidence && text.length >= clear.length)
    .reduce((sum, { text }) => sum + text.length, 0);
}
