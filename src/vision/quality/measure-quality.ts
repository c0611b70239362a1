import type { BoxNorm, Quality } from '../findings.ts';
import type { Pixels } from '../pixels/decode-photo.ts';
import { resizePixels } from '../pixels/resize-pixels.ts';
import { cropGrey, toGrey } from './grey.ts';
import { measureBlur, sharpestBlur } from './measure-blur.ts';
import { measureExposure } from './measure-exposure.ts';
import { measureTilt } from './measure-tilt.ts';

/** Where the sharp and the blurred photos of docs/vision.md part best. */
export const blurryAbove = { subject: 0.44, whole: 0.42 };
/** Blur values of a crisp and of a hopeless crop, the ends of the sharpness scale. */
const blurScale = { crisp: 0.22, hopeless: 0.62 };
const leastSubjectPx = 48;
const tiltLongSidePx = 800;
/** A tilt under the first is not seen, at the second a photo looks wrong. */
const tiltScale = { unseen: 0.5, wrong: 5 };
const weights = { sharpness: 0.65, exposure: 0.25, horizon: 0.1 };

/** Sharpness and exposure on the subject's torso, since a sharp fence behind a blurred runner is no use; on the
 *  whole picture when nobody was found. Give pixels of about 1024 on the long side: the thresholds were found at that size. */
export async function measureQuality(
  pixels: Pixels,
  torso: BoxNorm | null,
  bodies: readonly BoxNorm[] = [],
): Promise<Quality> {
  const grey = await toGrey(pixels);
  const subject = torso && cropGrey(grey, torso, leastSubjectPx);
  const measuredOn = subject ? 'subject' : 'whole';
  const blur = subject ? measureBlur(subject) : sharpestBlur(grey);
  const { fitness, ...exposed } = measureExposure(grey, subject);
  const horizonDegrees = await measureHorizon(pixels, bodies);
  const sharpness = clamp01((blurScale.hopeless - blur) / (blurScale.hopeless - blurScale.crisp));
  const parts = { sharpness, exposure: fitness, horizon: fitnessOfTilt(horizonDegrees) };
  const score =
    weights.sharpness * parts.sharpness + weights.exposure * parts.exposure + weights.horizon * parts.horizon;
  return {
    score: Math.round(100 * score),
    parts,
    horizonDegrees,
    blurry: blur > blurryAbove[measuredOn],
    sharpness,
    measuredOn,
    ...exposed,
  };
}

/** Clockwise; null when the picture, persons left out, does not tell. */
export async function measureHorizon(pixels: Pixels, bodies: readonly BoxNorm[]): Promise<number | null> {
  return measureTilt(await toGrey(await resizePixels(pixels, tiltLongSidePx)), bodies);
}

function fitnessOfTilt(degrees: number | null): number {
  if (degrees === null) return 1;
  return clamp01((tiltScale.wrong - Math.abs(degrees)) / (tiltScale.wrong - tiltScale.unseen));
}

function clamp01(value: number): number {
  return Math.min(1, Math.max(0, value));
}
