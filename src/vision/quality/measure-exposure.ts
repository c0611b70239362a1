import type { Quality } from '../findings.ts';
import type { Grey } from './grey.ts';

const shadowBelow = 8;
const highlightAbove = 250;
const darkBelow = 0.22;
const brightAbove = 0.8;

type Exposure = Pick<Quality, 'exposure' | 'brightness' | 'clippedShadows' | 'clippedHighlights'>;

/** Judged on the subject when there is one, since backlight is often wanted; clipping counts the whole picture.
 *  `fitness` is 1 for a well exposed photo. */
export function measureExposure(whole: Grey, subject: Grey | null): Exposure & { fitness: number } {
  const picture = tally(whole);
  const brightness = (subject ? tally(subject) : picture).mean;
  const { shadows: clippedShadows, highlights: clippedHighlights } = picture;
  const exposure = brightness < darkBelow ? 'dark' : brightness > brightAbove ? 'bright' : 'normal';
  const distance = Math.max(darkBelow - brightness, brightness - brightAbove, 0);
  const fitness = Math.max(0, 1 - distance * 4 - (clippedShadows + clippedHighlights) * 0.8);
  return { exposure, brightness, clippedShadows, clippedHighlights, fitness };
}

function tally({ values }: Grey): { mean: number; shadows: number; highlights: number } {
  let sum = 0;
  let shadows = 0;
  let highlights = 0;
  for (const value of values) {
    sum += value;
    if (value < shadowBelow) shadows += 1;
    else if (value > highlightAbove) highlights += 1;
  }
  const count = Math.max(1, values.length);
  return { mean: sum / count / 255, shadows: shadows / count, highlights: highlights / count };
}
