import type { BoxNorm, EditPlan } from '../findings.ts';
import type { Pixels } from '../pixels/decode-photo.ts';
import { type Brightness, measureBrightness } from './measure-brightness.ts';
import { type Cast, measureCast } from './measure-cast.ts';
import { moveTone } from './tone-curves.ts';

type Tones = Pick<EditPlan, 'whiteBalance' | 'exposureStops' | 'contrast'>;

/** Beyond `least` or `most` a measure is moved to its goal, within them it is left: the goal lies inside, so an edited
 *  photo is not edited again. Found on 95 race photos: well exposed ones lie within, docs/vision.md has their spread. */
const bands = {
  warmth: { least: -0.1, goalLow: -0.04, goalHigh: 0.09, most: 0.17 },
  green: { least: -0.06, goalLow: -0.02, goalHigh: 0.03, most: 0.07 },
  /** The lightest twentieth of the runner: paper and skin, whatever the shirt. */
  subjectLight: { least: 0.65, goal: 0.74 },
  /** The same of a picture without anybody. */
  wholeLight: { least: 0.6, goal: 0.72 },
  /** The middle tone of a runner who is too light. */
  subjectMiddle: { most: 0.78, goal: 0.68 },
  /** From the darkest to the lightest fiftieth of the picture. */
  range: { least: 0.66, goal: 0.74 },
};
/** A colour further from grey is the light of the place (a sunset, a lamp) or no grey at all. */
const mostCast = 0.3;
/** Further up an 8-bit file shows its noise and its steps. */
const mostStops = 2;
const mostContrast = 2.6;
/** The share of the runner near white after an edit; what was lighter before gets no lighter. */
const mostNearWhite = 0.02;
/** The middle tone of a picture must not be lifted over this to save a runner in its shade. */
const mostMiddle = 0.52;
const steps = 20;

export const noTones: Tones = { whiteBalance: [1, 1, 1], exposureStops: 0, contrast: 1 };

/** What would bring colour, exposure and contrast into their bands. Give a picture of about 320 on the long side.
 *  `areas` are where the subject is; without any the whole picture counts. */
export function planTones(pixels: Pixels, areas: readonly BoxNorm[]): Tones {
  const brightness = measureBrightness(pixels, areas);
  // A veil darkens whites too: what contrast mends is no lack of exposure.
  const unveiled = planContrast(brightness, 0);
  const exposureStops = planExposure(brightness, unveiled);
  return {
    whiteBalance: planWhiteBalance(measureCast(pixels)),
    exposureStops,
    contrast: planContrast(brightness, exposureStops),
  };
}

function planWhiteBalance(cast: Cast | null): [number, number, number] {
  if (!cast || Math.max(Math.abs(cast.warmth), Math.abs(cast.green)) > mostCast) return [1, 1, 1];
  const warmth = toGoal(cast.warmth, bands.warmth);
  const green = toGoal(cast.green, bands.green);
  const factors = [Math.exp(warmth - green), 1, Math.exp(-warmth - green)] as const;
  // The same amount of light as before.
  const light = 0.2126 * factors[0] + 0.7152 * factors[1] + 0.0722 * factors[2];
  return [factors[0] / light, factors[1] / light, factors[2] / light];
}

function toGoal(value: number, band: typeof bands.warmth): number {
  if (value > band.most) return band.goalHigh - value;
  return value < band.least ? band.goalLow - value : 0;
}

function planExposure({ subject, whole }: Brightness, contrast: number): number {
  const band = subject ? bands.subjectLight : bands.wholeLight;
  const light = (subject ?? whole).lightest;
  const seen = (tone: number, exposureStops = 0) => moveTone(tone, { exposureStops, contrast });
  const stopsTo = (tone: number, goal: number) =>
    solve({ low: -mostStops, high: mostStops, goal, at: (stops) => seen(tone, stops) }) ?? 0;
  const middle = (subject ?? whole).middle;
  // More contrast makes darker what is darker than middle grey: a runner in the shade must not pay for a veil.
  const kept = seen(middle) < middle ? stopsTo(middle, middle) : 0;
  const wanted = seen(light, kept) < band.least ? stopsTo(light, band.goal) : kept;
  if (wanted > 0) return mostAllowed({ subject, whole }, wanted, contrast);
  return subject && seen(middle) > bands.subjectMiddle.most ? stopsTo(middle, bands.subjectMiddle.goal) : 0;
}

/** As many of these stops as neither the runner's lights nor the picture's middle tones forbid. */
function mostAllowed({ subject, whole }: Brightness, stops: number, contrast: number): number {
  const lights = subject ?? whole;
  const before = lights.shareNearWhite({ exposureStops: 0, contrast });
  for (let step = steps; step > 0; step--) {
    const tone = { exposureStops: (stops * step) / steps, contrast };
    if (moveTone(whole.middle, tone) > mostMiddle) continue;
    if (lights.shareNearWhite(tone) <= Math.max(mostNearWhite, before)) return tone.exposureStops;
  }
  return 0;
}

function planContrast({ whole }: Brightness, exposureStops: number): number {
  const rangeAt = (contrast: number) =>
    moveTone(whole.lightest50th, { exposureStops, contrast }) -
    moveTone(whole.darkest50th, { exposureStops, contrast });
  if (rangeAt(1) >= bands.range.least) return 1;
  return solve({ low: 1, high: mostContrast, goal: bands.range.goal, at: rangeAt }) ?? 1;
}

/** Where a rising function reaches the goal; null when it does not. */
function solve(ask: {
  low: number;
  high: number;
  goal: number;
  at: (input: number) => number;
}): number | null {
  let { low, high } = ask;
  if (ask.at(high) < ask.goal) return null;
  for (let halving = 0; halving < steps; halving++) {
    const middle = (low + high) / 2;
    if (ask.at(middle) < ask.goal) low = middle;
    else high = middle;
  }
  return high;
}
